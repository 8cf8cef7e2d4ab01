import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { ServerClosedError } from '../../src/server/http/listening';
import {
  connectTo,
  createServer,
  eventually,
  freePort,
  openStream,
  sendRaw,
  startServer,
} from '../support/servers/testServer';
import { clockLateness } from '../support/time/lateness';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Returns the kinds of the process's open sockets and timers. */
function handles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind));
}

test('the server listens only on the loopback interface', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const { url, port } = await startServer();
  expect(url).toBe(`http://127.0.0.1:${port}/`);
  expect((listen.mock.contexts[0] as Server).address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port });
});

test('a busy port is reported with the reason, and the next free one is used', async () => {
  const first = await startServer();
  const { server } = createServer();
  const listening = await server.listen(first.port);
  expect(listening.port).toBeGreaterThan(first.port);
  expect(listening.url).toBe(`http://127.0.0.1:${listening.port}/`);
  expect(listening.instead).toEqual({ port: first.port, code: 'EADDRINUSE' });
});

test.skipIf(process.platform === 'win32')(
  'a port on which a program answers is not used, even if the system would let two programs share it',
  async () => {
    const first = await startServer();
    const listen = vi.spyOn(Server.prototype, 'listen');
    const { instead } = await createServer().server.listen(first.port);
    expect(instead).toEqual({ port: first.port, code: 'EADDRINUSE' });
    expect(listen.mock.calls.map(([port]) => port)).not.toContain(first.port);
  },
);

test.skipIf(process.platform === 'win32')(
  'a port whose program accepts no connections, as one stopped in a debugger, is skipped within a second',
  async () => {
    const script = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      console.log(this.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    })`;
    const stopped = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void stopped.kill('SIGKILL'));
    const port = Number(await once(stopped.stdout, 'data'));
    // The system accepts a few connections on its behalf, and then none.
    const waiting = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    onTestFinished(() => waiting.forEach((socket) => void socket.destroy()));
    await once(waiting[0] as Socket, 'connect');
    const start = performance.now();
    const late = await clockLateness(async () => {
      const { instead } = await createServer().server.listen(port);
      expect(instead).toEqual({ port, code: 'EADDRINUSE' });
    });
    expect(performance.now() - start).toBeLessThan(1000 + late);
  },
);

test('a forbidden port is reported with the reason, and the next free one is used', async () => {
  const { port: free } = await startServer();
  // Simulates the system's refusal of ports below 1024 to ordinary users, as this test may run as root.
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
    return this;
  });
  const { server } = createServer();
  const listening = await server.listen(free - 1);
  expect(listening.instead).toEqual({ port: free - 1, code: 'EACCES' });
  expect(listening.port).toBeGreaterThan(free);
});

test('after port 65535, any free port is used', async () => {
  const last = createServer();
  const { port } = await last.server.listen(65_535);
  if (port !== 65_535) return expect(port).toBeGreaterThan(0);
  const listening = await createServer().server.listen(65_535);
  expect(listening.instead?.port).toBe(65_535);
  expect(listening.port).toBeGreaterThan(0);
});

test('a wanted port that is free is not reported as a fallback', async () => {
  const port = await freePort();
  const again = await createServer().server.listen(port);
  expect(again).toEqual({ port, url: `http://127.0.0.1:${port}/` });
});

test('a page that can’t be read fails the start, and leaves no port open', async () => {
  const { server } = createServer({ readPage: () => readFile('media/no-such-page.html', 'utf8') });
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

test('close waits no longer than 250 ms for clients that don’t read', async () => {
  const { port, server, opened, errors } = await startServer({
    // Far more than the sockets' buffers can take.
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
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const closed = server.close();
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  while (vi.getTimerCount() < 2) await setImmediate();
  await vi.advanceTimersByTimeAsync(249);
  await setImmediate();
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closed;
  expect(errors).toEqual([]);
});

test('to end a stream that its client has left already takes no time', async () => {
  const { port, opened, closed } = await startServer();
  const socket = await connectTo(port);
  socket.write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => opened.length === 1);
  socket.destroy();
  await eventually(() => closed.length === 1);
  await opened[0]?.end();
  expect(opened[0]?.wasCutOff).toBe(false);
}, 10_000);

test('a stream whose head is delayed is not opened while the server waits for other clients to close', async () => {
  let asked = 0;
  const { port, server, opened } = await startServer({
    openStream: () => {
      asked += 1;
      const play = (connection: { write(text: string): void }) => {
        connection.write('x'.repeat(32 * 1024 * 1024));
        return () => undefined;
      };
      return { status: 200, headDelay: asked === 1 ? 0 : 100, play };
    },
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (const wanted of [1, 2]) {
    const socket = await connectTo(port);
    onTestFinished(() => void socket.destroy());
    socket.pause().write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
    while (asked < wanted) await setImmediate();
  }
  let isClosed = false;
  const closed = server.close().then(() => {
    isClosed = true;
  });
  for (; !isClosed; await setImmediate()) await vi.advanceTimersByTimeAsync(10);
  await closed;
  expect(opened).toHaveLength(1);
});

test('close doesn’t wait for a client that sent CONNECT and reads nothing', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  // An unread response fills the system's buffers, so that the response to CONNECT can't be sent.
  const { port, server } = await startServer({ readPage: async () => 'x'.repeat(16 * 1024 * 1024) });
  const http = listen.mock.contexts[0] as Server;
  let served: Socket | undefined;
  http.on('connection', (socket: Socket) => {
    served = socket;
  });
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => socket.destroy()).pause();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => (served?.writableLength ?? 0) > 0);
  const connected = once(http, 'connect');
  socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
  await connected;
  // Must resolve although this socket stays open; else the test times out.
  await server.close();
  expect(served?.destroyed).toBe(true);
});

test('a client that doesn’t read the rest of an ended stream is cut off after 5 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { port, closed, opened } = await startServer({
    openStream: () => ({
      status: 200,
      play: (connection) => {
        connection.write('x'.repeat(32 * 1024 * 1024));
        queueMicrotask(() => void connection.end());
        return () => undefined;
      },
    }),
  });
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
  while (vi.getTimerCount() === 0) await setImmediate();
  await vi.advanceTimersByTimeAsync(4999);
  expect(closed).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  while (closed.length === 0) await setImmediate();
  expect(closed).toEqual(opened);
  expect(closed[0]?.wasCutOff).toBe(true);
});

test('close ends connections without a request, or with an incomplete one', async () => {
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

test('a server that is started and closed 50 times on one port leaves no handle behind', async () => {
  const port = await freePort();
  const before = handles().length;
  for (let round = 0; round < 50; round += 1) {
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
