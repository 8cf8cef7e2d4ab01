// A process that is suspended and resumed: by a debugger, in a frozen container, or because the machine slept.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ScriptSource } from '../../src/server/script/scriptSource';
import { Turns } from '../../src/turns/turns';
import { scriptOf } from '../support/mock/scriptServer';
import { runScript } from '../support/programs/clientProcess';
import { program } from '../support/programs/program';
import { connectTo, eventually, startServer } from '../support/servers/testServer';

/** Runs the server in a process of its own; `line` resolves with the next line of its output. */
async function startProcess(): Promise<{ server: ChildProcess; port: number; line(): Promise<string> }> {
  const server = spawn(process.execPath, [program('stoppedServer')], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return { server, port: Number(await line()), line };
}

/** A client that reads nothing until the system's buffers are full, and then everything as fast as it can. */
const LATE_READER = `
  const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1');
  socket.write('GET /event HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n');
  process.on('message', () => socket.resume());
  let size = 0;
  socket.pause().on('error', () => socket.destroy()).on('close', () => process.send(size)).on('data', ({ length }) => (size += length));
`;

test('a client that reads while the server does nothing else for longer than its timeout is not cut off', async () => {
  const turns = new Turns();
  const script = scriptOf(`data: ${'x'.repeat(64 * 2 ** 20)}\n\n:@ end\n`);
  const source = new ScriptSource(script, { turns, drainTimeout: 1000, onChange: () => undefined });
  const { port, closed } = await startServer({ source, turns });
  const client = runScript(LATE_READER, port);
  await eventually(() => [...source.connections].some(({ connection }) => connection.isFull));
  client.send('read');
  // After this, due timers fire before ready sockets are read.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
  const [size] = (await once(client, 'message')) as [number];
  expect(closed.map(({ wasCutOff }) => wasCutOff)).toEqual([false]);
  expect(size).toBeGreaterThan(64 * 2 ** 20);
});

test.skipIf(process.platform === 'win32')(
  'a client that reads is not cut off when the server was stopped for longer than its timeout',
  async () => {
    const { server, port, line } = await startProcess();
    const socket = await connectTo(port);
    onTestFinished(() => void socket.destroy());
    socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    // The client has the beginning, and the server waits for the socket to drain.
    await once(socket, 'data');
    socket.pause();
    await after(300);
    server.kill('SIGSTOP');
    let size = 0;
    socket.on('data', ({ length }: Buffer) => {
      size += length;
    });
    socket.resume();
    // The client reads the system's buffers, which the server can't notice. (After 2 s, Node 20 checks the socket first.)
    await after(5000);
    server.kill('SIGCONT');
    await once(socket, 'close');
    expect(await line()).toBe('ended');
    expect(size).toBeGreaterThan(60 * 2 ** 20);
  },
);

test.skipIf(process.platform === 'win32')(
  'a client that doesn’t read is cut off nevertheless, a little later',
  async () => {
    const { server, port, line } = await startProcess();
    const socket = await connectTo(port);
    onTestFinished(() => void socket.destroy());
    socket.pause().write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await after(300);
    server.kill('SIGSTOP');
    await after(500);
    server.kill('SIGCONT');
    expect(await line()).toBe('cut off');
  },
);
