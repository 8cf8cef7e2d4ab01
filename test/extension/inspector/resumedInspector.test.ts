// Ids that no header can carry: how a reconnect handles them, and the note for the user.
import { expect, test } from 'vitest';
import { inspectByHand } from '../../support/inspector/inspectByHand';
import { formOf, InspectorBench, latest, serveNoting, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';

/** Serves first a stream that sets the id and ends, then one that stays open. */
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

test('an id that can’t be sent isn’t replaced by an older one, neither automatically nor after Disconnect', async () => {
  const { url, asked } = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    if (asked.length === 1) response.end('retry: 0\n\nid: a\u0001\ndata: a\n\n');
    else response.write(': hello\n\n');
  });
  const panel = await new InspectorBench().inspect(`curl ${url} -H 'Last-Event-ID: 5'`);
  await statusOf(panel, ({ state, reconnects }) => state === 'open' && reconnects === 1);
  panel.say({ type: 'disconnect' });
  await statusOf(panel, ({ state }) => state === 'idle');
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 3);
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual(['5', undefined, undefined]);
});

test('another URL is requested without the id, even if the previous stream broke or was refused', async () => {
  const there = await serveNoting();
  const { url } = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('id: 3\ndata: a\n\n');
    setTimeout(() => response.destroy(), 20);
  });
  const panel = await new InspectorBench().inspect(`curl -X POST ${url}`);
  await eventually(() => formOf(panel).lastEventId === '3');
  panel.say({ type: 'connect', form: { ...formOf(panel), url: there.url } });
  await eventually(() => there.asked.length === 1);
  expect(there.asked[0]?.headers['last-event-id']).toBeUndefined();
});

test('a stream that has ended starts anew: after 204 or a POST’s response, even if Disconnect comes too late', async () => {
  const ended = await serveNoting((_, response) => {
    if (ended.asked.length > 1) response.writeHead(204).end();
    else response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('retry: 0\nid: 3\ndata: a\n\n');
  });
  for (const text of [ended.url, `curl -d x ${ended.url}`]) {
    ended.asked.length = 0;
    const panel = await new InspectorBench().inspect(text);
    await statusOf(panel, ({ state, running }) => state === 'ended' && !running);
    expect(formOf(panel).lastEventId).toBe('');
    // A click on Disconnect as it ended.
    panel.say({ type: 'disconnect' });
    expect(formOf(panel).lastEventId).toBe('');
  }
});

test('a stream that broke and was over at the next attempt starts anew after that', async () => {
  const { url, asked } = await serveNoting((_, response) => {
    if (asked.length > 1) return void response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('id: 3\ndata: a\n\n');
    setTimeout(() => response.destroy(), 20);
  });
  const panel = await new InspectorBench().inspect(`curl -X POST ${url}`);
  await eventually(() => formOf(panel).lastEventId === '3');
  panel.say({ type: 'connect', form: formOf(panel) });
  await statusOf(panel, ({ state, running }) => state === 'ended' && !running);
  expect(asked[1]?.headers['last-event-id']).toBe('3');
  await eventually(() => formOf(panel).lastEventId === '');
});

test('while another method is typed, the box that follows it doesn’t affect the running stream', async () => {
  const { panel, asked, streams } = await inspectByHand('retry: 0\ndata: a\n\n');
  panel.say({ type: 'edited', form: { ...formOf(panel), method: 'P', reconnect: false }, done: false });
  await eventually(() => latest(panel, 'keep')?.form.method === 'P');
  streams[0]?.end();
  await eventually(() => asked.length > 1);
});

test('a wait that Disconnect has ended is no longer counted down', async () => {
  const { url } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: a\n\n'),
  );
  const panel = await new InspectorBench().inspect(url);
  const waiting = await statusOf(panel, ({ state }) => state === 'waiting');
  expect(waiting.reconnectIn).toBeGreaterThan(0);
  panel.say({ type: 'disconnect' });
  expect((await statusOf(panel, ({ state }) => state === 'idle')).reconnectIn).toBeUndefined();
});

test('Reconnect, unchecked while a stream is running, takes effect on it', async () => {
  const { panel, asked, streams } = await inspectByHand('retry: 0\ndata: a\n\n');
  panel.say({ type: 'edited', form: { ...formOf(panel), reconnect: false }, done: true });
  await eventually(() => latest(panel, 'keep')?.form.reconnect === false);
  streams[0]?.end();
  await statusOf(panel, ({ state, running }) => state === 'ended' && !running);
  expect(asked).toHaveLength(1);
});

test.each(['x'.repeat(8000), '\u20ac'.repeat(2666)])('an id of 8,000 bytes is sent', async (id) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveId(Buffer.from(id));
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state, reconnects }) => state === 'open' && reconnects === 1);
  expect(Buffer.from(String(asked[1]?.headers['last-event-id']), 'latin1').toString()).toBe(id);
  expect(latest(panel, 'status')?.status.unsendable).toBe(false);
});

test.each(['x'.repeat(8001), 'a\u0001b'])('an id that the user enters but can’t be sent is refused', async (id) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state }) => state === 'open');
  panel.say({ type: 'connect', form: { ...formOf(panel), lastEventId: id } });
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toMatch(/^The Last-Event-ID is larger than 8,000 bytes/);
  expect(asked).toHaveLength(1);
});
