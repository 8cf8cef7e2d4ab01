import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedTimers } from '../../../src/server/counter/sharedTimers';
import { Ticker } from '../../../src/server/counter/ticker';
import { Turns } from '../../../src/turns/turns';

/** A clock that moves only in `fire`, which runs the one timer that is set, as early or late as the test wants. */
let now: number;
let timer: { due: number; run: () => void } | undefined;
let timersSet: number;
let timers: SharedTimers;

beforeEach(() => {
  now = 5000;
  timer = undefined;
  vi.stubGlobal('performance', { now: () => now });
  timersSet = 0;
  timers = new SharedTimers(new Turns());
  vi.stubGlobal('setTimeout', (run: () => void, delay: number) => {
    timersSet += 1;
    timer = { due: now + delay, run };
    return timer;
  });
  vi.stubGlobal('clearTimeout', (cleared: typeof timer) => {
    if (cleared === timer) timer = undefined;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function fire(late = 0): void {
  if (!timer) throw new Error('No timer is set.');
  const { due, run } = timer;
  timer = undefined;
  now = due + late;
  run();
}

function recordTicks(interval: number): { ticker: Ticker; times: number[] } {
  const start = now;
  const times: number[] = [];
  return { ticker: startTicker(interval, () => times.push(now - start)), times };
}

function startTicker(interval: number, onTick: () => void): Ticker {
  return new Ticker(timers, interval, onTick);
}

test('the first tick comes one interval after the start, and then one every interval', () => {
  const { times } = recordTicks(1000);
  fire();
  fire();
  fire();
  expect(times).toEqual([1000, 2000, 3000]);
});

test('a tick that comes late doesn’t move the ones after it', () => {
  const { times } = recordTicks(1000);
  fire(50);
  fire(999);
  fire();
  expect(times).toEqual([1050, 2999, 3000]);
});

test('lateness doesn’t add up over a thousand ticks', () => {
  const { times } = recordTicks(33);
  for (let n = 1; n <= 1000; n += 1) fire(n % 7);
  expect(times).toHaveLength(1000);
  expect(times.at(-1)).toBe(33_000 + (1000 % 7));
});

test('after a stall the missed ticks are skipped, not sent in a burst, and the rhythm is kept', () => {
  const { times } = recordTicks(1000);
  fire();
  fire(10_500);
  fire();
  fire();
  expect(times).toEqual([1000, 12_500, 13_000, 14_000]);
});

test('a stall that ends right on a tick doesn’t bring that tick twice', () => {
  const { times } = recordTicks(1000);
  fire(3000);
  fire();
  expect(times).toEqual([4000, 5000]);
});

test('a timer that fires a little early doesn’t tick twice for the same n', () => {
  const { times } = recordTicks(10);
  fire(-0.5);
  fire(-0.5);
  fire();
  expect(times).toEqual([9.5, 20, 30]);
});

test('after stop, also a second one, no timer is left', () => {
  const { ticker } = recordTicks(1000);
  fire();
  ticker.stop();
  ticker.stop();
  expect(timer).toBeUndefined();
});

test('a tick may stop its own ticker', () => {
  let ticks = 0;
  const ticker: Ticker = startTicker(100, () => {
    ticks += 1;
    if (ticks === 2) ticker.stop();
  });
  fire();
  fire();
  expect(ticks).toBe(2);
  expect(timer).toBeUndefined();
});

test('tickers that are due within the same 2 ms share a timer, and none ticks early', () => {
  now += 0.5;
  const first = recordTicks(1000);
  now += 1;
  const second = recordTicks(1000);
  fire();
  expect(timersSet).toBe(2);
  expect(first.times).toEqual([1002]);
  expect(second.times).toEqual([1001]);
});

test('a ticker that is stopped leaves the others their timer', () => {
  const first = recordTicks(1000);
  const second = recordTicks(1000);
  first.ticker.stop();
  fire();
  expect(first.times).toEqual([]);
  expect(second.times).toEqual([1000]);
});

test('a ticker that is stopped by another one of the same timer doesn’t tick again', () => {
  const second: { stop?: () => void } = {};
  startTicker(1000, () => second.stop?.());
  const { ticker, times } = recordTicks(1000);
  second.stop = () => ticker.stop();
  fire();
  expect(times).toEqual([]);
});

test('a ticker that throws doesn’t prevent the others’ next tick', () => {
  const thrower = startTicker(1000, () => {
    throw new Error('no');
  });
  const { times } = recordTicks(1000);
  expect(() => fire()).toThrow('no');
  thrower.stop();
  fire();
  expect(times).toEqual([2000]);
});
