import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStream, type TransportHandlers } from '../../../src/webview/counter/liveStream';

/** Double of the browser's EventSource; the test plays the server. */
class FakeEventSource {
  static made: FakeEventSource[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onerror: () => void = () => undefined;
  closed = false;

  constructor(readonly url: string) {
    FakeEventSource.made.push(this);
  }

  close(): void {
    this.closed = true;
  }
}

const URL = 'http://127.0.0.1:8080/event';
let said: string[];
/** Handlers of the relay, by which the test plays the extension host. */
let relay: TransportHandlers | undefined;
/** Numbers of the relayed attempts. */
let attempts: number[];
/** Whether the extension host responds; and the callbacks that wait while it doesn't. */
let isHostThere: boolean;
let waiting: Set<() => void>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  FakeEventSource.made = [];
  said = [];
  relay = undefined;
  attempts = [];
  isHostThere = true;
  waiting = new Set();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(): LiveStream {
  return new LiveStream(URL, {
    firstAttempt: 7,
    interval: 1000,
    relay: (attempt, handlers) => {
      attempts.push(attempt);
      relay = handlers;
      return () => {
        relay = undefined;
      };
    },
    confirm: (goOn) => {
      if (isHostThere) goOn();
      else waiting.add(goOn);
      return () => waiting.delete(goOn);
    },
    onState: (state) => {
      if (state.name === 'reconnecting') said.push(`reconnecting in ${state.seconds}`);
      else said.push(state.name === 'refused' ? `refused: ${state.reason}` : state.name);
    },
    onData: (data) => said.push(data),
    onLost: () => said.push('lost'),
  });
}

function source(): FakeEventSource {
  const last = FakeEventSource.made.at(-1);
  if (!last) throw new Error('There is no EventSource.');
  return last;
}

test('it is connecting, then live, and passes on the data', () => {
  open();
  expect(source().url).toBe(`${URL}.7`);
  source().onopen();
  source().onmessage({ data: '1' });
  expect(said).toEqual(['connecting', 'live', '1']);
});

test('after an error it closes its EventSource and opens another one, after 1 s, then 2 s', () => {
  open();
  for (const seconds of [1, 2]) {
    const failed = source();
    failed.onerror();
    expect(failed.closed).toBe(true);
    expect(said.slice(-2)).toEqual(['lost', `reconnecting in ${seconds}`]);
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(source()).toBe(failed);
    vi.advanceTimersByTime(1);
    expect(source()).not.toBe(failed);
  }
});

test('after three refusals, it asks the extension host to relay, and passes on its data', () => {
  open();
  for (const delay of [1000, 2000, 0]) {
    source().onerror();
    vi.advanceTimersByTime(delay);
  }
  relay?.onOpen();
  relay?.onData('1');
  expect(said.slice(-4)).toEqual(['lost', 'connecting', 'relayed', '1']);
  // Each attempt has its own number, higher than the previous one.
  expect(FakeEventSource.made.map(({ url }) => url)).toEqual([`${URL}.7`, `${URL}.8`, `${URL}.9`]);
  expect(attempts).toEqual([10]);
});

test('if neither way leads to the server, it tries both in turn, after 4, 8, 16, 30, 30 s', () => {
  open();
  for (const delay of [1000, 2000, 0]) {
    source().onerror();
    vi.advanceTimersByTime(delay);
  }
  for (const seconds of [4, 8, 16, 30, 30]) {
    const last = source();
    relay?.onError();
    expect(relay).toBeUndefined();
    expect(said.at(-1)).toBe(`reconnecting in ${seconds}`);
    vi.advanceTimersByTime(seconds * 1000);
    expect(source()).not.toBe(last);
    source().onerror();
  }
});

test('a stream that neither opens nor fails in 4 s, as through a buffering proxy, is relayed', () => {
  open();
  vi.advanceTimersByTime(3999);
  expect(relay).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(source().closed).toBe(true);
  relay?.onOpen();
  expect(said).toEqual(['connecting', 'lost', 'connecting', 'relayed']);
});

test('a stream that is open but silent for 4 s more than its interval is relayed', () => {
  open();
  source().onopen();
  for (let event = 1; event <= 3; event += 1) {
    vi.advanceTimersByTime(4999);
    source().onmessage({ data: String(event) });
  }
  expect(attempts).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(attempts).toEqual([8]);
  // The stream isn't live, and isn't shown as live.
  expect(said.at(-1)).toBe('connecting');
});

test('an extension host that doesn’t respond is not waited for longer than 4 s', () => {
  open();
  vi.advanceTimersByTime(4000);
  expect(attempts).toEqual([8]);
  vi.advanceTimersByTime(3999);
  expect(said.at(-1)).toBe('connecting');
  vi.advanceTimersByTime(1);
  expect(relay).toBeUndefined();
  expect(said.at(-1)).toBe('reconnecting in 1');
});

test('refused with a reason, it shows that and stops until it is asked to reconnect: directly, at once', () => {
  const live = open();
  vi.advanceTimersByTime(4000);
  relay?.onError('HTTP 503. As many streams are open as may be: 1.');
  expect(said.at(-1)).toBe('refused: HTTP 503. As many streams are open as may be: 1.');
  expect(vi.getTimerCount()).toBe(0);
  live.reconnect();
  source().onopen();
  expect(FakeEventSource.made).toHaveLength(2);
  expect(said.slice(-2)).toEqual(['connecting', 'live']);
});

test('asked to reconnect while it is relayed, it stops the relay and tries directly', () => {
  const live = open();
  vi.advanceTimersByTime(4000);
  relay?.onOpen();
  live.reconnect();
  expect(relay).toBeUndefined();
  source().onopen();
  expect(said.at(-1)).toBe('live');
});

test('a relay that ends is followed by a direct attempt', () => {
  open();
  vi.advanceTimersByTime(4000);
  relay?.onOpen();
  relay?.onError();
  expect(said.at(-1)).toBe('reconnecting in 1');
  vi.advanceTimersByTime(1000);
  source().onopen();
  expect(said.at(-1)).toBe('live');
});

test('once an event has come, the delay starts over', () => {
  open();
  source().onerror();
  vi.advanceTimersByTime(1000);
  source().onerror();
  vi.advanceTimersByTime(2000);
  source().onopen();
  source().onmessage({ data: '1' });
  source().onerror();
  expect(said.slice(-4)).toEqual(['live', '1', 'lost', 'reconnecting in 1']);
});

test('a stream that a proxy opens and cuts each time is relayed', () => {
  open();
  for (const delay of [1000, 2000, 0]) {
    source().onopen();
    source().onerror();
    vi.advanceTimersByTime(delay);
  }
  expect(attempts).toEqual([10]);
  relay?.onOpen();
  expect(said.at(-1)).toBe('relayed');
});

test('close leaves no EventSource open and opens no other one', () => {
  const live = open();
  live.close();
  expect(source().closed).toBe(true);

  const waiting = open();
  source().onerror();
  waiting.close();

  const relaying = open();
  vi.advanceTimersByTime(4000);
  relay?.onOpen();
  relaying.close();
  expect(relay).toBeUndefined();

  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.made).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('a stream lost with its host is not requested again, even by a click, until the host responds', () => {
  const stream = open();
  source().onopen();
  const { length } = FakeEventSource.made;
  isHostThere = false;
  source().onerror();
  expect(source().closed).toBe(true);
  vi.advanceTimersByTime(60_000);
  stream.reconnect();
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.made).toHaveLength(length);
  expect(attempts).toEqual([]);
  expect(waiting.size).toBe(1);
  for (const goOn of waiting) goOn();
  expect(FakeEventSource.made).toHaveLength(length + 1);
});

test('closing a stream that waits for the host ends the wait', () => {
  const stream = open();
  isHostThere = false;
  source().onerror();
  vi.advanceTimersByTime(1000);
  expect(waiting.size).toBe(1);
  stream.close();
  expect(waiting.size).toBe(0);
});
