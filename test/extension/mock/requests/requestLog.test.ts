// The requests as the panel shows them: the last ones, or those that were refused.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RequestLog } from '../../../../src/extension/mock/requests/requestLog';
import type { Log } from '../../../../src/extension/shared/output/log';
import type { RequestsState } from '../../../../src/messages/mock';
import type { StreamAnswer } from '../../../../src/server/source';
import { Turns } from '../../../../src/turns/turns';
import { address, type MockFakePanel, openSession, port, useFakes } from '../../../support/mock/mockSessions';
import { ask, connectTo, eventually, openStream } from '../../../support/servers/testServer';

useFakes();

const NOTHING: RequestsState = { count: 0, refusedCount: 0, onlyRefused: false, rows: [] };
const STREAM: StreamAnswer = { status: 200, play: () => () => undefined };
const REFUSAL: StreamAnswer = { status: 404, reason: 'Not found.' };

/** Returns the requests that the page was told last. */
function shows(panel: MockFakePanel): RequestsState {
  const message = panel.posted.findLast(({ type }) => type === 'requests');
  return message?.type === 'requests' ? message.requests : NOTHING;
}

/** Opens a log without a panel. Returns what it has shown. */
function openLog() {
  const told: RequestsState[] = [];
  const visibility = { visible: true };
  const log = new RequestLog({
    turns: new Turns(),
    isVisible: () => visibility.visible,
    show: (requests) => told.push(requests),
    onError: (error) => expect.unreachable(String(error)),
  });
  onTestFinished(() => log.close());
  const last = () => told.at(-1) ?? NOTHING;
  return { log, told, last, visibility };
}

function requestFor(url: string, headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url, headers });
}

test('a request for the stream and a refused one are shown, with path, query, Last-Event-ID, status, reason and client', async () => {
  const { session, panel } = openSession();
  await session.start();
  const begun = Date.now();
  const stream = await openStream(`${address()}?room=7&speed=2`, {
    headers: { 'user-agent': 'curl/8.5.0', 'last-event-id': '41' },
  });
  await ask(`${address().replace('/event', '/orders?x=1&lastEventId=9')}`);
  await eventually(() => shows(panel).count === 2);
  const { refusedCount, rows } = shows(panel);
  expect([refusedCount, rows.map(({ id }) => id)]).toEqual([1, [2, 1]]);
  const [refused, good] = rows;
  expect(good).toEqual({
    id: 1,
    at: expect.toSatisfy((at: number) => at >= begun && at <= Date.now()),
    method: 'GET',
    target: '/event?room=7&speed=2',
    lastEventId: '41',
    status: 200,
    reason: '',
    remote: `127.0.0.1:${stream.response.socket.localPort}`,
    client: 'curl 8.5.0',
  });
  const reason = 'Not found: the stream is on /ticks and /event, the page on /.';
  expect(refused).toMatchObject({ target: '/orders?x=1&lastEventId=9', lastEventId: '9', status: 404, reason });
});

test('the last 200 are shown, newest first, and how many there were; refused ones alone on request', async () => {
  const { log, last } = openLog();
  log.add(requestFor('/refused'), REFUSAL);
  for (let n = 2; n <= 300; n += 1) log.add(requestFor(`/event?n=${n}`), STREAM);
  await eventually(() => last().count === 300);
  expect(last()).toMatchObject({ refusedCount: 1, onlyRefused: false });
  expect(last().rows.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => 300 - index));
  log.filter(true);
  await eventually(() => last().onlyRefused);
  expect(last()).toMatchObject({ count: 300, refusedCount: 1, rows: [{ id: 1, target: '/refused' }] });
  for (let n = 0; n < 250; n += 1) log.add(requestFor('/refused'), REFUSAL);
  await eventually(() => last().refusedCount === 251);
  expect(last().rows.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => 550 - index));
  log.filter(false);
  await eventually(() => !last().onlyRefused);
  expect(last().rows).toHaveLength(200);
});

test('a 204, which ends a stream, is no refusal', async () => {
  const { log, last } = openLog();
  log.add(requestFor('/event'), { status: 204 });
  await eventually(() => last().count === 1);
  expect(last()).toMatchObject({ refusedCount: 0, rows: [{ status: 204 }] });
});

test('Clear clears both lists, whose numbers aren’t used again, and the filter stays', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.say({ type: 'filterRequests', onlyRefused: true });
  for (const _ of [1, 2]) await ask(address().replace('/event', '/nowhere'));
  await eventually(() => shows(panel).refusedCount === 2);
  panel.say({ type: 'clearRequests' });
  await eventually(() => shows(panel).count === 0);
  expect(shows(panel)).toEqual({ ...NOTHING, onlyRefused: true });
  await ask(address(), { headers: { host: 'up' } });
  await eventually(() => shows(panel).refusedCount === 1);
  expect(shows(panel).rows).toMatchObject([{ id: 3, status: 403 }]);
});

test('nothing that was cleared is shown again, even if it was about to be', async () => {
  const { log, told, last } = openLog();
  log.add(requestFor('/before'), STREAM);
  await eventually(() => last().count === 1);
  log.add(requestFor('/late'), STREAM);
  const { next } = Turns.prototype;
  // The log waits for its turn while it masks.
  const waiting = vi.spyOn(Turns.prototype, 'next').mockImplementationOnce(function (this: Turns) {
    log.clear();
    log.add(requestFor('/after'), STREAM);
    return next.call(this);
  });
  await eventually(() => last().rows[0]?.target === '/after');
  waiting.mockRestore();
  expect(told.map(({ rows }) => rows.map(({ target }) => target))).toEqual([['/before'], ['/after']]);
});

