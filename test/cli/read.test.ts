// `sse-counter read`, as a process: its rows, its ends and their exit codes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveScript } from '../support/mock/scriptServer';
import { folderWith, runCommand, startCommand } from '../support/programs/commandLine';
import { program } from '../support/programs/program';
import { EchoServer } from '../support/servers/echoServer';
import { serveRaw } from '../support/servers/rawServer';
import { eventually } from '../support/servers/testServer';

const windows = process.platform === 'win32';
const THREE = 'id: 1\nevent: order\ndata: a\n\ndata: b\ndata: c\n\nid: 3\ndata: d\n\n:@ end\n';
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n';

function rowsOf(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));
}

test('each event is a line of time, type, id and data, in which line ends are ␊', async () => {
  const { stream } = await serveScript(THREE);
  const { code, stdout, stderr } = await runCommand(['read', stream]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.replace(/^\d\d:\d\d:\d\d\.\d{3}/gm, 'TIME')).toBe(
    'TIME\torder\t1\ta\nTIME\tmessage\t\tb␊c\nTIME\tmessage\t3\td\n',
  );
});

test('a pipe gets the data as it is, with its control characters', async () => {
  const { stream } = await serveScript('data: \x1b[31m\u202eé\x07\n\n:@ end\n');
  const { stdout } = await runCommand(['read', stream]);
  expect(stdout.slice('00:00:00.000'.length)).toBe('\tmessage\t\t\x1b[31m\u202eé\x07\n');
});

test('--json has a row for each event, and one for the end', async () => {
  const before = Date.now();
  const { stream } = await serveScript(THREE);
  const { code, stdout, stderr } = await runCommand(['read', stream, '--json']);
  const rows = rowsOf(stdout);
  const number = expect.any(Number);
  expect([code, stderr]).toEqual([0, '']);
  expect(rows).toEqual([
    { time: number, event: 'order', data: 'a', id: '1', lastEventId: '1', size: 28 },
    { time: number, event: 'message', data: 'b\nc', id: null, lastEventId: '1', size: 17 },
    { time: number, event: 'message', data: 'd', id: '3', lastEventId: '3', size: 15 },
    {
      end: {
        ...{ cause: 'end', status: 200, events: 3, bytes: 60, reconnects: 0 },
        ...{ headersAfter: number, firstEventAfter: number, duration: number },
      },
    },
  ]);
  expect(Object.keys(rows[0])).toEqual(['time', 'event', 'data', 'id', 'lastEventId', 'size']);
  expect(rows[0].time).toBeGreaterThanOrEqual(before);
  expect(rows[0].time).toBeLessThanOrEqual(Date.now());
});

test('--raw has the bytes as they came, up to the last event that is wanted', async () => {
  const file = ': a\r\ndata: é\n\nid: 2\ndata\n\n';
  const { stream } = await serveScript(`${file}data: more\n\n:@ end\n`);
  expect(await runCommand(['read', stream, '--raw', '--count', '2'])).toEqual({ code: 0, stdout: file, stderr: '' });
});

test('--event gives and counts events of that type alone', async () => {
  const { stream } = await serveScript(`${THREE.replace(':@ end\n', '')}event: order\ndata: e\n\n:@ stall\n`);
  const { code, stdout } = await runCommand(['read', stream, '--event', 'order', '--count', '2', '--json']);
  expect([code, rowsOf(stdout).map(({ data, end }) => data ?? end.cause)]).toEqual([0, ['a', 'e', 'count']]);
});

test('fewer events than --count are a failure', async () => {
  const { stream } = await serveScript(THREE);
  const { code, stdout, stderr } = await runCommand(['read', stream, '--count', '4', '--json']);
  expect([code, stderr]).toEqual([1, 'The stream ended after 3 of 4 events.\n']);
  expect(rowsOf(stdout).at(-1)).toMatchObject({ end: { cause: 'end', events: 3 } });
});

