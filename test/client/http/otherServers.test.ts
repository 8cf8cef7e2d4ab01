import { expect, onTestFinished, test } from 'vitest';
import { dataOf, inspect } from '../../support/client/inspectStream';
import { COUNT, startBetterSse, startHono } from '../../support/servers/foreignServers';
import { newServer } from '../../support/servers/newServer';

test('a stream of Hono is read: type, id, and data of several lines', async () => {
  const inspection = await inspect(await startHono(), COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => `${n + 1}\nof ${COUNT}`));
  expect(inspection.history.get(7)).toMatchObject({ event: 'tick', id: '7' });
});

test('a stream of better-sse is read', async () => {
  const inspection = await inspect(await startBetterSse(), COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => JSON.stringify({ n: n + 1 })));
  expect(inspection.history.get(COUNT)).toMatchObject({ event: 'tick', id: `id-${COUNT}` });
});

test('a stream of our counter is read, and its bytes are those that were sent', async () => {
  const server = newServer();
  onTestFinished(() => server.close());
  const { url } = await server.listen(0);
  const inspection = await inspect(`${url}event?interval=10&limit=${COUNT}&event=tick&id=1`, COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => String(n + 1)));
  const { bytes } = inspection.history;
  const wire = Array.from({ length: COUNT }, (_, n) => `event: tick\nid: ${n + 1}\ndata: ${n + 1}\n\n`).join('');
  expect(Buffer.from(bytes.slice(0, bytes.size)).toString()).toBe(wire);
});
