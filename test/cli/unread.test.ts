// Output that nobody reads, or that can't be written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, startServe } from '../support/programs/commandLine';
import { program } from '../support/programs/program';
import { serveRaw } from '../support/servers/rawServer';
import { ask } from '../support/servers/testServer';
import { inLongRun } from '../support/time/longRun';

const windows = process.platform === 'win32';
const linux = process.platform === 'linux';

test.skipIf(windows)('a server whose log nobody reads ends all the same', async () => {
  for (const end of ['SIGTERM', ...inLongRun(['stdin'])]) {
    const served = await startServe(join(folderWith({ 'a.sse': 'data: a\n\n' }), 'a.sse'), '--until-stdin-ends');
    served.process.stderr.pause();
    const none = `${served.url.replace('/event', '')}/${'x'.repeat(290)}`;
    // More than pipes and their readers take.
    for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 50 }, () => ask(none)));
    const exited = once(served.process, 'exit');
    if (end === 'SIGTERM') served.process.kill('SIGTERM');
    else served.process.stdin.end();
    expect(await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 15_000, 'runs'))])).toEqual([
      0,
      null,
    ]);
  }
});

test.skipIf(!linux)('a full disk is a failure of each command that has something to say', async () => {
  const folder = folderWith({ 'a.sse': 'data: a\n\n' });
  for (const words of [['--version'], ['help'], ['check', join(folder, 'a.sse')]]) {
    const child = spawn(process.execPath, [program('cli'), ...words], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect([words[0], code, stderr]).toEqual([
      words[0],
      1,
      expect.stringMatching(/^Standard output can’t be written: ENOSPC/),
    ]);
  }
});

test('a small stream with a large id does not become gigabytes of rows', async () => {
  const events = `id: ${'x'.repeat(2_000_000)}\n\n${'data: a\n\n'.repeat(5000)}`;
  const { url } = await serveRaw(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${events}`);
  const child = spawn(process.execPath, ['--max-old-space-size=300', program('cli'), 'read', url, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, HTTP_PROXY: '', http_proxy: '' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text.slice(0, 10_000_000);
  });
  const [code] = await once(child, 'close');
  const rows = stdout.trimEnd().split('\n');
  expect([code, rows.length]).toEqual([0, 5001]);
  expect(JSON.parse(rows[4999] ?? '')).toMatchObject({ data: 'a', id: null, lastEventId: null });
});
