// The presenter's messages to the inspector's page about an inspection.
import { expect, onTestFinished, test, vi } from 'vitest';
import { record } from '../../support/client/recorded';
import { exchange, inState } from '../../support/client/statuses';
import { form } from '../../support/inspector/forms';
import { body, pageOf } from '../../support/inspector/inspectorPages';

test('a new page receives everything: the form with its id, the status and the history', () => {
  const { page, told, last } = pageOf('data: a\n\ndata: b\n\n');
  page.showAll(form(), 'id');
  expect(told.map(({ type }) => type)).toEqual(['form', 'status', 'history']);
  expect(last('form')).toEqual({ type: 'form', form: form(), id: 'id' });
  expect(last('status').status).toMatchObject({ state: 'idle', running: false });
  expect(last('history').history).toEqual({
    generation: 0,
    rows: 2,
    evictedRows: 0,
    events: 2,
    bytes: 18,
    cleared: 0,
    evicted: 0,
    pending: 0,
    searching: false,
    eventNames: undefined,
    // The last line is empty, and may still grow.
    wireLines: 5,
    evictedLines: 0,
  });
});

test('a hidden page receives only the form', () => {
  const { page, panel, told } = pageOf('data: a\n\n');
  panel.visible = false;
  page.show();
  expect(told).toEqual([]);
  page.showAll(form(), 'id');
  expect(told.map(({ type }) => type)).toEqual(['form']);
});

test('the status has the inspection’s facts, but not its internals', () => {
  const { page, inspection, last } = pageOf('', { reason: 'A reason.' });
  const response = exchange({ status: 503, headers: [['content-type', 'a/b; c=d']] });
  Object.assign(inspection, {
    status: inState('failed', { response, headersAfter: 5, end: { cause: 'end' }, unfinished: true, reconnects: 7 }),
    rate: 8,
    insecure: true,
    recorder: { name: 'a.sse', size: 9, other: 1 },
  });
  page.show();
  expect(last('status').status).toEqual({
    state: 'failed',
    running: false,
    reason: 'A reason.',
    reconnects: 7,
    lastEventId: '',
    response: { status: 503, contentType: 'a/b; c=d', headersAfter: 5 },
    insecure: true,
    unsendable: false,
    recording: { name: 'a.sse', size: 9 },
  });
});

test('a reconnection is sent as the time left, which is never negative', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const { page, inspection, last } = pageOf();
  const reconnectIn = () => {
    page.show();
    return last('status').status.reconnectIn;
  };
  inspection.status = inState('waiting', { reconnectAt: performance.now() + 5000 });
  expect(reconnectIn()).toBe(5000);
  vi.advanceTimersByTime(2000);
  expect(reconnectIn()).toBe(3000);
  vi.advanceTimersByTime(4000);
  expect(reconnectIn()).toBe(0);
});

test('a thousand characters of a Last-Event-ID are shown', () => {
  const { page, inspection, last } = pageOf();
  inspection.status.lastEventId = 'x'.repeat(1001);
  page.show();
  expect(last('status').status.lastEventId).toBe('x'.repeat(1000));
});

test('the next step is sent', () => {
  const { page, inspection, last } = pageOf('', { nextStep: { step: 'sendTo', host: 'b:81' } });
  inspection.status = inState('failed');
  page.show();
  expect(last('status').status.nextStep).toEqual({ step: 'sendTo', host: 'b:81' });
});

test('event types are sent if they have changed, and again to a new page', () => {
  const { page, inspection, last } = pageOf();
  const names = () => last('history').history.eventNames;
  inspection.eventNames.add('a');
  page.show();
  expect(names()).toEqual(['a']);
  page.show();
  expect(names()).toBeUndefined();
  inspection.eventNames.add('b');
  page.show();
  expect(names()).toEqual(['a', 'b']);
  inspection.eventNames.clear();
  page.show();
  expect(names()).toEqual([]);
  for (const name of ['a', 'c']) inspection.eventNames.add(name);
  page.show();
  page.showAll(form(), 'id');
  expect(names()).toEqual(['a', 'c']);
});

