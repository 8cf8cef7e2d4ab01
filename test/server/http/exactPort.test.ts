// A port that no other may take the place of.
import { Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createServer, freePort, isListening, startServer } from '../../support/servers/testServer';

const EXACT = { exact: true };

afterEach(() => void vi.restoreAllMocks());

test('a taken port is an error that names it, and no other is listened on', async () => {
  const { port } = await startServer();
  const listen = vi.spyOn(Server.prototype, 'listen');
  await expect(createServer().server.listen(port, EXACT)).rejects.toMatchObject({
    name: 'PortRefusedError',
    code: 'EADDRINUSE',
    port,
    message: `Port ${port} is in use by another program. Choose another, or 0 for any free port.`,
  });
  expect(listen.mock.calls.filter(([tried]) => Number(tried) !== port)).toEqual([]);
});

test('a forbidden port is an error that names it', async () => {
  const port = await freePort();
  // As this test may run as root, the system's refusal is simulated.
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
    return this;
  });
  await expect(createServer().server.listen(port, EXACT)).rejects.toMatchObject({
    code: 'EACCES',
    message: `Port ${port} is not allowed to you by the system. Choose another, or 0 for any free port.`,
  });
  expect(await isListening(port)).toBe(false);
});

test('a free port is listened on', async () => {
  const port = await freePort();
  expect((await createServer().server.listen(port, EXACT)).port).toBe(port);
});
