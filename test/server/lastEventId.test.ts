// Ids that no header can carry: what a reconnect does with them, and what the person is told.
import { expect, test } from 'vitest';
import { formOf, InspectorBench, latest, serveNoting, statusOf } from './inspectors';
import { eventually } from './testServer';

/** Answers first a stream that sets the id and ends, then one that stays open. */
async function serveId(id: Uint8Array) {
  let count = 0;
  return serveNoting((_request, response) => {
    count += 1;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    if (count > 1) response.write('data: again\n\n');
    else response.end(Buffer.concat([Buffer.from('retry: 0\n\nid: '), id, Buffer.from('\ndata: first\n\n')]));
  });
}

test.each([
  ['16 MB that are no UTF-8', Buffer.alloc(15_900_000, 0xff)],
  ['8,001 letters', Buffer.alloc(8001, 'x')],
  ['few characters of more than 8,000 bytes', Buffer.from('\u20ac'.repeat(2667))],
])('an id of %s is not sent when the stream is asked for again, and the person is told', async (_, id) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveId(id);
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state, reconnects }) => state === 'open' && reconnects === 1);
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, undefined]);
  expect(latest(panel, 'status')?.status.unsendable).toBe(true);
  panel.say({ type: 'disconnect' });
  await statusOf(panel, ({ state }) => state === 'idle');
  expect(formOf(panel).lastEventId).toBe('');
});

test.each(['x'.repeat(8000), '\u20ac'.repeat(2666)])('an id of 8,000 bytes is sent', async (id) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveId(Buffer.from(id));
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state, reconnects }) => state === 'open' && reconnects === 1);
  expect(Buffer.from(String(asked[1]?.headers['last-event-id']), 'latin1').toString()).toBe(id);
  expect(latest(panel, 'status')?.status.unsendable).toBe(false);
});

test.each(['x'.repeat(8001), 'a\u0001b'])('an id that a person gives and that can’t be sent is refused', async (id) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state }) => state === 'open');
  panel.say({ type: 'connect', form: { ...formOf(panel), lastEventId: id } });
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toMatch(/^The Last-Event-ID is larger than 8,000 bytes/);
  expect(asked).toHaveLength(1);
});
