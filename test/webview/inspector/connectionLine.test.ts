import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HistoryState, InspectorStrings, StreamStatus } from '../../../src/messages/inspector';
import { ConnectionLine } from '../../../src/webview/inspector/connectionLine';
import { FakePage } from '../../support/page/fakePage';

const strings = {
  states: { idle: 'Idle', open: 'Open', waiting: 'Waiting', failed: 'Failed' },
  headersAfter: 'headers {0}',
  firstEventAfter: 'first {0}',
  body: 'body {0}',
  oneEvent: '{0} event',
  events: '{0} events',
  evicted: '{0} dropped',
  rate: '{0}/s',
  reconnectedOnce: 'reconnected once',
  reconnected: 'reconnected {0} times',
  countdown: 'again in {0} s',
} as InspectorStrings;
let page: FakePage;
let line: ConnectionLine;

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  page = new FakePage();
  line = new ConnectionLine(strings);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const ANSWER = { status: 200, contentType: 'text/event-stream', headersAfter: 80 };
const OPEN = {
  state: 'open',
  response: ANSWER,
  rate: 0,
  reconnects: 0,
  lastEventId: '',
  insecure: false,
  running: true,
  unsendable: false,
} as const;

/** Shows an open stream, or one in the given state with the given facts. */
function show(status: object, history: Partial<HistoryState> = {}): void {
  const { response: _, rate: __, ...figures } = OPEN;
  line.showStatus({ ...('state' in status ? figures : OPEN), ...status } as StreamStatus);
  line.showHistory({ events: 0, bytes: 0, evicted: 0, ...history } as HistoryState);
  page.frame();
}

test('without a status, nothing is shown', () => {
  line.showHistory({ events: 5, evicted: 0 } as HistoryState);
  page.frame();
  expect(page.text('facts')).toBe('');
});

test('of a reason, which may quote a status of 200,000 letters, a few lines are shown: the rest of the page is below', () => {
  show({ state: 'failed', reason: `The server answered 404 ${'x'.repeat(200_000)}.` });
  expect(page.text('reason')).toMatch(/^The server answered 404 x{900,2000}…$/);
  const most = 'x'.repeat(2000);
  for (const [reason, shown] of [
    [most, most],
    [`${most}x`, `${most}…`],
  ]) {
    show({ state: 'failed', reason });
    expect(page.text('reason')).toBe(shown);
  }
});

test('a state is shown by its name, its reason and a shape, next to its numbers', () => {
  show({ state: 'failed', reason: 'No one listens.', insecure: true });
  expect(page.getElementById('connection').dataset['state']).toBe('failed');
  expect([page.text('state'), page.text('reason')]).toEqual(['Failed', 'No one listens.']);
  expect(page.getElementById('notVerified').hidden).toBe(false);
  show({});
  expect([page.text('state'), page.text('reason')]).toEqual(['Open', '']);
  expect(page.getElementById('notVerified').hidden).toBe(true);
});

test('an open stream is shown with all known facts', () => {
  show(
    {
      response: { ...ANSWER, firstEventAfter: 1200 },
      rate: 5,
      reconnects: 1200,
      lastEventId: '7',
    },
    { events: 1204, bytes: 3400, evicted: 10 },
  );
  expect(page.text('facts')).toBe(
    '200 · text/event-stream · headers 80 ms · first 1.2 s · 1,204 events · 10 dropped · 3.4 kB · 5/s · reconnected 1,200 times · Last-Event-ID 7',
  );
});

test('unknown or empty facts aren’t shown', () => {
  show({ state: 'idle' });
  expect(page.text('facts')).toBe('');
  const response = { status: 200, contentType: '', headersAfter: 0, firstEventAfter: 0 };
  show({ state: 'idle', response, reconnects: 1 }, { events: 1, bytes: 9 });
  expect(page.text('facts')).toBe('200 · headers 0 ms · first 0 ms · 1 event · 9 B · reconnected once');
  show({ state: 'failed' });
  expect(page.text('facts')).toBe('0 events · 0 B');
});

test('a response that is no event stream has its own size, next to events if there were any', () => {
  const answered = { state: 'answered', running: false, response: { ...ANSWER, contentType: 'text/html' } };
  show({ ...answered, bodySize: 1234 });
  expect(page.text('facts')).toBe('200 · text/html · headers 80 ms · body 1.2 kB');
  show({ ...answered, bodySize: 0 }, { events: 2, bytes: 18 });
  expect(page.text('facts')).toBe('200 · text/html · headers 80 ms · body 0 B · 2 events · 18 B');
});

test('an id and a type that are hard to lay out are shortened', () => {
  const long = 'x'.repeat(100_000);
  show({ lastEventId: long, response: { ...ANSWER, contentType: long }, reason: long });
  expect(page.text('facts').length).toBeLessThan(5000);
  expect(page.text('reason').length).toBeLessThan(20_000);
});

test('the seconds to a reconnect are counted down; after that the focus moves to an element that stays', () => {
  const waiting = page.getElementById('waiting');
  show({ state: 'waiting', reconnectIn: 2500 });
  expect([waiting.hidden, page.text('countdown')]).toEqual([false, 'again in 3 s']);
  // The system clock is changed, but no time has passed.
  vi.setSystemTime(3_600_000);
  vi.advanceTimersByTime(499);
  expect(page.text('countdown')).toBe('again in 3 s');
  vi.advanceTimersByTime(501);
  expect(page.text('countdown')).toBe('again in 2 s');
  vi.advanceTimersByTime(5000);
  expect(page.text('countdown')).toBe('again in 0 s');
  expect(vi.getTimerCount()).toBe(0);
  waiting.focus();
  show({});
  expect([waiting.hidden, page.activeElement]).toEqual([true, page.getElementById('connection')]);
  // Shows a status that was sent a while ago.
  const { response: _, rate: __, ...figures } = OPEN;
  line.showStatus({ ...figures, state: 'waiting', reconnectIn: 9000 }, performance.now() - 4000);
  page.frame();
  expect(page.text('countdown')).toBe('again in 5 s');
  show({});
  // Nothing is counting any more.
  expect([page.text('countdown'), vi.getTimerCount()]).toEqual(['', 0]);
});
