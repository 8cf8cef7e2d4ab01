// `npm run serve`, which is `sse-counter count`, as a process.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { program } from '../support/programs/program';
import { eventually, openStream } from '../support/servers/testServer';

/** Starts the server. Resolves with its process, its output so far, and the URL of its stream. */
async function start(...command: string[]) {
  const serve = spawn(process.execPath, [...command, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void serve.kill('SIGKILL'));
  let output = '';
  serve.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await eventually(() => /curl -N \S+\n/.test(output));
  return { serve, log: () => output, url: /curl -N (\S+)\n/.exec(output)?.[1] ?? '' };
}

// On Windows, signals can't be sent to another process: kill() ends it at once.
test.skipIf(process.platform === 'win32')(
  'npm run serve starts the server alone: it prints its URL, serves, and Ctrl-C ends it and its streams cleanly',
  async () => {
    const { serve, log, url } = await start('scripts/serve.mjs');
    const stream = await openStream(`${url}?interval=10`);
    await stream.until('data: 3\n\n');
    serve.kill('SIGINT');
    const [code] = await once(serve, 'close');
    expect(await stream.whole).toMatch(/^data: 1\n\n/);
    expect(code).toBe(0);
    expect(log()).toMatch(/open 127\.0\.0\.1:\d+, 1 in all\n/);
    expect(log()).toMatch(/closed 127\.0\.0\.1:\d+ after \d+ events, \d\.\d s, 0 left\n$/);
  },
);

test.skipIf(process.platform === 'win32')('npm run serve goes on when its log is no longer read', async () => {
  const serve = spawn(process.execPath, [program('cli'), 'count', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void serve.kill('SIGKILL'));
  const [announced] = await once(serve.stdout.setEncoding('utf8'), 'data');
  const url = /http:\S+/.exec(announced)?.[0] ?? '';
  serve.stdout.destroy();
  for (let round = 0; round < 3; round += 1) {
    expect(await (await openStream(`${url}event?interval=10&limit=1`)).whole).toBe('data: 1\n\n');
  }
  serve.kill('SIGINT');
  expect(await once(serve, 'close')).toEqual([0, null]);
});

test.skipIf(process.platform === 'win32')('a secret in a refused path is masked in its log', async () => {
  const { log, url } = await start(program('cli'), 'count');
  expect((await fetch(new URL('/sk-abcdefghij0123456789x/a', url))).status).toBe(404);
  await eventually(() => log().includes('refused'));
  expect(log()).toMatch(/refused 127\.0\.0\.1:\d+ GET "\/•••\/a": 404 /);
});

test.each([
  ['--port', 'abc'],
  ['--port', '65536'],
  ['--prot', '1'],
  ['--max-connections', '0'],
  ['--max-connections', '1e3'],
])('it refuses %s %s with a sentence', async (...args) => {
  const serve = promisify(execFile)(process.execPath, [program('cli'), 'count', ...args]);
  await expect(serve).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^(--port takes|--max-connections takes|There is no option)[^\n]*[.?] See: sse-counter help count\n$/,
    ),
  });
});
