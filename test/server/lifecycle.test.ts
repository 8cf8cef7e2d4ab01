import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { ServerClosedError } from '../../src/server/listening';
import { connectTo, createServer, eventually, isListening, openStream, sendRaw, startServer } from './testServer';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The process's open sockets and timers of ours, by kind. */
function handles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind));
}

test('it listens on the loopback interface alone', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const { url, port } = await startServer();
  expect(url).toBe(`http://127.0.0.1:${port}/`);
  expect((listen.mock.contexts[0] as Server).address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port });
});

test('a busy port is refused with its reason, and the next free one taken', async () => {
  const first = await startServer();
  const { server } = createServer();
  const listening = await server.listen(first.port);
  expect(listening.port).toBeGreaterThan(first.port);
  expect(listening.url).toBe(`http://127.0.0.1:${listening.port}/`);
  expect(listening.instead).toEqual({ port: first.port, code: 'EADDRINUSE' });
});

test.skipIf(process.platform === 'win32')(
  'a port on which a program answers is left to it, also where the system would let two share it',
  async () => {
    const first = await startServer();
    const listen = vi.spyOn(Server.prototype, 'listen');
    const { instead } = await createServer().server.listen(first.port);
    expect(instead).toEqual({ port: first.port, code: 'EADDRINUSE' });
    expect(listen.mock.calls.map(([port]) => port)).not.toContain(first.port);
  },
);

test.skipIf(process.platform === 'win32')(
  'a port whose program doesn’t take connections, one that is stopped in a debugger, is left to it within a second',
  async () => {
    const script = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      console.log(this.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    })`;
    const stopped = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void stopped.kill('SIGKILL'));
    const port = Number(await once(stopped.stdout, 'data'));
    // The system takes a few connections for it; then it takes none.
    const waiting = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    onTestFinished(() => waiting.forEach((socket) => void socket.destroy()));
    await once(waiting[0] as Socket, 'connect');
    const start = performance.now();
    const { instead } = await createServer().server.listen(port);
    expect(instead).toEqual({ port, code: 'EADDRINUSE' });
    expect(performance.now() - start).toBeLessThan(1000);
  },
);

test('a forbidden port is refused with its reason, and the next free one taken', async () => {
  const { port: free } = await startServer();
  // As the system does for a port below 1024 of someone who is not root, which this may not be.
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
    return this;
  });
  const { server } = createServer();
  const listening = await server.listen(free - 1);
  expect(listening.instead).toEqual({ port: free - 1, code: 'EACCES' });
  expect(listening.port).toBeGreaterThan(free);
});

test('after port 65535 comes any free one', async () => {
  const last = createServer();
  const { port } = await last.server.listen(65_535);
  if (port !== 65_535) return expect(port).toBeGreaterThan(0);
  const listening = await createServer().server.listen(65_535);
  expect(listening.instead?.port).toBe(65_535);
  expect(listening.port).toBeGreaterThan(0);
});

test('a wanted port that is free is no fallback', async () => {
  const { port, server } = await startServer();
  await server.close();
  const again = await createServer().server.listen(port);
  expect(again).toEqual({ port, url: `http://127.0.0.1:${port}/` });
});

test('a page that can’t be read fails the start, and leaves no port open', async () => {
  const { server } = createServer({ pageFile: 'media/no-such-page.html' });
  await expect(server.listen(0)).rejects.toThrow('ENOENT');
  await server.close();
});

test('closing while starting cancels the start: nothing listens', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const { server } = createServer();
  const started = server.listen(0);
  const closed = server.close();
  await expect(started).rejects.toBeInstanceOf(ServerClosedError);
  await closed;
  expect(listen).not.toHaveBeenCalled();
});

test('closing in the very moment the port opens still frees it', async () => {
  const { server } = createServer();
  const { listen } = Server.prototype;
  let socket: Server | undefined;
  let closed: Promise<void> | undefined;
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server, ...args) {
    socket = listen.apply(this, args);
    closed = server.close();
    return socket;
  });
  await expect(server.listen(0)).rejects.toBeInstanceOf(ServerClosedError);
  await closed;
  expect(socket?.listening).toBe(false);
});

test('close before listen makes a start impossible', async () => {
  const { server } = createServer();
  await server.close();
  await expect(server.listen(0)).rejects.toBeInstanceOf(ServerClosedError);
});

test('close ends curl properly: exit code 0', async () => {
  const { url, server, opened } = await startServer();
  const curl = promisify(execFile)('curl', ['-sN', `${url}event?interval=10`]);
  await eventually(() => (opened[0]?.eventsSent ?? 0) >= 3);
  await server.close();
  expect((await curl).stdout).toMatch(/^data: 1\n\ndata: 2\n\ndata: 3\n\n/);
});

