import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStream } from '../../src/webview/liveStream';

/** What the browser's EventSource is to its user; the test plays the server. */
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

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  FakeEventSource.made = [];
  said = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(): LiveStream {
  return new LiveStream(URL, {
    onState: (state) => said.push(state.name === 'reconnecting' ? `reconnecting in ${state.seconds}` : state.name),
    onData: (data) => said.push(data),
  });
}

function source(): FakeEventSource {
  const last = FakeEventSource.made.at(-1);
  if (!last) throw new Error('There is no EventSource.');
  return last;
}

test('it is connecting, then live, and passes on what comes', () => {
  open();
  expect(source().url).toBe(URL);
  source().onopen();
  source().onmessage({ data: '1' });
  expect(said).toEqual(['connecting', 'live', '1']);
});

test('after an error it closes its EventSource and opens another one, after 1, 2, 4 … 30 s', () => {
  open();
  for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
    const failed = source();
    failed.onerror();
    expect(failed.closed).toBe(true);
    expect(said.at(-1)).toBe(`reconnecting in ${seconds}`);
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(source()).toBe(failed);
    vi.advanceTimersByTime(1);
    expect(source()).not.toBe(failed);
  }
});

test('once it was live, the delay begins anew', () => {
  open();
  source().onerror();
  vi.advanceTimersByTime(1000);
  source().onerror();
  vi.advanceTimersByTime(2000);
  source().onopen();
  source().onerror();
  expect(said.slice(-2)).toEqual(['live', 'reconnecting in 1']);
});

test('closed, it leaves no EventSource open and opens no other one', () => {
  const live = open();
  live.close();
  expect(source().closed).toBe(true);

  const waiting = open();
  source().onerror();
  waiting.close();
  vi.advanceTimersByTime(60_000);
  expect(FakeEventSource.made).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});
