// `sse-counter serve`, as a process: its ready line, its log, its ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, runCommand, startCommand, startServe } from '../support/programs/commandLine';
import { program } from '../support/programs/program';
import { ask, eventually, isListening, openStream, startServer } from '../support/servers/testServer';

const windows = process.platform === 'win32';
const TWO = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n:@ end\n';

function orders(text = TWO): string {
  return join(folderWith({ 'orders.sse': text }), 'orders.sse');
}

test('its only line on standard output says what it serves, and where', async () => {
  const file = orders();
  const served = await startServe(file);
  expect(await (await openStream(served.url)).whole).toBe(TWO.replace(':@ end\n', ''));
  served.process.kill();
  const { stdout } = await served.ended;
  expect(stdout).toBe(`Serving ${file} on ${served.url}\n`);
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/event$/);
});

test('standard error logs what is opened, closed, refused and published', async () => {
  const served = await startServe(orders('data: a\n\n'));
  const stream = await openStream(served.url, { headers: { 'Last-Event-ID': '7' } });
  await served.said(/ open 127\.0\.0\.1:\d+ behind "7", 1 in all\n/, 'stderr');
  await ask(served.url, { method: 'POST', body: 'hello' });
  await served.said(/ published 1 event, \d+ bytes, to 1 connection\n/, 'stderr');
  await ask(`${served.url}?speed=x&token=t0ps3cret`);
  await served.said(/ refused 127\.0\.0\.1:\d+ GET "\/event": 400 [^\n]+\n/, 'stderr');
  stream.response.destroy();
  await served.said(/ closed 127\.0\.0\.1:\d+ after 2 events, \d+\.\d s, 0 left\n/, 'stderr');
  expect(served.stderr()).not.toContain('t0ps3cret');
});

test.each([[], ['--json']])('a secret in a client’s path or Last-Event-ID isn’t logged: %j', async (...words) => {
  const running = startCommand(['serve', orders(), '--port', '0', ...words]);
  await running.said(/Serving|"ready".*\n/);
  const [url = ''] = /http:[^\s"]+/.exec(running.stdout()) ?? [];
  const key = 'sk-abcdefghij0123456789x';
  await (await openStream(url, { headers: { 'Last-Event-ID': key } })).whole;
  await ask(url.replace('/event', `/${key}/x`));
  await running.said(/refuse.*404.*\n/, words.length > 0 ? 'stdout' : 'stderr');
  const said = running.stdout() + running.stderr();
  expect(said).toMatch(/\/•••\/x/);
  expect(said).not.toContain(key);
});

test('--json has an object a line on standard output, and nothing on standard error', async () => {
  const file = orders();
  const running = startCommand(['serve', file, '--port', '0', '--json']);
  await running.said(/"ready".*\n/);
  const rows = () =>
    running
      .stdout()
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row));
  const { url, port } = rows()[0];
  await (await openStream(`${url}?token=t0ps3cret`, { headers: { 'Last-Event-ID': '1' } })).whole;
  await running.said(/"close".*\n/);
  await ask(url, { method: 'POST', body: 'hello' });
  await ask(url.replace('/event', '/none'));
  await running.said(/"refuse".*\n/);
  const [number, text] = [expect.any(Number), expect.any(String)];
  expect(rows()).toEqual([
    { type: 'ready', url: `http://127.0.0.1:${port}/event`, port, file },
    { type: 'open', time: number, id: 1, remote: text, path: '/event', lastEventId: '1', origin: null },
    { type: 'close', time: number, id: 1, remote: text, eventsSent: 1, duration: number, wasCutOff: false },
    { type: 'publish', time: number, events: 1, bytes: number, connections: 0 },
    {
      ...{ type: 'refuse', time: number, remote: text, method: 'GET', path: '/none', status: 404, reason: text },
      ...{ lastEventId: '', origin: null },
    },
  ]);
  expect(running.stderr()).toBe('');
});

test('--speed plays faster, --shared plays on one timeline, --allow-origin lets pages in', async () => {
  const file = orders('data: a\n\n:@ wait 1000s\ndata: b\n\n:@ wait 1000s\n:@ end\n');
  const served = await startServe(file, '--speed', '1000', '--allow-origin', 'https://a.example', '--shared');
  const stream = await openStream(served.url, { headers: { Origin: 'https://a.example' } });
  expect(stream.response.headers['access-control-allow-origin']).toBe('https://a.example');
  await stream.until('data: b\n\n');
  // A later client has only what is left.
  expect(await (await openStream(served.url)).whole).not.toContain('data: a');
  expect((await ask(served.url, { headers: { Origin: 'https://b.example' } })).status).toBe(403);
});

