// A response that is no event stream, as it is posted to the page while it arrives.
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import type { InspectorPanel } from '../../../src/extension/inspector/inspectorPanel';
import { InspectorPresenter } from '../../../src/extension/inspector/inspectorPresenter';
import type { RequestSecrets } from '../../../src/extension/inspector/stored/requestSecrets';
import type { ToInspectorPage } from '../../../src/messages/inspector';
import { Turns } from '../../../src/turns/turns';
import { apart, type Told } from '../../support/client/toldChanges';
import { EMPTY_FORM } from '../../support/inspector/inspectors';
import { longTest } from '../../support/time/longRun';
import { memory } from '../../support/time/memory';

const MB = 1024 * 1024;

let server: Server | undefined;
let inspection: Inspection | undefined;

afterEach(() => {
  inspection?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Inspects a server with that response. Returns the messages to the page. */
async function inspect(answer: (response: ServerResponse) => void) {
  server = createServer((_request, response) => answer(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const posted: ToInspectorPage[] = [];
  const panel = { visible: true, post: (message: ToInspectorPage) => posted.push(message) };
  const inspected = new Inspection(() => page.show());
  inspection = inspected;
  const page = new InspectorPresenter({
    panel: panel as unknown as InspectorPanel,
    inspection: inspected,
    turns: new Turns(),
    secrets: { of: async () => [] } as unknown as RequestSecrets,
    requests: { outcome: {} },
  });
  const connect = () =>
    inspected.connect(
      { method: 'GET', url, headers: [], insecure: false, body: undefined },
      { reconnect: false, lastEventId: '' },
    );
  connect();
  return { posted, panel, page, connect, inspected };
}

/** Returns the body that a page shows after these messages. */
function shownBody(posted: ToInspectorPage[]): string {
  let text = '';
  for (const message of apart(posted)) {
    if (message.type === 'response') text = message.body ?? '';
    else if (message.type === 'body') text += message.text;
  }
  return text;
}

/** Resolves when the expectation holds; limited only by the test's own timeout. */
const shows = (expectation: () => void) => vi.waitFor(expectation, { timeout: 600_000, interval: 5 });

const isOf = (type: Told['type']) => (message: Told) => message.type === type;

test('only the new part of a growing body is sent: a megabyte and a few bytes more are sent once', async () => {
  let response: ServerResponse | undefined;
  const start = 'x'.repeat(MB - 100);
  const { posted } = await inspect((answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).write(start);
  });
  await shows(() => expect(shownBody(posted)).toHaveLength(start.length));
  for (const letter of 'abcde') {
    response?.write(letter);
    await shows(() => expect(shownBody(posted).at(-1)).toBe(letter));
  }
  expect(shownBody(posted)).toBe(`${start}abcde`);
  expect(
    JSON.stringify(apart(posted).filter((message) => isOf('body')(message) || isOf('response')(message))).length,
  ).toBeLessThan(MB + 3000);
  expect(apart(posted).filter(isOf('response'))).toHaveLength(1);
});

test('characters split between two chunks are shown whole; an incomplete one, as such at the end', async () => {
  let response: ServerResponse | undefined;
  const { posted } = await inspect((answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).write(Buffer.from([0x61, 0xe2, 0x82]));
  });
  await shows(() => expect(shownBody(posted)).toBe('a'));
  response?.write(Buffer.from([0xac, 0xf0, 0x9f]));
  await shows(() => expect(shownBody(posted)).toBe('a€'));
  response?.end();
  await shows(() => expect(shownBody(posted)).toBe('a€\ufffd'));
});

test('a page that is rebuilt is sent all of the body; one that was hidden, the part that it missed', async () => {
  let response: ServerResponse | undefined;
  const { posted, panel, page } = await inspect((answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).write('one ');
  });
  await shows(() => expect(shownBody(posted)).toBe('one '));
  response?.write('two ');
  await shows(() => expect(shownBody(posted)).toBe('one two '));
  panel.visible = false;
  response?.write('three');
  await shows(() => expect(inspection?.body.bytes.length).toBe(13));
  expect(shownBody(posted)).toBe('one two ');
  panel.visible = true;
  page.show();
  expect(shownBody(posted)).toBe('one two three');
  posted.length = 0;
  page.showAll(EMPTY_FORM, '1');
  expect(shownBody(posted)).toBe('one two three');
});

test('another response is shown from its beginning', async () => {
  let count = 0;
  const { posted, connect } = await inspect((answer) => {
    count += 1;
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).end(`answer ${count}`);
  });
  await shows(() => expect(shownBody(posted)).toBe('answer 1'));
  connect();
  await shows(() => expect(shownBody(posted)).toBe('answer 2'));
});

test('a body is reported as cut when the first byte after the megabyte comes', async () => {
  let response: ServerResponse | undefined;
  const { posted } = await inspect((answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).write('x'.repeat(MB));
  });
  await shows(() => expect(shownBody(posted)).toHaveLength(MB));
  response?.write('y');
  await shows(() => expect(apart(posted).findLast(isOf('body'))).toMatchObject({ note: 'cut', text: '' }));
});

longTest('a megabyte in chunks of one byte takes no more memory than one in a few chunks', async () => {
  const chunk = Buffer.from('1\r\nx\r\n'.repeat(4096));
  const { inspected } = await inspect((answer) => {
    const { socket } = answer;
    socket?.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let sent = 0; sent < MB; sent += 4096) socket?.write(chunk);
  });
  const before = memory();
  await shows(() => expect(inspected.body.bytes.length).toBe(MB));
  // As a list of a million chunks, it took 235 MB.
  expect(memory() - before).toBeLessThan(20 * MB);
  expect(Buffer.from(inspected.body.bytes).toString()).toBe('x'.repeat(MB));
});

test('event types are sent when they have changed, not each time', async () => {
  const name = (letter: string) => letter.repeat(1000);
  let response: ServerResponse | undefined;
  const { posted, inspected, page } = await inspect((answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(`event: ${name('a')}\ndata: 1\n\n`);
  });
  const told = () => apart(posted).flatMap((message) => (message.type === 'history' ? [message.history] : []));
  const names = () => told().flatMap(({ eventNames }) => (eventNames ? [eventNames] : []));
  await shows(() => expect(names().at(-1)).toEqual([name('a')]));
  const before = names().length;
  for (let number = 2; number < 6; number += 1) {
    response?.write(`event: ${name('a')}\ndata: ${number}\n\n`);
    await shows(() => expect(told().at(-1)?.events).toBe(number));
  }
  expect(names()).toHaveLength(before);
  response?.write(`event: ${name('b')}\ndata: 6\n\n`);
  await shows(() => expect(names().at(-1)).toEqual([name('a'), name('b')]));
  inspected.clear();
  await shows(() => expect(names().at(-1)).toEqual([]));
  page.showAll(EMPTY_FORM, '1');
  expect(told().at(-1)?.eventNames).toBeUndefined();
});
