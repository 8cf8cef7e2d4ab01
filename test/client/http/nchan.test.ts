import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Inspection } from '../../../src/client/inspection';
import { dataOf, inspect, openInspection } from '../../support/client/inspectStream';
import { askChannel, COUNT, publish, startNchan } from '../../support/servers/nchan';

/** Publishes these numbers. @returns the ids */
async function publishNumbers(url: string, first: number, last: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = first; n <= last; n += 1) ids.push(await publish(url, `${n}\nof ${COUNT}`, 'tick'));
  return ids;
}

function expectNumbers(inspection: Inspection, ids: string[]): void {
  expect(dataOf(inspection)).toEqual(ids.map((_, index) => `${index + 1}\nof ${COUNT}`));
  const events = ids.map((_, index) => inspection.history.get(index + 1));
  expect(events.map((event) => event?.id)).toEqual(ids);
  expect(new Set(events.map((event) => event?.event))).toEqual(new Set(['tick']));
}

/** Resolves with everything up to the end of a text. */
async function* upTo(text: string, chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let all = '';
  for await (const chunk of chunks) {
    const sent = all.length;
    all += chunk;
    const found = all.indexOf(text);
    yield all.slice(sent, found === -1 ? undefined : found + text.length);
    if (found !== -1) return;
  }
}

/** Starts a proxy to the port; it breaks the first connection as soon as a text has come. @returns its URL */
async function startBreaking(port: number, text: string): Promise<string> {
  let connections = 0;
  const server = createServer((client) => {
    const nginx = connect(port, '127.0.0.1').setEncoding('utf8');
    client.pipe(nginx);
    connections += 1;
    const source = connections === 1 ? upTo(text, nginx) : nginx;
    // When one side ends, in any way, the other does, too.
    pipeline(source, client, () => nginx.destroy());
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a stream of nchan is read: type, id, and data of several lines', async () => {
  const { url } = await startNchan();
  const ids = await publishNumbers(url, 1, COUNT);
  expectNumbers(await inspect(`${url}subscribe`, COUNT), ids);
});

test('an event without a type from nchan is a message, and comes while the stream is open', async () => {
  const { url } = await startNchan();
  await publish(url, 'before');
  const { inspection, until } = openInspection(`${url}subscribe`);
  await until(() => inspection.history.count === 1);
  const id = await publish(url, 'after');
  await until(() => inspection.history.count === 2);
  expect(dataOf(inspection)).toEqual(['before', 'after']);
  expect(inspection.history.get(2)).toMatchObject({ event: 'message', id });
});

test('no event is lost or repeated after nchan has ended the stream', async () => {
  const { url } = await startNchan();
  const ids = await publishNumbers(url, 1, 7);
  const { inspection, until } = openInspection(`${url}brief`, { reconnect: true });
  await until(() => inspection.status.state === 'waiting');
  expect(inspection.status).toMatchObject({ end: { cause: 'end' }, unfinished: false, lastEventId: ids[6] });
  ids.push(...(await publishNumbers(url, 8, COUNT)));
  inspection.reconnectNow();
  await until(() => inspection.history.count >= COUNT);
  expectNumbers(inspection, ids);
});

test('no event is lost or repeated after a stream of nchan has broken in the middle of an event', async () => {
  const { port, url } = await startNchan();
  const ids = await publishNumbers(url, 1, 7);
  const breaking = await startBreaking(port, 'data: 7\ndata: o');
  const { inspection, until } = openInspection(`${breaking}subscribe`, { reconnect: true });
  await until(() => inspection.status.state === 'waiting');
  expect(inspection.status).toMatchObject({ unfinished: true, lastEventId: ids[5] });
  ids.push(...(await publishNumbers(url, 8, COUNT)));
  inspection.reconnectNow();
  await until(() => inspection.history.count >= COUNT);
  expectNumbers(inspection, ids);
});

test('a closed inspection ends its request: nchan has no subscriber left', async () => {
  const { url } = await startNchan();
  await publish(url, 'one');
  const inspection = await inspect(`${url}subscribe`, 1);
  expect(await askChannel(url)).toMatchObject({ subscribers: 1 });
  inspection.close();
  while ((await askChannel(url)).subscribers > 0) await delay(5);
});
