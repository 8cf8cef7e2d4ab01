import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import { openInspection } from '../../support/client/inspectStream';
import { readSteps, recordStream, startRecording, withoutWaits } from '../../support/client/recordings';
import { eventually, startServer } from '../../support/servers/testServer';

/** Starts a server with a stream that sends what it is given, beginning with a text. */
async function serveByHand(text: string) {
  let send = (_more: string) => {};
  const url = await serve((response) => {
    send = (more) => void response.write(more);
    stream(text, stay)(response);
  });
  return { url, send: (more: string) => send(more) };
}

/** Responds to one request after the other; the last response is repeated. */
async function serve(...answers: ((response: ServerResponse) => unknown)[]): Promise<string> {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    answers[Math.min(count, answers.length) - 1]?.(response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Opens a stream, sends a text, and then runs the next step. */
const stream = (text: string, andThen: (response: ServerResponse) => unknown) => (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  // Time for the client to read: a reset may discard what came before.
  response.write(text, () => after(20).then(() => andThen(response)));
};
const stay = () => undefined;

test('a recording of the counter has the very bytes', async () => {
  const { url } = await startServer();
  const { inspection, ended, stop } = await recordStream(`${url}event?interval=10&limit=60&event=tick&id=1&retry=2000`);
  await ended();
  const file = stop();
  const { bytes, sends } = readSteps(file);
  const { history } = inspection;
  expect(bytes.equals(Buffer.from(history.bytes.slice(0, history.bytes.size)))).toBe(true);
  expect(file.endsWith(':@ end\n')).toBe(true);
  expect(sends.filter(({ text }) => text.includes('data:'))).toHaveLength(60);
});

test('a file saved afterwards is the same as the recorded one', async () => {
  const { url } = await startServer();
  const { inspection, ended, stop } = await recordStream(`${url}event?interval=10&limit=30`);
  await ended();
  const pieces = [...inspection.script()].map((piece) => Buffer.from(piece));
  expect(Buffer.concat(pieces).toString()).toBe(stop());
});

test('a recording has the end of each connection, the response that refused the next, and the unfinished event of each connection', async () => {
  const url = await serve(
    stream('retry: 100\nid: 1\ndata: a\n\ndata: ha', (response) => response.socket?.destroy()),
    stream('data: b\n\n', (response) => response.socket?.resetAndDestroy()),
    stream('data: c\n\ndata: half\n', (response) => response.end()),
    stream('', (response) => response.end()),
    (response) => response.writeHead(503, { 'Retry-After': '7' }).end('busy'),
  );
  const { ended, stop } = await recordStream(url, { reconnect: true });
  await ended();
  const file = stop();
  expect(withoutWaits(file)).toBe(
    [
      'retry: 100\nid: 1\ndata: a\n\ndata: ha\n:@ no-newline\n:@ drop\n',
      ':@ connection\ndata: b\n\n:@ reset\n',
      ':@ connection\ndata: c\n\ndata: half\n:@ end\n',
      ':@ connection\n:@ end\n',
      ':@ status 503 retry-after 7\n',
    ].join(''),
  );
  const cutOff = readSteps(file).steps.flatMap((step) => (step.kind === 'send' && step.cutOff ? [step.bytes] : []));
  expect(cutOff.map((bytes) => Buffer.from(bytes).toString())).toEqual(['data: ha', 'data: half\n']);
});

test('a manual disconnect and reconnect is recorded as a drop; the last connection stays open', async () => {
  const url = await serve(stream('data: a\n\ndata: ha', stay), stream('data: b\n\n', stay));
  const { inspection, stop } = await recordStream(url);
  await eventually(() => inspection.history.bytes.size === 17);
  inspection.disconnect();
  inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: false, lastEventId: '' });
  await eventually(() => inspection.history.count === 2);
  inspection.disconnect();
  expect(withoutWaits(stop())).toBe('data: a\n\ndata: ha\n:@ no-newline\n:@ drop\n:@ connection\ndata: b\n\n');
});

test('nothing of the request is recorded but that it is a POST', async () => {
  const url = await serve(stream('data: a\n\n', stay));
  const inspection = new Inspection(() => undefined);
  onTestFinished(() => inspection.close());
  const { stop } = await startRecording(inspection);
  const request = { method: 'POST', url: `${url}?key=s3cret`, headers: [['X-Key', 's3cret'] as [string, string]] };
  inspection.connect({ ...request, body: 's3cret', insecure: false }, { reconnect: false, lastEventId: 's3cret' });
  await eventually(() => inspection.history.count === 1);
  expect(withoutWaits(stop())).toBe(':@ method POST\ndata: a\n\n');
});

test('a recording that begins in the middle of an event has the whole event, and the pauses from then on', async () => {
  const { url, send } = await serveByHand('data: a\n\n: of b\ndata: b1\nda');
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.bytes.size === 27);
  const { stop } = await startRecording(inspection);
  await after(20);
  send('ta: b2\n\ndata: c\n\n');
  await until(() => inspection.history.count === 3);
  const file = stop();
  expect(withoutWaits(file)).toBe(': of b\ndata: b1\ndata: b2\n\ndata: c\n\n');
  expect(file.startsWith(': of b\ndata: b1\n:@ wait ')).toBe(true);
});

test('a recording that begins between events begins there', async () => {
  const { url, send } = await serveByHand('data: a\n\n');
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.count === 1);
  const { stop } = await startRecording(inspection);
  send('data: b\n\n');
  await until(() => inspection.history.count === 2);
  expect(withoutWaits(stop())).toBe('data: b\n\n');
});

test('a recording begins with the next event if the beginning of the event in progress was evicted', async () => {
  const { url, send } = await serveByHand('data: a1\n');
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.bytes.size === 9);
  inspection.clear();
  const { stop } = await startRecording(inspection);
  send('data: a2\n');
  await until(() => inspection.history.bytes.size === 18);
  send('data: a3\n\ndata: b\n\nda');
  await until(() => inspection.history.count === 2);
  send('ta: c\n\n');
  await until(() => inspection.history.count === 3);
  expect(withoutWaits(stop())).toBe('data: b\n\ndata: c\n\n');
});