test('the number of lines follows evictions; an empty history has none', () => {
  const { page, history, last } = pageOf('data: a\n\ndata: b\n\n');
  history.clear();
  page.show();
  expect(last('history').history).toMatchObject({ events: 0, bytes: 0, cleared: 2, rows: 0, wireLines: 0 });
  record(history, 'data: c\n\n');
  page.show();
  expect(last('history').history).toMatchObject({
    events: 1,
    bytes: 9,
    cleared: 2,
    rows: 1,
    evictedRows: 2,
    wireLines: 3,
    evicted: 0,
  });
});

test('a response is sent once, without its secrets, and without the body of an event stream', () => {
  const { page, inspection, all, last } = pageOf();
  const headers = [
    ['Content-Type', 'text/event-stream'],
    ['Set-Cookie', 'a=secret'],
  ];
  inspection.status = inState('open', { isStream: true, response: exchange({ headers }) });
  page.show();
  page.show();
  expect(all('response')).toHaveLength(1);
  expect(last('response')).toEqual({
    type: 'response',
    isEventStream: true,
    status: 200,
    statusText: 'OK',
    headers: [
      ['Content-Type', 'text/event-stream'],
      ['Set-Cookie', '•••'],
    ],
    masked: [1],
    body: '',
    note: 'stream',
  });
});

test.each(['Set-Cookie', 'set-cookie2', 'Authentication-Info', 'Proxy-Authentication-Info'])(
  'of an answer’s headers %s is masked',
  (name) => {
    const { page, inspection, last } = pageOf();
    inspection.status = inState('answered', { response: exchange({ headers: [[name, 'secret']] }) });
    page.show();
    expect(last('response')).toMatchObject({ headers: [[name, '•••']], masked: [0] });
  },
);

test('all other headers of a response are shown as they came: sessions, limits, tokens to resume with', () => {
  const { page, inspection, last } = pageOf();
  const headers = [
    ['Mcp-Session-Id', '1f3c-77'],
    ['x-ratelimit-remaining-tokens', '149984'],
    ['anthropic-ratelimit-tokens-remaining', '399000'],
    ['X-Auth-Token', 't'],
    ['X-Session-Key', 'k'],
    ['Authorization', 'Bearer a'],
    ['WWW-Authenticate', 'Bearer realm="a"'],
    ['Location', '/?token=t'],
  ];
  inspection.status = inState('answered', { response: exchange({ headers }) });
  page.show();
  expect(last('response')).toMatchObject({ headers, masked: [] });
});

test('only the new part of a growing body is sent, even if a character is split', () => {
  const { page, inspection, told, all, last } = pageOf();
  const bytes = Buffer.from('aé!');
  const grow = (size: number, cut = false) => {
    inspection.body = body(bytes.subarray(0, size), { cut });
    page.show();
  };
  inspection.status = inState('answered', { response: exchange() });
  grow(0);
  expect(last('response')).toMatchObject({ body: '', note: 'pending' });
  grow(2);
  grow(2);
  expect(all('body').map(({ text }) => text)).toEqual(['a']);
  grow(4);
  expect(last('body')).toEqual({ type: 'body', text: 'é!', note: 'coming' });
  grow(4, true);
  expect(last('body')).toEqual({ type: 'body', text: '', note: 'cut' });
  grow(4, true);
  expect(all('body')).toHaveLength(3);
  expect(told.filter(({ type }) => type === 'response')).toHaveLength(1);
});

test('a body that ends in the middle of a character shows that', () => {
  const { page, inspection, last } = pageOf();
  inspection.status = inState('answered', { response: exchange() });
  const half = Buffer.from('é').subarray(0, 1);
  inspection.body = body(half);
  page.show();
  expect(last('response').body).toBe('');
  inspection.body = body(half, { state: 'whole' });
  page.show();
  expect(last('body').text).toBe('\ufffd');
});

