import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HostWatch } from '../../../src/webview/shared/hostWatch';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watchHost(answers: () => boolean) {
  const said: string[] = [];
  const watch = new HostWatch({
    ask: () => answers() && setTimeout(() => watch.heard(), 50),
    onGone: () => said.push('gone'),
    onBack: () => said.push('back'),
  });
  return said;
}

test('a host that responds never counts as gone', () => {
  const said = watchHost(() => true);
  vi.advanceTimersByTime(3_600_000);
  expect(said).toEqual([]);
});

test('a host that ended counts as gone within 10 s, which is reported once', () => {
  let isThere = true;
  const said = watchHost(() => isThere);
  vi.advanceTimersByTime(60_000);
  isThere = false;
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual(['gone']);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(['gone']);
});

test('a host that was only busy is back with its first response', () => {
  let isThere = false;
  const said = watchHost(() => isThere);
  vi.advanceTimersByTime(20_000);
  isThere = true;
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(['gone', 'back']);
});

test('a machine that slept for an hour is not mistaken for a host that ended', () => {
  let isAsleep = false;
  const said = watchHost(() => !isAsleep);
  vi.advanceTimersByTime(10_000);
  // Timers don't run during sleep: one fires late, and its ping is answered just as late.
  isAsleep = true;
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(2500);
  isAsleep = false;
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});

test('a host that doesn’t respond is late within 3 s, until its first response', () => {
  let isThere = true;
  const said: boolean[] = [];
  const watch = new HostWatch({
    ask: () => isThere && watch.heard(),
    onLate: (isLate) => said.push(isLate),
    onGone: () => undefined,
    onBack: () => undefined,
  });
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
  isThere = false;
  vi.advanceTimersByTime(3000);
  expect(said).toEqual([true]);
  vi.advanceTimersByTime(2000);
  isThere = true;
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([true, false]);
});

test('a confirmation calls back once, at a response; without one, or after it was cancelled, never', () => {
  const done: string[] = [];
  let asked = 0;
  const watch = new HostWatch({ ask: () => (asked += 1), onGone: () => undefined, onBack: () => undefined });
  watch.confirm(() => done.push('first'));
  expect(asked).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual([]);
  watch.heard();
  watch.heard();
  expect(done).toEqual(['first']);
  watch.confirm(() => done.push('second'))();
  watch.heard();
  expect(done).toEqual(['first']);
});
