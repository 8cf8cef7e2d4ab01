import { expect, onTestFinished, test, vi } from 'vitest';
import { Backoff } from '../../../../src/server/redis/link/backoff';

/** Returns a backoff, and a function that waits for a pause, and returns its length in milliseconds. */
function start() {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const backoff = new Backoff();
  const pause = async () => {
    const begun = performance.now();
    let isOver = false;
    backoff.wait(() => {
      isOver = true;
    });
    while (!isOver) await vi.advanceTimersByTimeAsync(1);
    return performance.now() - begun;
  };
  return { backoff, pause };
}

test('pauses grow to ten seconds, also where connections are opened and end at once', async () => {
  const { backoff, pause } = start();
  const pauses: number[] = [];
  for (let count = 0; count < 10; count += 1) {
    pauses.push(await pause());
    backoff.noteOpened();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(pauses[0]).toBeLessThan(202);
  expect(pauses.at(-1)).toBeGreaterThanOrEqual(5000);
});

test('a pause is short again behind a connection that has lasted', async () => {
  const { backoff, pause } = start();
  for (let count = 0; count < 10; count += 1) await pause();
  backoff.noteOpened();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await pause()).toBeLessThan(202);
});
