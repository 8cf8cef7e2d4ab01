// The timeline of streams that are really read.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import { streamByHand } from '../../support/client/recordedByHand';
import { eventually } from '../../support/servers/testServer';

const HEAD = { 'Content-Type': 'text/event-stream' };

/** Inspects a server. @param answer gets the number of the request, from 1 */
async function inspect(answer: (number: number, ...given: Parameters<RequestListener>) => void, reconnect = false) {
  let asked = 0;
  const server = createServer((...given) => {
    asked += 1;
    answer(asked, ...given);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const inspection = new Inspection(() => undefined);
  onTestFinished(() => {
    inspection.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const connect = () =>
    inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect, lastEventId: '' });
  connect();
  return { inspection, connect };
}

const summaryOf = (inspection: Inspection) => inspection.timeline.view('all', 0).summary;
const connectionsOf = (inspection: Inspection) => inspection.timeline.view('all', 10).picture?.connections ?? [];

test('events and comments are counted when they come, whatever chunks they come in', async () => {
  const { inspection, write } = await streamByHand();
  write(': one\n:two\ndata: a\n\nda');
  await eventually(() => inspection.history.count === 1);
  write('ta: b\n\n:three');
  await eventually(() => inspection.history.count === 2);
  write('\n');
  await eventually(() => {
    const { comments = [] } = inspection.timeline.view('last', 600).picture ?? {};
    return comments.reduce((sum, count) => sum + count, 0) === 3;
  });
  expect(summaryOf(inspection)).toMatchObject({ events: 2, connections: 1, isRunning: true });
  const { time = 0 } = inspection.view.at(0) ?? {};
  const { from = 0, events = [] } = inspection.timeline.view('last', 600).picture ?? {};
  // The row came in the column that has the event, or at its edge.
  const column = Math.floor((time - from) / 100);
  expect(events.slice(Math.max(0, column - 1), column + 2).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
});

test('when the clock is set back, later events still come after those before', async () => {
  const { inspection, write } = await streamByHand();
  write('data: a\n\n');
  await eventually(() => inspection.history.count === 1);
  const { now } = Date;
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  write('data: b\n\n');
  await eventually(() => inspection.history.count === 2);
  const [first = 0, second = 0] = [inspection.view.at(0)?.time, inspection.view.at(1)?.time];
  expect(second - first).toBeGreaterThanOrEqual(45);
  expect(summaryOf(inspection).medianGap).toBe(second - first);
  // The lines of Wire and the events have one time.
  const lines = inspection.lines.between(1, 10).flatMap(({ time }) => (time === undefined ? [] : [time]));
  expect(Math.max(...lines) - second).toBeLessThan(1000);
});

test('all events of a chunk have the same time, however long it takes to read them', async () => {
  const { inspection, send } = await streamByHand();
  await send(2000);
  const times = new Set(Array.from({ length: 2000 }, (_, row) => inspection.view.at(row)?.time));
  expect(times.size).toBeLessThan(10);
});

test('a connection that is cut is followed by the next, with the id behind which it is resumed', async () => {
  const { inspection } = await inspect((number, _request, response) => {
    response.writeHead(200, HEAD).write(`retry: 20\nid: ${number * 100}\ndata: a\n\n`, () => {
      if (number === 1) response.destroy();
    });
  }, true);
  await eventually(() => inspection.history.count === 2);
  expect(connectionsOf(inspection)).toMatchObject([
    { number: 1, lastEventId: '', end: 'cut', waits: true },
    { number: 2, lastEventId: '100' },
  ]);
  expect([1, 2].map((event) => inspection.timeline.connectionOf(event)?.number)).toEqual([1, 2]);
});

test.each<[string, number, string]>([
  ['a stream that is complete', 200, 'end'],
  ['a response that is no stream', 404, 'refused'],
  ['the end of all requests', 204, 'refused'],
])('%s has the end %j', async (_name, status, end) => {
  const { inspection } = await inspect((_number, _request, response) => {
    response.writeHead(status, HEAD).end(status === 200 ? 'data: a\n\n' : undefined);
  });
  await eventually(() => inspection.status.end !== undefined);
  expect(connectionsOf(inspection)).toMatchObject([{ number: 1, end }]);
  expect(summaryOf(inspection).isRunning).toBe(false);
});

test('a request without a response has failed', async () => {
  const { inspection } = await inspect((_number, request) => request.socket.destroy());
  await eventually(() => inspection.status.state === 'failed');
  expect(connectionsOf(inspection)).toMatchObject([{ number: 1, end: 'failed' }]);
  expect(connectionsOf(inspection)[0]?.headAt).toBeUndefined();
});

test('a connection that the user ends was left, and doesn’t get older', async () => {
  const { inspection, send } = await streamByHand();
  await send(1);
  inspection.disconnect();
  expect(connectionsOf(inspection)).toMatchObject([{ end: 'left' }]);
  const { span } = summaryOf(inspection);
  inspection.disconnect();
  expect(summaryOf(inspection).span).toBe(span);
});

test('a response that isn’t valid HTTP is asked for again within the same connection', async () => {
  const { inspection } = await inspect((_number, request) => {
    request.socket.end(
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n0\r\n\r\n',
    );
  });
  await eventually(() => inspection.status.end !== undefined);
  expect(summaryOf(inspection).connections).toBe(1);
});

test('Clear forgets what came, but not the connection that goes on', async () => {
  const { inspection, send } = await streamByHand();
  await send(3);
  inspection.clear();
  expect(summaryOf(inspection)).toMatchObject({ events: 0, connections: 1, isRunning: true });
  await send(2);
  expect(summaryOf(inspection)).toMatchObject({ events: 2, connections: 1 });
  expect(inspection.timeline.connectionOf(4)?.number).toBe(1);
});
