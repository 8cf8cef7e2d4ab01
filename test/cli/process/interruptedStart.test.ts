// Commands that are ended before they have what they need to begin.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, startCommand } from '../../support/programs/commandLine';

const windows = process.platform === 'win32';

/** Listens as a Redis that never answers. */
async function silentRedis() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `redis://127.0.0.1:${port}/events`, connection: once(server, 'connection') };
}

test.skipIf(windows)('a signal ends serve and play while they wait for Redis, with 0 and no word', async () => {
  const file = join(folderWith({ 'a.sse': 'data: a\n\n' }), 'a.sse');
  const commands = [(url: string) => ['serve', url, '--port', '0'], (url: string) => ['play', file, '--to', url]];
  for (const words of commands) {
    const { url, connection } = await silentRedis();
    const running = startCommand(words(url));
    await connection;
    running.process.kill('SIGINT');
    expect(await running.ended).toEqual({ code: 0, stdout: '', stderr: '' });
  }
});

test('--until-stdin-ends also ends the start', async () => {
  const { url, connection } = await silentRedis();
  const running = startCommand(['serve', url, '--port', '0', '--until-stdin-ends']);
  await connection;
  running.process.stdin.end();
  expect(await running.ended).toEqual({ code: 0, stdout: '', stderr: '' });
});
