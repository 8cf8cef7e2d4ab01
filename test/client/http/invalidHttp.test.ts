// Responses that aren't valid HTTP, but that browsers and curl read all the same.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { exchange } from '../../../src/client/http/exchange';
import { openInspection } from '../../support/client/inspectStream';
import { serveRaw } from '../../support/servers/rawServer';
import { eventually } from '../../support/servers/testServer';

const STREAM = 'Content-Type: text/event-stream\r\n';
const EVENT = 'data: a\n\n';
const [KEY, CERTIFICATE] = ['test/support/servers/localhost.key', 'test/support/servers/localhost.pem'] as const;

const HEAD = `HTTP/1.1 200 OK\r\n${STREAM}`;

test.each<[string, string]>([
  ['a folded header', `HTTP/1.1 200 OK\r\nContent-Type:\r\n text/event-stream\r\n\r\n${EVENT}`],
  [
    'lines of the head that end with LF',
    `HTTP/1.1 200 OK\nContent-Type: text/event-stream\nConnection: close\n\n${EVENT}`,
  ],
  ['a head whose end is LF', `HTTP/1.1 200 OK\r\n${STREAM}Connection: keep-alive\r\n\n\n${EVENT}`],
  ['a control character in a header', `${HEAD}X-A: a\u0001b\r\n\r\n${EVENT}`],
  [
    'a length beside chunks',
    `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 27\r\n\r\n9\r\n${EVENT}\r\n0\r\n\r\n`,
  ],
])('a response with %s is read at a second request, and its fault is reported', async (_, response) => {
  const { url, asked } = await serveRaw(response);
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(1);
  expect(inspection.status.response?.fault).toMatch(/\w/);
  expect(inspection.status.end).toEqual({ cause: 'end' });
  expect(asked).toHaveLength(2);
});

