// A thousand clients may each send 15 KB as their Last-Event-ID, of characters for which a list has escapes.
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendConnections } from '../../../src/server/control/connectionRows';
import type { OpenedConnection } from '../../../src/server/source';
import { Turns } from '../../../src/turns/turns';
import { longestGo } from '../../support/time/longestGo';

const lastEventId = '\u202e'.repeat(5000);
const connections = Array.from({ length: 1000 }, (_, id) => ({
  ...{ id, path: '/event', since: 0, lastEventId, origin: undefined, eventsSent: 0 },
  ...{ isOpen: true, wasCutOff: false },
})) satisfies OpenedConnection[];

/** Resolves with the list's response, and with its end on our side. */
async function list(): Promise<{ response: IncomingMessage; sent: Promise<void> }> {
  let sent: Promise<void> | undefined;
  const server = createServer((_, response) => {
    sent = sendConnections(connections, response.writeHead(200), new Turns());
  });
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const [response] = await once(get({ port: (server.address() as AddressInfo).port }), 'response');
  return { response, sent: sent ?? Promise.reject(new Error('Nothing was asked for.')) };
}

test('a list of a thousand connections with long ids is sent in turns, and whole', async () => {
  let size = 0;
  const read = async () => {
    const { response, sent } = await list();
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    await Promise.all([sent, once(response, 'end')]);
  };
  // At one go, it took 0.8 s.
  expect(await longestGo(read())).toBeLessThan(100);
  expect(size).toBeGreaterThan(connections.length * lastEventId.length * '\\u202E'.length);
});

test('a client that leaves the list ends it', async () => {
  const { response, sent } = await list();
  response.destroy();
  await expect(sent).resolves.toBeUndefined();
});
