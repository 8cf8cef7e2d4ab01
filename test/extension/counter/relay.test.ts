import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Relay } from '../../../src/extension/counter/relay';
import type { RelayEvent } from '../../../src/messages/counter';
import { eventually } from '../../support/servers/testServer';

/** Returns a relay of a server with that response, and its reported events. */
async function relayOf(answer: (response: ServerResponse) => void) {
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => {
    responses.push(response);
    answer(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const events: RelayEvent[] = [];
  const relay = new Relay(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, (event) => events.push(event));
  onTestFinished(() => {
    relay.close();
    server.closeAllConnections();
    server.close();
  });
  return { relay, events, responses, server };
}

test('it reports the opening, each message and the end of the stream, but no events of other types', async () => {
  const { events } = await relayOf((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end('data: 1\n\nevent: other\ndata: 2\n\nevent: message\ndata: 3\ndata: 4\n\ndata: half');
  });
  await eventually(() => events.at(-1)?.name === 'error');
  expect(events).toEqual([
    { name: 'open' },
    { name: 'message', data: '1' },
    { name: 'message', data: '3\n4' },
    { name: 'error' },
  ]);
});

test('a refusal is reported with its status and its text, and without an open', async () => {
  const { events } = await relayOf((response) => response.writeHead(503).end('Too many streams are open.\n'));
  await eventually(() => events.length > 0);
  expect(events).toEqual([{ name: 'error', reason: 'HTTP 503. Too many streams are open.' }]);
});

test('500 characters of a refusal’s text are reported, including the status', async () => {
  const { events } = await relayOf((response) => response.writeHead(503).end('é'.repeat(100_000)));
  await eventually(() => events.length > 0);
  expect(events).toEqual([{ name: 'error', reason: `HTTP 503. ${'é'.repeat(490)}` }]);
});

test('a server that doesn’t exist is reported once, as an end without a reason', async () => {
  const { server, relay, events } = await relayOf((response) => response.end());
  await eventually(() => events.length > 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const others: RelayEvent[] = [];
  const other = new Relay(`http://127.0.0.1:${port}/`, (event) => others.push(event));
  await eventually(() => others.length > 0);
  expect(others).toEqual([{ name: 'error' }]);
  for (const one of [relay, other]) one.close();
});

test('a connection that breaks is reported as an end without a reason', async () => {
  const { events, responses } = await relayOf((response) => response.writeHead(200).write('data: 1\n\n'));
  await eventually(() => events.length === 2);
  responses[0]?.destroy();
  await eventually(() => events.length === 3);
  expect(events[2]).toEqual({ name: 'error' });
});

test('close leaves the server, and nothing more is reported; it can be called repeatedly', async () => {
  const { relay, events, responses } = await relayOf((response) => response.writeHead(200).write('data: 1\n\n'));
  await eventually(() => events.length === 2);
  relay.close();
  relay.close();
  await eventually(() => responses[0]?.destroyed === true);
  expect(events).toHaveLength(2);
});

test('close right after the start sends no request and reports nothing', async () => {
  const { server, relay: other } = await relayOf((response) => response.end());
  const asked: unknown[] = [];
  other.close();
  server.on('request', ({ url }) => asked.push(url));
  const events: RelayEvent[] = [];
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  new Relay(`${root}/closed`, (event) => events.push(event)).close();
  const last = new Relay(`${root}/last`, () => undefined);
  onTestFinished(() => last.close());
  await eventually(() => asked.includes('/last'));
  expect([asked, events]).toEqual([['/last'], []]);
});