test('with a thousand streams open, close ends each properly and frees the port within 500 ms; twice is fine', async () => {
  const before = handles().length;
  const { url, port, server, closed } = await startServer();
  const streams = await Promise.all(Array.from({ length: 1000 }, () => openStream(`${url}event`)));
  const start = performance.now();
  await Promise.all([server.close(), server.close()]);
  const took = performance.now() - start;
  expect(await isListening(port)).toBe(false);
  await Promise.all(streams.map(({ whole }) => whole));
  console.log(`closed 1,000 streams in ${took.toFixed(0)} ms`);
  expect(took).toBeLessThan(500);
  expect(closed).toHaveLength(1000);
  expect(server.connectionCount).toBe(0);
  await eventually(() => handles().length <= before);
});

test('close doesn’t wait for clients that don’t read', async () => {
  const { port, server, opened, errors } = await startServer({
    // Far more than the sockets' buffers hold.
    openStream: () => ({
      status: 200,
      play: (connection) => {
        connection.write('x'.repeat(32 * 1024 * 1024));
        return () => undefined;
      },
    }),
  });
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => opened.length === 1);
  const start = performance.now();
  await server.close();
  expect(performance.now() - start).toBeLessThan(500);
  expect(errors).toEqual([]);
});

test('close doesn’t wait for one who said CONNECT and reads nothing', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const { port, server } = await startServer();
  const http = listen.mock.contexts[0] as Server;
  let served: Socket | undefined;
  http.on('connection', (socket: Socket) => {
    served = socket;
  });
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => socket.destroy()).pause();
  // Until the answers that no one reads fill the system's buffers: that to CONNECT will have to wait.
  while (!served?.writableLength) {
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const connected = once(http, 'connect');
  socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
  await connected;
  const start = performance.now();
  await server.close();
  expect(performance.now() - start).toBeLessThan(500);
});

test('a stream that has ended is not held for a client that doesn’t read the rest: after 5 s it is cut off', async () => {
  const { port, closed, opened } = await startServer({
    openStream: () => ({
      status: 200,
      play: (connection) => {
        connection.write('x'.repeat(32 * 1024 * 1024));
        setImmediate(() => void connection.end());
        return () => undefined;
      },
    }),
  });
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => closed.length === 1);
  expect(Math.round((closed[0]?.age ?? 0) / 1000)).toBe(5);
  expect(closed).toEqual(opened);
  expect(closed[0]?.dropped).toBe(true);
});

test('close ends connections that ask for nothing, or keep a half request open', async () => {
  const { port, server } = await startServer();
  const idle = await connectTo(port);
  const half = await connectTo(port);
  half.write('GET /event HTTP/1.1\r\nHo');
  await sendRaw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const ends = [idle, half].map((socket) =>
    once(
      socket.resume().on('error', () => socket.destroy()),
      'close',
    ),
  );
  await server.close();
  await Promise.all(ends);
});

test('started and closed 200 times on one port, it leaves no handle behind', async () => {
  const { port, server } = await startServer();
  await server.close();
  const before = handles().length;
  for (let round = 0; round < 200; round += 1) {
    const { server: next } = createServer();
    expect(await next.listen(port)).not.toHaveProperty('instead');
    const { whole } = await openStream(`http://127.0.0.1:${port}/event?interval=10`);
    await next.close();
    await whole;
  }
  await eventually(() => handles().length <= before);
});

test('an accept that fails is reported, not thrown', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const { errors } = await startServer();
  const failure = new Error('accept EMFILE');
  (listen.mock.contexts[0] as Server).emit('error', failure);
  expect(errors).toEqual([failure]);
});

// On Windows a signal can't be sent to another process: kill() ends it unasked.
test.skipIf(process.platform === 'win32')(
  'npm run serve is the same server alone: it says where, serves, and Ctrl-C ends it cleanly with its streams',
  async () => {
    const serve = spawn(process.execPath, ['scripts/serve.mjs', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void serve.kill('SIGKILL'));
    let output = '';
    serve.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await eventually(() => /curl -N \S+\n/.test(output));
    const url = /curl -N (\S+)\n/.exec(output)?.[1] ?? '';
    const stream = await openStream(`${url}?interval=10`);
    await stream.until('data: 3\n\n');
    serve.kill('SIGINT');
    const [code] = await once(serve, 'close');
    expect(await stream.whole).toMatch(/^data: 1\n\n/);
    expect(code).toBe(0);
    expect(output).toMatch(/open 127\.0\.0\.1:\d+, 1 in all\n/);
    expect(output).toMatch(/closed 127\.0\.0\.1:\d+ after \d+ events, \d\.\d s, 0 left\n$/);
  },
);

test.skipIf(process.platform === 'win32')('npm run serve goes on when no one reads its log any more', async () => {
  const serve = spawn(process.execPath, ['scripts/serve.mjs', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
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

test.each([
  ['--port', 'abc'],
  ['--port', '65536'],
  ['--prot', '1'],
  ['--max-connections', '0'],
  ['--max-connections', '1e3'],
])('npm run serve refuses %s %s in words', async (...args) => {
  const serve = promisify(execFile)(process.execPath, ['scripts/serve.mjs', ...args]);
  await expect(serve).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^(--port takes|--max-connections takes|Unknown option)[^\n]*\n$/),
  });
});