test('--watch reads a file again that was replaced, keeps the old one while it has an error, and says so', async () => {
  const file = orders();
  const served = await startServe(file, '--watch');
  await writeFile(`${file}.new`, 'data: new\n\n:@ end\n');
  await rename(`${file}.new`, file);
  await served.said(/ read the file again/, 'stderr');
  expect(await (await openStream(served.url)).whole).toBe('data: new\n\n');
  await writeFile(file, ':@ wiat\n');
  await served.said(/ kept the file as it was: .*wiat.*wait/, 'stderr');
  expect(await (await openStream(served.url)).whole).toBe('data: new\n\n');
});

test('a taken port is a failure that names it', async () => {
  const { port } = await startServer();
  const { code, stdout, stderr } = await runCommand(['serve', orders(), '--port', String(port)]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^[^\\n]*\\b${port}\\b[^\\n]*\\n$`));
});

test('a file with errors isn’t served: each has a line with its place', async () => {
  const file = orders('data: a\n\n  :@ wiat 1s\n:@ wiat 1s\n:@ wait x\n');
  const { code, stdout, stderr } = await runCommand(['serve', file, '--port', '0']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n').map((line) => line.replace(/(?<=:\d+:\d+: ).*/, '…'))).toEqual([
    expect.stringContaining(`${file}:4:`),
    expect.stringContaining(`${file}:5:`),
    '',
  ]);
});

test.each(['none.sse', '.'])('%s can’t be served: exit code 2, and a sentence', async (name) => {
  const { code, stdout, stderr } = await runCommand(['serve', join(folderWith(), name)]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^[^\n]+\n$/)]);
});

test('a folder is served by its name, and --watch takes up what comes', async () => {
  const folder = folderWith({ 'api/orders.sse': 'data: a\n\n:@ end\n' });
  const served = await startServe(folder, '--watch');
  expect(await (await fetch(`${served.url}api/orders`)).text()).toBe('data: a\n\n');
  await writeFile(join(folder, 'b.sse'), 'data: b\n\n:@ end\n');
  await eventually(async () => (await (await fetch(`${served.url}b`)).text()) === 'data: b\n\n');
});

test.skipIf(windows).each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends it and its streams with 0',
  async (name) => {
    const served = await startServe(orders('data: a\n\n'));
    const stream = await openStream(served.url);
    await stream.until('data: a\n\n');
    served.process.kill(name);
    expect(await served.ended).toMatchObject({ code: 0 });
    expect(await stream.whole).toBe('data: a\n\n');
  },
);

test('--until-stdin-ends ends it with standard input', async () => {
  const served = await startServe(orders(), '--until-stdin-ends');
  served.process.stdin.end();
  expect(await served.ended).toMatchObject({ code: 0 });
});

test('with --until-stdin-ends, a parent that is killed leaves no process', async () => {
  const words = JSON.stringify([program('cli'), 'serve', orders(), '--port', '0', '--until-stdin-ends']);
  const script = `
    const child = require('node:child_process').spawn(process.execPath, ${words}, { stdio: ['pipe', 'inherit', 'inherit'] });
    setInterval(() => {}, 1000);
  `;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [ready] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
  const port = Number(/:(\d+)\//.exec(ready)?.[1]);
  expect(await isListening(port)).toBe(true);
  parent.kill('SIGKILL');
  // The output that they share closes when the last of both has ended.
  await once(parent, 'close');
  expect(await isListening(port)).toBe(false);
});

test.skipIf(windows)('it goes on when neither of its outputs is read any more', async () => {
  const served = await startServe(orders());
  served.process.stdout.destroy();
  served.process.stderr.destroy();
  for (let round = 0; round < 3; round += 1) expect(await (await openStream(served.url)).whole).toContain('data: b');
  served.process.kill('SIGINT');
  expect(await once(served.process, 'exit')).toEqual([0, null]);
});

test('a name with control characters can’t steer a terminal', async () => {
  const { stderr } = await runCommand(['serve', join(folderWith(), 'a\u001b[31m\u202e.sse')]);
  expect(stderr).toMatch(/a⟨U\+001B⟩\[31m⟨U\+202E⟩/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is searched for
  expect(stderr).not.toMatch(/[\u001b\u202e]/);
});
