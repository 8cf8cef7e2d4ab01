import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Timeout } from '../../../src/server/http/timeout';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function newTimeout() {
  const over = vi.fn();
  return { timeout: new Timeout(1000, over), over };
}

test('expires once, when its time is over', () => {
  const { timeout, over } = newTimeout();
  timeout.start();
  vi.advanceTimersByTime(999);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(over).toHaveBeenCalledTimes(1);
});

test('start doesn’t restart a running timeout, but does restart a stopped one', () => {
  const { timeout, over } = newTimeout();
  timeout.start();
  vi.advanceTimersByTime(900);
  timeout.start();
  vi.advanceTimersByTime(50);
  timeout.stop();
  timeout.stop();
  timeout.start();
  vi.advanceTimersByTime(999);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over).toHaveBeenCalledTimes(1);
});

test('a stopped timeout leaves no timer and doesn’t expire', () => {
  const { timeout, over } = newTimeout();
  timeout.start();
  timeout.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5000);
  expect(over).not.toHaveBeenCalled();
});

test('a tick that is late because the process didn’t run counts once', () => {
  const late = vi.fn<(run: () => void) => void>();
  vi.stubGlobal('setTimeout', late);
  const { timeout, over } = newTimeout();
  timeout.start();
  // However late a timer fires, each tick is a tenth of the timeout.
  for (let n = 0; n < 9; n += 1) late.mock.lastCall?.[0]();
  expect(over).not.toHaveBeenCalled();
  late.mock.lastCall?.[0]();
  expect(over).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});
