// A process that is stopped, and goes on: in a debugger, in a frozen container, or since the machine slept.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { connectTo } from './testServer';

/** Runs the server in a process of its own; its lines. */
async function startProcess(): Promise<{ server: ChildProcess; port: number; line(): Promise<string> }> {
  const folder = mkdtempSync('dist-stopped-');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'stoppedServer.mjs');
  const entryPoints = ['test/server/stoppedServer.ts'];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const server = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return { server, port: Number(await line()), line };
}

test.skipIf(process.platform === 'win32')(
  'a client that reads is not cut off when the server was stopped for longer than its patience',
  async () => {
    const { server, port, line } = await startProcess();
    const socket = await connectTo(port);
    onTestFinished(() => void socket.destroy());
    socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    // It has the beginning, and the server waits for it to read more.
    await once(socket, 'data');
    socket.pause();
    await after(300);
    server.kill('SIGSTOP');
    let size = 0;
    socket.on('data', ({ length }: Buffer) => {
      size += length;
    });
    socket.resume();
    // It reads what the system has; the server sees nothing of it. (After 2 s, Node 20 looks at the socket first.)
    await after(5000);
    server.kill('SIGCONT');
    await once(socket, 'close');
    expect(await line()).toBe('ended');
    expect(size).toBeGreaterThan(60 * 2 ** 20);
  },
);

test.skipIf(process.platform === 'win32')(
  'a client that doesn’t read is cut off all the same, a little later',
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
