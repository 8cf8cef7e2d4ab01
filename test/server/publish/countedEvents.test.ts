// Published events count as sent, also those that a client has missed.
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, openStream } from '../../support/servers/testServer';

const STREAM = { 'Content-Type': 'text/event-stream' };

test('of a stream that is published, the events count, and not its comments', async () => {
  const { stream, source } = await serveScript('data: a\n\n');
  const one = await openStream(stream);
  await one.until('data: a\n\n');
  const body = ': note\n\ndata: b\n\nretry: 5\n\nid: 1\n\ndata: c\ndata: d\n\n';
  await ask(stream, { method: 'POST', body, headers: STREAM });
  await ask(stream, { method: 'POST', body: 'e' });
  await one.until('data: e\n\n');
  expect(source.control.openConnections.map(({ eventsSent }) => eventsSent)).toEqual([4]);
});

test('a client that resumes within what was published is counted the rest', async () => {
  const { stream, source } = await serveScript('');
  const body = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: c\n\n';
  await ask(stream, { method: 'POST', body, headers: STREAM });
  await ask(stream, { method: 'POST', body: 'd' });
  const resumed = await openStream(stream, { headers: { 'Last-Event-ID': '1' } });
  expect(await resumed.until('data: d\n\n')).toBe('id: 2\ndata: b\n\ndata: c\n\ndata: d\n\n');
  expect(source.control.openConnections.map(({ eventsSent }) => eventsSent)).toEqual([3]);
});

test('a large event counts once it is sent to its end', async () => {
  const { stream, source } = await serveScript('');
  const one = await openStream(stream);
  await ask(stream, { method: 'POST', body: 'x'.repeat(2 ** 20) });
  await one.until('x\n\n');
  expect(source.control.openConnections.map(({ eventsSent }) => eventsSent)).toEqual([1]);
});
