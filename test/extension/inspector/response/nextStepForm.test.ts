// The request of an offered step: its form, and the notes on its response.
import { expect, test } from 'vitest';
import type { RequestForm, StreamStatus } from '../../../../src/messages/inspector';
import { apart } from '../../../support/client/toldChanges';
import {
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../../../support/inspector/inspectors';
import { serveRaw } from '../../../support/servers/rawServer';
import { eventually } from '../../../support/servers/testServer';

const STREAM = 'Content-Type: text/event-stream';
const INVALID = `HTTP/1.1 200 OK\n${STREAM}\n\nretry: 1\nid: 3\ndata: a\n\n`;

const isFailed = ({ state }: { state: string }) => state === 'failed';
const isOver = ({ state, running }: { state: string; running: boolean }) => state === 'ended' && !running;
const bodiesOf = (asked: string[]) => asked.map((text) => text.split('\r\n\r\n')[1]);

/** Edits the form and leaves the field. Resolves when the extension has the form. */
async function edit(panel: InspectorPanel, more: Partial<RequestForm>): Promise<void> {
  const before = panel.posted.length;
  panel.say({ type: 'edited', form: { ...formOf(panel), ...more }, done: true });
  await eventually(() => panel.posted.slice(before).some(({ type }) => type === 'keep'));
}

/**
 * Notes for each request how much had been posted to the page when it came: until it is answered, that is no status of its
 * own.
 */
class Requests {
  panel: InspectorPanel | undefined;
  readonly #came: number[] = [];

  note(): void {
    this.#came.push(this.panel?.posted.length ?? 0);
  }

  /** Resolves when that many have come, and such a status was posted behind the last of them. */
  async led(count: number, is: (status: StreamStatus) => boolean): Promise<void> {
    await eventually(() => this.#came.length === count);
    const behind = () => apart(this.panel?.posted.slice(this.#came[count - 1]) ?? []);
    await eventually(() => behind().some((told) => told.type === 'status' && is(told.status)));
  }
}

async function postOfInvalid() {
  const requests = new Requests();
  const { url, asked } = await serveRaw((socket) => {
    requests.note();
    socket.end(INVALID);
  });
  const panel = await new InspectorBench().inspect(`curl ${url} -d old`);
  requests.panel = panel;
  await requests.led(1, isFailed);
  return { panel, url, asked, requests };
}

test('Read Anyway uses the current state of the Reconnect box: a POST isn’t repeated if it has been unchecked', async () => {
  const { panel, asked, requests } = await postOfInvalid();
  panel.say({ type: 'connect', form: { ...formOf(panel), reconnect: true } });
  await requests.led(2, isFailed);
  await edit(panel, { reconnect: false });
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await statusOf(panel, isOver);
  expect([formOf(panel).reconnect, asked.length]).toEqual([false, 3]);
});

test('and is repeated if it has been checked', async () => {
  const { panel, asked } = await postOfInvalid();
  await edit(panel, { reconnect: true });
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await eventually(() => asked.length > 3);
  panel.say({ type: 'disconnect' });
});

test.each([
  ['has been edited, it goes by the box all the same; the form', true, { url: 'other', reconnect: false }],
  [
    'and the method have been edited, the box is the other method’s; the form',
    false,
    { url: 'other', method: 'GET', reconnect: true },
  ],
])('where the address %s then shows what was asked', async (_, reconnect, more) => {
  const { panel, url, asked, requests } = await postOfInvalid();
  panel.say({ type: 'connect', form: { ...formOf(panel), reconnect } });
  await requests.led(2, isFailed);
  await edit(panel, { ...more, url: url + more.url });
  const before = panel.posted.length;
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await statusOf(panel, isOver);
  expect(asked).toHaveLength(3);
  const form = panel.posted.slice(before).find(({ type }) => type === 'form');
  expect(form).toMatchObject({ form: { url, method: 'POST', body: 'old', reconnect: false } });
});

test('Read as Event Stream Anyway uses the box, too', async () => {
  const { url, asked } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('retry: 1\nid: 5\ndata: a\n\n'),
  );
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, ({ state, running }) => state === 'answered' && !running);
  await edit(panel, { reconnect: false });
  panel.say({ type: 'nextStep', step: 'readAsStream' });
  await statusOf(panel, isOver);
  expect(asked).toHaveLength(2);
});

test.each<[string, Partial<RequestForm>, string, string]>([
  ['its body', { body: 'new' }, 'new', ''],
  ['its Last-Event-ID', { lastEventId: 'q' }, 'old', 'q'],
  ['a header', { headers: 'X-A: b' }, 'old', ''],
])('Read Anyway makes the request as the form shows it: %s has been edited since', async (_, more, body, id) => {
  const { panel, asked } = await postOfInvalid();
  await edit(panel, more);
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await statusOf(panel, isOver);
  expect(bodiesOf(asked)).toEqual(['old', body]);
  expect(/last-event-id: (.*)\r/i.exec(asked[1] ?? '')?.[1] ?? '').toBe(id);
  if (more.headers) expect(asked[1]).toContain('X-A: b');
  expect(latest(panel, 'history')?.history.events).toBe(1);
});

test('also if the click leaves the edited field, whose secret takes a while to store', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveRaw(INVALID);
  const panel = await bench.inspect(`curl ${url} -d old`);
  await statusOf(panel, isFailed);
  panel.say({ type: 'edited', form: { ...formOf(panel), body: '{"token":"hunter2hunter2"}' }, done: true });
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await statusOf(panel, isOver);
  expect(bodiesOf(asked)).toEqual(['old', '{"token":"hunter2hunter2"}']);
  expect(formOf(panel).body).toBe('{"token":"•••1"}');
});

test('of two edits the later one counts, even if the earlier has a secret that is stored', async () => {
  const { panel, asked } = await postOfInvalid();
  const form = { ...formOf(panel), body: '{"token":"hunter2hunter2"}' };
  panel.say({ type: 'edited', form, done: true });
  panel.say({ type: 'edited', form: { ...form, body: 'new' }, done: true });
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await eventually(() => asked.length === 2);
  expect(bodiesOf(asked)).toEqual(['old', 'new']);
});

/** Starts a server that redirects each POST to another origin, with its body. */
async function redirectOfSecret() {
  const bench = new InspectorBench();
  const target = await serveRaw(`HTTP/1.1 200 OK\r\n${STREAM}\r\n\r\nretry: 1\ndata: a\n\n`);
  const requests = new Requests();
  const { url } = await serveNoting((_, response) => {
    requests.note();
    response.writeHead(307, { Location: target.url }).end();
  });
  const panel = await bench.inspect(`curl ${url} -d '{"token":"hunter2hunter2","a":"old"}'`);
  const isStopped = ({ state, nextStep }: StreamStatus) => state === 'failed' && nextStep?.step === 'sendTo';
  requests.panel = panel;
  /** Resolves when the request has been stopped for that time, and the page knows it. */
  const stopped = (times: number) => requests.led(times, isStopped);
  await stopped(1);
  return { bench, panel, target, stopped };
}

test('Send to HOST sends the body of the form, only once if the Reconnect box has been unchecked', async () => {
  const { bench, panel, target, stopped } = await redirectOfSecret();
  panel.say({ type: 'connect', form: { ...formOf(panel), reconnect: true } });
  await stopped(2);
  await edit(panel, { body: formOf(panel).body.replace('old', 'new'), reconnect: false });
  bench.agrees = true;
  panel.say({ type: 'nextStep', step: 'sendTo' });
  await statusOf(panel, isOver);
  expect(bodiesOf(target.asked)).toEqual(['{"token":"hunter2hunter2","a":"new"}']);
});

test('a secret that was added to the body since is not sent on, because the user hasn’t allowed that', async () => {
  const { bench, panel, target, stopped } = await redirectOfSecret();
  await edit(panel, { body: '{"token":"other2other2"}' });
  bench.agrees = true;
  panel.say({ type: 'nextStep', step: 'sendTo' });
  await stopped(2);
  expect(target.asked).toEqual([]);
  panel.say({ type: 'nextStep', step: 'sendTo' });
  await eventually(() => target.asked.length === 1);
  expect(bodiesOf(target.asked)).toEqual(['{"token":"other2other2"}']);
});

test('a fault of the previous response is noted on the next one, and on none after that', async () => {
  let answers = 0;
  const { url, asked } = await serveRaw((socket) => {
    answers += 1;
    if (answers === 1) socket.end(INVALID);
    // The third one ends, which leads to a reconnect.
    else socket[answers === 3 ? 'end' : 'write'](`HTTP/1.1 200 OK\r\n${STREAM}\r\n\r\nretry: 1\ndata: ${answers}\n\n`);
  });
  const panel = await new InspectorBench().inspect(`curl ${url} -d x`);
  await statusOf(panel, isFailed);
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  const { reason } = await statusOf(panel, ({ state }) => state === 'open');
  expect(reason).toMatch(/^The previous response was not valid HTTP: .* This one is read leniently\.$/);
  const events = () => latest(panel, 'history')?.history.events;
  const reasons: unknown[] = [];
  for (const [reconnect, count] of [
    [true, 3],
    [false, 4],
  ] as const) {
    panel.say({ type: 'disconnect' });
    await statusOf(panel, ({ state }) => state === 'idle');
    panel.say({ type: 'connect', form: { ...formOf(panel), reconnect } });
    await eventually(() => events() === count);
    const status = await statusOf(panel, ({ state }) => state === 'open');
    reasons.push(status.reason);
  }
  expect(reasons).toEqual([undefined, undefined]);
  expect(asked).toHaveLength(5);
});
