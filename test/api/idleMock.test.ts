// mock.idle(): nothing is due soon, and nothing waits to be sent.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { serveMock } from '../support/mock/serveMock';
import { connectTo, eventually, openStream } from '../support/servers/testServer';

test('without a connection, a mock is idle', async () => {
  const mock = await serveMock('data: a\n\n:@ wait 100ms\n:@ loop\n');
  await mock.idle({ timeout: 1000 });
});

test('idle waits for the steps that are due within a second, and no longer', async () => {
  const mock = await serveMock('data: a\n\n:@ wait 200ms\ndata: b\n\n:@ wait 5s\ndata: c\n\n');
  await openStream(mock.url);
  const connection = await mock.connection();
  await mock.idle();
  expect(connection.eventsSent).toBe(2);
});

test('the speed counts: a pause of 20 s takes half a second at 40', async () => {
  const mock = await serveMock('data: a\n\n:@ wait 20s\ndata: b\n\n:@ wait 60s\ndata: c\n\n', { speed: 40 });
  await openStream(mock.url);
  const connection = await mock.connection();
  await mock.idle();
  expect(connection.eventsSent).toBe(2);
});

test.each([
  ['is over', 'data: a\n\n:@ wait 50ms\ndata: b\n\n'],
  ['stalls', 'data: a\n\n:@ wait 50ms\ndata: b\n\n:@ stall\n:@ wait 50ms\ndata: c\n\n'],
  ['is dropped', 'data: a\n\n:@ wait 50ms\ndata: b\n\n:@ drop\n:@ wait 50ms\ndata: c\n\n'],
])('a connection whose script %s is idle', async (_, text) => {
  const mock = await serveMock(text);
  await openStream(mock.url);
  const connection = await mock.connection();
  await mock.idle();
  expect(connection.eventsSent).toBe(2);
});

test('a paused script is idle; once resumed, its next step is due', async () => {
  const mock = await serveMock(':@ wait 200ms\ndata: a\n\n');
  mock.pause();
  await openStream(mock.url);
  const connection = await mock.connection();
  await mock.idle({ timeout: 5000 });
  expect(connection.eventsSent).toBe(0);
  mock.resume();
  await mock.idle();
  expect(connection.eventsSent).toBe(1);
});

test('what was published is sent before a mock is idle', async () => {
  const mock = await serveMock('');
  await openStream(mock.url);
  const connection = await mock.connection();
  for (let n = 0; n < 100; n += 1) mock.publish({ data: n });
  await mock.idle();
  expect(connection.eventsSent).toBe(100);
});

test('idle waits until the system has taken all that a slow client is sent', async () => {
  const size = 8 * 2 ** 20;
  const mock = await serveMock(`data: ${'x'.repeat(size)}\n\n`);
  const socket = await connectTo(mock.port);
  socket.pause();
  socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  const connection = await mock.connection();
  await expect(mock.idle({ timeout: 100 })).rejects.toThrow(
    /^Not idle within 0\.1 s: on connection 1, \d+ bytes wait to be sent, as the client doesn’t read them\.$/,
  );
  let read = 0;
  socket.on('data', ({ length }) => {
    read += length;
  });
  socket.resume();
  await mock.idle();
  await eventually(() => read > size);
  expect(connection.eventsSent).toBe(1);
});

test('a connection that waits to be read and then ends keeps nobody waiting', async () => {
  const mock = await serveMock(`data: ${'x'.repeat(8 * 2 ** 20)}\n\n`);
  const socket = await connectTo(mock.port);
  socket.pause();
  socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await mock.connection();
  const idle = mock.idle();
  await expect(mock.idle({ timeout: 50 })).rejects.toThrow('bytes wait');
  socket.destroy();
  await once(socket, 'close');
  await idle;
});

test.each([
  [
    'a loop',
    ':@ wait 50ms\ndata: a\n\n:@ wait 50ms\n:@ loop\n',
    /^Not idle within 0\.2 s: on connection 1, line [245] is due in 0\.[01] s\.$/,
  ],
  [
    'a publication within an event',
    'data: a\n:@ wait 10s\ndata: b\n\n',
    /^Not idle within 0\.2 s: on connection 1, a publication waits for the end of the event in progress\.$/,
  ],
])('the error after %s says what is due', async (_, text, sentence) => {
  const mock = await serveMock(text);
  await (await openStream(mock.url)).until('data: a\n');
  mock.publish({ data: 'c' });
  await expect(mock.idle({ timeout: 200 })).rejects.toThrow(sentence);
});

test('a signal ends the wait', async () => {
  const mock = await serveMock(':@ wait 50ms\ndata: a\n\n:@ loop\n');
  await openStream(mock.url);
  await mock.connection();
  const abort = new AbortController();
  const idle = mock.idle({ signal: abort.signal });
  abort.abort(new Error('The test is over.'));
  await expect(idle).rejects.toThrow('The test is over.');
});