test.each<[string, string, number, string, string]>([
  ['a cut', `${HEAD}Content-Length: 100\r\n\r\ndata: 1\n\n`, 1, 'cut', 'before it was complete.*--reconnect'],
  ['a 204', 'HTTP/1.1 204 No Content\r\n\r\n', 1, 'noContent', '204'],
  ['a 503', 'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n', 1, 'status', '503 Busy'],
  ['another type', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx', 1, 'type', 'text/html'],
  ['an end', `${HEAD}Content-Length: 9\r\n\r\ndata: 1\n\n`, 0, 'end', ''],
])('%s ends it with the exit code for that', async (_, answer, expected, cause, sentence) => {
  const { url } = await serveRaw(answer);
  const { code, stdout, stderr } = await runCommand(['read', url, '--json']);
  expect([code, rowsOf(stdout).at(-1).end.cause]).toEqual([expected, cause]);
  expect(stderr).toMatch(sentence === '' ? /^$/ : new RegExp(`^[^\\n]*${sentence}[^\\n]*\\n$`));
});

test('a server that nothing listens for is a failure, with null for all that did not come', async () => {
  const { code, stdout, stderr } = await runCommand(['read', 'http://127.0.0.1:1/', '--json']);
  expect([code, stderr]).toEqual([1, 'Nothing is listening on 127.0.0.1:1. Is the server running?\n']);
  expect(rowsOf(stdout)).toEqual([
    {
      end: {
        ...{ cause: 'network', status: null, events: 0, bytes: 0, reconnects: 0 },
        ...{ headersAfter: null, firstEventAfter: null, duration: expect.any(Number) },
      },
    },
  ]);
});

test('--timeout ends it with 124', async () => {
  const { stream } = await serveScript('data: 1\n\n:@ stall\n');
  const { code, stdout, stderr } = await runCommand(['read', stream, '--timeout', '4', '--json']);
  expect([code, stderr]).toEqual([124, expect.stringMatching(/^1 event came within 4 s[^\n]*\n$/)]);
  expect(rowsOf(stdout).at(-1)).toMatchObject({ end: { cause: 'timeout', events: 1 } });
});

test('--reconnect goes on behind the last event after a drop, until 204', async () => {
  const { stream } = await serveScript(
    'retry: 100\n\nid: 1\ndata: a\n\ndata: b\n:@ drop\n\nid: 2\ndata: c\n\n:@ end\n',
  );
  const { code, stdout, stderr } = await runCommand(['read', stream, '--reconnect', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  expect(rowsOf(stdout)).toMatchObject([
    { data: 'a' },
    { reconnect: { number: 1, delay: 100, reason: expect.any(String), lastEventId: '1' } },
    { data: 'b' },
    { data: 'c' },
    { reconnect: { number: 2, delay: 100, lastEventId: '2' } },
    { end: { cause: 'noContent', status: 204, events: 3, reconnects: 2 } },
  ]);
});

test('without --json, standard error says when it reconnects', async () => {
  const { stream } = await serveScript('retry: 100\n\nid: 1\ndata: a\n\n:@ end\n');
  const { code, stderr } = await runCommand(['read', stream, '--reconnect']);
  expect([code, stderr]).toEqual([0, 'Reconnecting in 0.1 s: The stream ended.\n']);
});

test('--last-event-id resumes behind that event', async () => {
  const { stream } = await serveScript(THREE);
  const { stdout } = await runCommand(['read', stream, '--last-event-id', '1', '--json']);
  expect(rowsOf(stdout).map(({ data }) => data)).toEqual(['b\nc', 'd', undefined]);
});

test('method, headers and bodies are sent as curl sends them', async () => {
  const echo = await new EchoServer().listen();
  const file = join(folderWith({ body: '{"a":\n1}\n' }), 'body');
  const commands = [
    ['/get', []],
    ['/put', ['-X', 'PUT', '-H', 'X-A: 1', '-HX-B:2', '--header=X-A: 3']],
    ['/post', ['-d', 'a=1', '-d', `@${file}`]],
    ['/json', ['-H', 'content-type: application/json', '-d', '{}']],
  ] as const;
  await Promise.all(commands.map(([path, options]) => runCommand(['read', echo.origin + path, ...options])));
  const own = (path: string) => echo.on(path)?.headers.filter(([name]) => /^(x-|content-type)/.test(name));
  expect(echo.on('/get')).toMatchObject({ method: 'GET', body: '' });
  expect([echo.on('/put')?.method, own('/put')]).toEqual([
    'PUT',
    [
      ['x-a', '1'],
      ['x-a', '3'],
      ['x-b', '2'],
    ],
  ]);
  expect(echo.on('/post')).toMatchObject({ method: 'POST', body: 'a=1&{"a":1}' });
  expect(own('/post')).toEqual([['content-type', 'application/x-www-form-urlencoded']]);
  expect([echo.on('/json')?.body, own('/json')]).toEqual(['{}', [['content-type', 'application/json']]]);
});

test('a curl command is read, and options are read as if they stood at its end', async () => {
  const echo = await new EchoServer().listen();
  const command = `curl '${echo.origin}/a' -H 'Content-Type: application/json' -H 'X-A: 1' --data-raw '{"a": 1}'`;
  await runCommand(['read', command, '-H', 'X-B: 2', '-X', 'PATCH']);
  const { method, headers, body } = echo.on('/a') ?? {};
  expect([method, body]).toEqual(['PATCH', '{"a": 1}']);
  expect(headers).toEqual(
    expect.arrayContaining([
      ['content-type', 'application/json'],
      ['x-a', '1'],
      ['x-b', '2'],
    ]),
  );
});

test('-d @- reads standard input', async () => {
  const echo = await new EchoServer().listen();
  const running = startCommand(['read', `${echo.origin}/a`, '-d', '@-']);
  running.process.stdin.end('a\nb');
  await running.ended;
  expect(echo.on('/a')).toMatchObject({ method: 'POST', body: 'ab' });
});

test.each([
  [[`http://127.0.0.1:1/<id>`], /placeholder: <id>/],
  [['http://127.0.0.1:1/', '-H', 'Authorization: Bearer <token>'], /placeholder: <token>/],
  [["curl http://127.0.0.1:1/ -H 'Authorization: Bearer $TOKEN'"], /./],
  [['ftp://127.0.0.1/'], /http: and https:/],
  [['http://127.0.0.1:1/', '-d', '@none'], /no file none/],
  [['http://127.0.0.1:1/', '-H', 'x'], /-H takes 'Name: value'\. See: sse-counter help read/],
  [['http://127.0.0.1:1/', '-X', 'A B'], /-X takes a method/],
  [['http://127.0.0.1:1/', '--last-event-id', 'a\nb'], /--last-event-id/],
])('%j can’t be asked for, and nothing is sent', async (words, sentence) => {
  const { code, stdout, stderr } = await runCommand(['read', ...words]);
  expect([code, stdout]).toEqual([stderr.includes('Nothing is listening') ? 1 : 2, '']);
  expect(stderr).toMatch(sentence);
  expect(stderr).toMatch(/^[^\n]+\n$/);
});

test('a body from a file or standard input may have 1 MB, and no more', async () => {
  const echo = await new EchoServer().listen();
  const folder = folderWith({ most: 'x'.repeat(1024 * 1024), more: 'x'.repeat(1024 * 1024 + 1) });
  const most = await runCommand(['read', `${echo.origin}/most`, '-d', `@${join(folder, 'most')}`]);
  const more = await runCommand(['read', `${echo.origin}/more`, '-d', `@${join(folder, 'more')}`]);
  const running = startCommand(['read', `${echo.origin}/stdin`, '-d', '@-']);
  running.process.stdin.end('x'.repeat(1024 * 1024 + 1));
  expect([most.code, echo.on('/most')?.body.length]).toEqual([1, 1024 * 1024]);
  expect([more.code, more.stderr, echo.on('/more')]).toEqual([2, expect.stringContaining('1 MB'), undefined]);
  const { code, stderr } = await running.ended;
  expect([code, stderr, echo.on('/stdin')]).toEqual([2, expect.stringContaining('1 MB'), undefined]);
});

test('a secret of the command is in nothing that it writes, also when the server repeats it', async () => {
  const secret = 'sk-t0ps3cret0123456789abcdef';
  const { url } = await serveRaw((socket) => socket.end(`HTTP/1.1 401 No ${secret}\r\nContent-Length: 0\r\n\r\n`));
  const address = url.replace('//', `//user:${secret}@`);
  const commands = [
    [url, '-H', `Authorization: Bearer ${secret}`],
    [`${address}?token=${secret}`],
    [`curl -u user:${secret} ${url} -d 'password=${secret}'`],
    [`http://127.0.0.1:1/?token=${secret}`],
    [`http://local host/?token=${secret}`],
    [`curl --hedaer 'Authorization: ${secret}' ${url}`],
    [url, '-H', `Authorization ${secret}`],
  ];
  for (const words of commands) {
    const { code, stdout, stderr } = await runCommand(['read', ...words, '--json']);
    expect([words, code === 0, stdout + stderr]).toEqual([words, false, expect.not.stringContaining('t0ps3cret')]);
  }
});

test('when the reader of standard output has enough, it ends well', async () => {
  const { stream } = await serveScript('data: 1\n\n:@ wait 20ms\n:@ loop\n');
  const running = startCommand(['read', stream]);
  await once(running.process.stdout, 'data');
  running.process.stdout.destroy();
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
});

/** Starts a server that sends as fast as it is read. Resolves with its URL, and a function that returns how much it has sent. */
async function serveFast() {
  let sent = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const chunk = `data: ${'x'.repeat(16_000)}\n\n`;
    const write = () => {
      while (response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', write);
    write();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent: () => sent };
}

/** Starts `read`, whose standard output nobody reads yet, and resolves when all buffers are full: of pipe, sockets, and ours. */
async function readUnread(url: string, sent: () => number) {
  const child = spawn(process.execPath, [program('cli'), 'read', url, '--raw'], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'readable');
  let [before, rounds] = [-1, 0];
  await eventually(() => {
    rounds = sent() === before ? rounds + 1 : 0;
    before = sent();
    return rounds > 50;
  });
  return child;
}

test.skipIf(windows)('Ctrl-C ends it with 0 while it waits for standard input', async () => {
  const running = startCommand(['read', 'http://127.0.0.1:1/', '-d', '@-']);
  // Its pipe holds so much, and no more: the rest is taken by who reads.
  await new Promise((taken) => running.process.stdin.write('x'.repeat(500_000), taken));
  running.process.kill('SIGINT');
  expect(await running.ended).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.skipIf(windows)('it holds the stream back while standard output is full', async () => {
  const { url, sent } = await serveFast();
  const child = await readUnread(url, sent);
  let warnings = '';
  child.stderr.on('data', (text) => {
    warnings += text;
  });
  const before = sent();
  expect(before).toBeLessThan(30_000_000);
  child.stdout.resume();
  await eventually(() => sent() > before + 5_000_000);
  expect(warnings).toBe('');
});

test.skipIf(windows)('the second Ctrl-C ends it at once, whatever it waits for', async () => {
  const { url, sent } = await serveFast();
  const child = await readUnread(url, sent);
  // The first one lets it write what it has, to who doesn't read.
  await eventually(() => {
    child.kill('SIGINT');
    return child.exitCode !== null;
  });
  expect(child.exitCode).toBe(1);
});

test.skipIf(windows).each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends it with 0 and its last row',
  async (name) => {
    const { stream } = await serveScript('data: 1\n\n:@ stall\n');
    const running = startCommand(['read', stream, '--json']);
    await running.said(/"data":"1"/);
    running.process.kill(name);
    const { code, stdout, stderr } = await running.ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(rowsOf(stdout).at(-1)).toMatchObject({ end: { cause: 'signal', events: 1 } });
  },
);