test('a response with invalid chunks is read to its end at the second request', async () => {
  const { url, asked } = await serveRaw(
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n9\r\n${EVENT}\r\n9   \r\n${EVENT}\r\n0\r\n\r\n`,
  );
  const { inspection } = openInspection(url, { reconnect: true });
  await eventually(() => inspection.status.state === 'waiting');
  // Everything before the fault is there.
  expect(inspection.history.count).toBe(1);
  inspection.reconnectNow();
  await eventually(() => inspection.history.count === 3);
  expect(inspection.status.response?.faultBefore).toMatch(/chunk/);
  expect(asked).toHaveLength(2);
});

test('the next response is parsed strictly first, so that a repaired server isn’t blamed', async () => {
  let answers = 0;
  const heads = ['HTTP/1.1 200 OK\n', 'HTTP/1.1 200 OK\n', 'HTTP/1.1 200 OK\r\n'];
  const { url, asked } = await serveRaw((socket) => socket.end(`${heads.at(answers++) ?? ''}${STREAM}\r\n${EVENT}`));
  const { inspection } = openInspection(url, { reconnect: true });
  await eventually(() => inspection.status.state === 'waiting');
  expect(inspection.status.response?.fault).toMatch(/\w/);
  inspection.reconnectNow();
  await eventually(() => inspection.history.count === 2);
  expect(inspection.status.response).toMatchObject({ fault: undefined, faultBefore: undefined });
  expect(asked).toHaveLength(3);
});

test('an invalid chunk is reported with the next response, and with none after that', async () => {
  let answers = 0;
  const bad = `${HEAD}Transfer-Encoding: chunked\r\n\r\n10\r\nretry: 1\n${EVENT.slice(0, 7)}\r\nzz\r\n`;
  const { url } = await serveRaw((socket) => socket.end(answers++ === 0 ? bad : `${HEAD}\r\nretry: 1\n\n${EVENT}`));
  const { inspection } = openInspection(url, { reconnect: true });
  await eventually(() => answers > 1 && inspection.status.response?.faultBefore !== undefined);
  await eventually(() => answers > 3 && inspection.status.response !== undefined);
  expect(inspection.status.response).toMatchObject({ fault: undefined, faultBefore: undefined });
});

test('a fault of another program that responds while a server restarts doesn’t affect later responses', async () => {
  let answers = 0;
  const all = [`${HEAD}\r\nretry: 1\n\n`, 'SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2\r\n', `${HEAD}\r\n${EVENT}`];
  const { url } = await serveRaw((socket) => socket.end(all[answers++] ?? ''));
  const { inspection } = openInspection(url, { reconnect: true });
  await eventually(() => inspection.history.count === 1);
  expect(inspection.status.response).toMatchObject({ fault: undefined, faultBefore: undefined });
});

test('a stream without reconnect whose first chunk is invalid is read at a second request all the same', async () => {
  const { url, asked } = await serveRaw(`${HEAD}Transfer-Encoding: chunked\r\n\r\n9   \r\n${EVENT}\r\n0\r\n\r\n`);
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect([inspection.history.count, asked.length]).toEqual([1, 2]);
  expect(inspection.status.response?.faultBefore).toMatch(/chunk/);
});

test.each<[string, string]>([
  ['two lengths', `${HEAD}Content-Length: 9\r\nContent-Length: 9\r\n\r\n${EVENT}`],
  ['a blank before a colon', `HTTP/1.1 200 OK\r\nContent-Type : text/event-stream\r\n\r\n${EVENT}`],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
])('a response with %s, which Node can’t read leniently either, isn’t requested a third time', async (_, response) => {
  const { url, asked } = await serveRaw(response);
  const { inspection } = openInspection(url, { reconnect: true });
  await eventually(() => !inspection.running);
  expect(inspection.status.state).toBe('failed');
  expect(asked).toHaveLength(2);
});

test('a POST is never repeated without the user', async () => {
  const { url, asked } = await serveRaw(`HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n${EVENT}`);
  const { inspection } = openInspection(url, { method: 'POST' });
  await eventually(() => !inspection.running);
  expect(inspection.status.end).toMatchObject({ cause: 'network', error: { code: expect.stringMatching(/^HPE_/) } });
  expect(asked).toHaveLength(1);
});

test('a head of 250 KB is read; one of 300 KB is refused, once', async () => {
  const headOf = (size: number) => `${HEAD}X-A: ${'a'.repeat(size)}\r\n\r\n${EVENT}`;
  const { inspection: large } = openInspection((await serveRaw(headOf(250 * 1024))).url);
  await eventually(() => !large.running);
  expect(large.history.count).toBe(1);
  const { url, asked } = await serveRaw(headOf(300 * 1024));
  const { inspection: larger } = openInspection(url, { reconnect: true });
  await eventually(() => !larger.running);
  expect(larger.status.end).toMatchObject({ error: { code: 'HPE_HEADER_OVERFLOW' } });
  expect(asked).toHaveLength(1);
});

test('a valid response is requested once', async () => {
  const { url, asked } = await serveRaw(`${HEAD}Connection: close\r\n\r\n${EVENT}`);
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect([inspection.status.response?.fault, asked.length]).toEqual([undefined, 1]);
});

test('the last of two content types counts', async () => {
  const { url } = await serveRaw(
    `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${STREAM}Connection: close\r\n\r\n${EVENT}`,
  );
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect([inspection.status.response?.contentType, inspection.history.count]).toEqual(['text/event-stream', 1]);
});

test.each(['ZZZ\r\n', '3\r\nabcdef'])(
  'over TLS, a head is read also where what came with it ends the connection: %j',
  async (rest) => {
    const server = createServer({ key: readFileSync(KEY), cert: readFileSync(CERTIFICATE) }, (socket) => {
      socket.on('error', () => {});
      // In one record, so that it is parsed at one go.
      socket.once('data', () => socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${rest}`));
    });
    onTestFinished(() => void server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const request = { method: 'GET', url, headers: [], insecure: true };
    const { status, body } = await exchange(request, new AbortController().signal);
    onTestFinished(() => body.close());
    expect(status).toBe(200);
  },
);
