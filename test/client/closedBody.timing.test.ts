// A few bytes of a body may take hours to decode: decoding has to stop when the body is closed.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../src/client/inspection';
import { eventually } from '../support/servers/testServer';
import { inLongRun } from '../support/time/longRun';

/** Returns a body of 16 GB, in less than 64 KB. */
function bomb(): Buffer {
  const once = gzipSync(Buffer.alloc(2 ** 26, ':\n'), { level: 9 });
  return gzipSync(Buffer.concat(Array<Buffer>(256).fill(once)), { level: 9 });
}

test.each<[type: string, how: string]>([
  ['text/event-stream', 'is an event stream that is closed'],
  ...inLongRun<[type: string, how: string]>([['text/plain', 'is no event stream, of which a megabyte is kept']]),
])('a body of type %s that %s isn’t decoded any further', async (type) => {
  const body = bomb();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip, gzip' }).end(body);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const inspection = new Inspection(() => {});
  onTestFinished(() => inspection.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: false, lastEventId: '' });
  await eventually(() => inspection.body.size > 1024 * 1024);
  if (type === 'text/event-stream') inspection.disconnect();
  await eventually(() => !inspection.running);
  // The chunk in progress is decoded to its end.
  await after(200);
  const before = process.cpuUsage();
  await after(500);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(150);
});