test('a page that VS Code rebuilds gets the requests again, and a server that is started again has none', async () => {
  const { session, panel } = openSession();
  await session.start();
  await ask(address().replace('/event', '/nowhere'));
  await eventually(() => shows(panel).count === 1);
  const before = shows(panel);
  panel.posted.length = 0;
  panel.load();
  expect(shows(panel)).toEqual(before);
  await session.stop();
  await session.start();
  await eventually(() => shows(panel).count === 0);
});

test('while the panel is hidden nothing is masked or told; once it is shown again, the requests are', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.show(false);
  panel.posted.length = 0;
  const wait = vi.spyOn(Turns.prototype, 'next');
  await ask(address().replace('/event', '/nowhere'));
  expect([panel.posted, wait.mock.calls.length]).toEqual([[], 0]);
  wait.mockRestore();
  panel.show(true);
  await eventually(() => shows(panel).count === 1);
});

test('a second’s storm of 10,000 requests is noted in passing, and shown ten times a second at most', async () => {
  const { log, told, last } = openLog();
  const request = requestFor('/event?token=secret&room=7', { 'user-agent': 'curl/8.5.0' });
  const begun = performance.now();
  for (let round = 0; round < 100; round += 1) {
    for (let n = 0; n < 100; n += 1) log.add(request, n % 2 ? REFUSAL : STREAM);
    await new Promise(setImmediate);
  }
  await eventually(() => last().count === 10_000);
  expect(told.length).toBeLessThanOrEqual(1 + (performance.now() - begun) / 100);
  expect(last()).toMatchObject({ refusedCount: 5000 });
  expect(last().rows).toHaveLength(200);
});

test('each request is masked once, however often it is shown', async () => {
  const { log, told, last } = openLog();
  log.add(requestFor('/event?token=secret'), STREAM);
  await eventually(() => last().count === 1);
  const [row] = last().rows;
  log.add(requestFor('/event'), STREAM);
  await eventually(() => last().count === 2);
  expect(last().rows[1]).toBe(row);
  expect(told).toHaveLength(2);
});

test('texts are cut at 500 characters, behind a delimiter, so that no part of a secret is left', async () => {
  const { log, last } = openLog();
  const long = `/event?${'a=b&'.repeat(120)}q=${SECRET.repeat(3)}&z=1`;
  const headers = { 'last-event-id': 'i'.repeat(5000), 'user-agent': `${'u'.repeat(5000)}/1` };
  log.add(requestFor(long, headers), { status: 400, reason: `The option ${'x'.repeat(5000)}` });
  await eventually(() => last().count === 1);
  const [row] = last().rows;
  expect(row).toMatchObject({ target: `/event?${'a=b&'.repeat(120)}q=…`, lastEventId: '…', reason: 'The option …' });
  expect(row?.client.length).toBeLessThanOrEqual(40);
});

test('a delimiter behind 500 characters is too late: the text is cut at the one before', async () => {
  const { log, last } = openLog();
  log.add(requestFor(`/event?${'x'.repeat(493)}&z=1`), STREAM);
  log.add(requestFor(`/event?${'x'.repeat(492)}&z=1`), STREAM);
  await eventually(() => last().count === 2);
  expect(last().rows.map(({ target }) => target)).toEqual([`/event?${'x'.repeat(492)}&…`, '/event?…']);
});

function openLogged() {
  const log: string[] = [];
  const write = (text: string | Error) => void log.push(String(text));
  return { ...openSession(undefined, { log: { info: write, warn: write, error: write } as unknown as Log }), log };
}

const SECRET = 'S3CR3TS3CR3TS3CR3T';
const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

test.each([
  `/event&access_token=${SECRET}`,
  `/event;access_token=${SECRET}`,
  `/event%3Faccess_token=${SECRET}`,
  `/event#access_token=${SECRET}`,
  `/event?access_token=${SECRET}&speed=0`,
  `/event?access_token=${SECRET}`,
  `/v1/${TOKEN}/event`,
  `/event?lastEventId=${TOKEN}`,
  `http://user:${SECRET}@127.0.0.1/event?speed=0`,
  `https://user:${SECRET}@127.0.0.1/nowhere`,
])('a secret in the target %s is neither shown nor logged', async (target) => {
  const { session, panel, log } = openLogged();
  await session.start();
  const text = target.replace('127.0.0.1', `127.0.0.1:${port()}`);
  const socket = await connectTo(port());
  socket.write(`GET ${text} HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nConnection: close\r\n\r\n`);
  await eventually(() => shows(panel).count === 1);
  const seen = JSON.stringify([shows(panel), log]);
  for (const secret of [SECRET, TOKEN]) expect(seen).not.toContain(secret);
  socket.destroy();
});

test('a token that is sent in place of an option is neither shown nor logged', async () => {
  const { session, panel, log } = openLogged();
  await session.start();
  await ask(address().replace('/event', `/publish?${TOKEN}`), { method: 'POST', body: 'hello' });
  await eventually(() => shows(panel).refusedCount === 1);
  expect(JSON.stringify([shows(panel), log])).not.toContain(TOKEN);
});