test.each([
  ['whole', 'none'],
  ['broken', 'unread'],
] as const)('that a body is %s when nothing has come of it is told when it is over', (state, note) => {
  const { page, inspection, all, last } = pageOf();
  for (const contentType of ['text/html', 'text/event-stream']) {
    const isStream = contentType === 'text/event-stream';
    inspection.status = inState('answered', { isStream, response: exchange({ contentType }) });
    inspection.body = body('');
    page.show();
    expect(last('response').note).toBe(isStream ? 'stream' : 'pending');
    inspection.body = body('', { state });
    page.show();
    page.show();
    expect(last('body')).toEqual({ type: 'body', text: '', note });
  }
  expect(all('body')).toHaveLength(2);
});

test.each([
  ['whole', 'text/html', undefined],
  ['broken', 'text/html', 'rest'],
  ['whole', 'text/event-stream', 'stream'],
  ['broken', 'text/event-stream', 'stream'],
] as const)('of a body that is %s and of type %s it is told: %s', (state, contentType, note) => {
  const { page, inspection, last } = pageOf();
  const isStream = contentType === 'text/event-stream';
  inspection.status = inState('answered', { isStream, response: exchange({ contentType }) });
  const bytes = contentType === 'text/html' ? 'a' : '';
  inspection.body = body(bytes, { state, size: 1 });
  page.show();
  expect(last('response')).toMatchObject({ body: bytes, note });
});

test('another response is sent with its own body; a new page receives the same one in full', () => {
  const { page, inspection, all, last } = pageOf();
  inspection.status = inState('answered', { response: exchange() });
  inspection.body = body('one', { cut: true });
  page.show();
  expect(last('response')).toMatchObject({ body: 'one', note: 'cut' });
  inspection.status = inState('answered', { response: exchange({ status: 404 }) });
  inspection.body = body('other', { state: 'whole' });
  page.show();
  expect(last('response')).toMatchObject({ status: 404, body: 'other', note: undefined });
  expect(all('body')).toEqual([]);
  page.showAll(form(), 'id');
  expect(last('response')).toMatchObject({ status: 404, body: 'other' });
  expect(all('response')).toHaveLength(3);
});

test('the end of a response is sent once, and not to a page that shows none', () => {
  const { page, inspection, all } = pageOf();
  page.show();
  expect(all('noResponse')).toEqual([]);
  inspection.status = inState('answered', { response: exchange() });
  page.show();
  inspection.status = inState('connecting');
  page.show();
  page.show();
  expect(all('noResponse')).toHaveLength(1);
  page.showAll(form(), 'id');
  expect(all('noResponse')).toHaveLength(1);
});

test('redirects are sent if they have changed, and again to a new page', () => {
  const { page, inspection, all, last } = pageOf();
  const redirected = (...urls: string[]) => {
    const redirects = urls.map((url) => ({ status: 302, url, withheld: [], downgrade: false }));
    inspection.status = inState('open', { response: exchange({ redirects }) });
    page.show();
  };
  redirected();
  expect(all('redirects')).toEqual([]);
  redirected('http://b/');
  redirected('http://b/');
  expect(all('redirects')).toEqual([{ type: 'redirects', redirects: [{ status: 302, url: 'http://b/', notes: [] }] }]);
  page.showAll(form(), 'id');
  expect(all('redirects')).toHaveLength(2);
  redirected();
  expect(last('redirects').redirects).toEqual([]);
});

test('of a hundred requests that a page sends at once, the first and the latest are read: each may take a megabyte', async () => {
  const { page, told, inspection } = pageOf('data: a\n\n'.repeat(200));
  const from = Array.from({ length: 100 }, (_, at) => at + 1);
  await Promise.all(from.map((at) => page.handle({ type: 'wire', generation: 0, from: at, to: at + 10 })));
  await Promise.all(from.map((at) => page.handle({ type: 'rows', generation: 0, from: at, to: at + 10 })));
  const begins = (type: string) => told.flatMap((one) => (one.type === type && 'from' in one ? [one.from] : []));
  expect([begins('wire'), begins('rows')]).toEqual([
    [1, 100],
    [1, 100],
  ]);
  const read = vi.spyOn(inspection.history, 'snapshot');
  await Promise.all(from.map((number) => page.handle({ type: 'select', number })));
  expect(read).toHaveBeenCalledTimes(2);
  expect(told.filter(({ type }) => type === 'detail')).toMatchObject([{ row: { number: 100 } }]);
});
