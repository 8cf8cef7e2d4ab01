import { expect, test } from 'vitest';
import { SteadyClock } from '../../../src/client/timeline/steadyClock';

const HOUR = 3_600_000;

test('a time that is set back goes on from where it was, however often', () => {
  const clock = new SteadyClock();
  expect(clock.now(5 * HOUR, 100)).toBe(5 * HOUR);
  expect(clock.now(5 * HOUR + 50, 150)).toBe(5 * HOUR + 50);
  expect(clock.now(4 * HOUR, 160)).toBe(5 * HOUR + 60);
  expect(clock.now(4 * HOUR + 30, 190)).toBe(5 * HOUR + 90);
  expect(clock.now(0, 200)).toBe(5 * HOUR + 100);
  expect(clock.now(1000, 1200)).toBe(5 * HOUR + 1100);
});

test('a time that is set forward, as after a sleep, is told', () => {
  const clock = new SteadyClock();
  clock.now(HOUR, 100);
  expect(clock.now(9 * HOUR, 110)).toBe(9 * HOUR);
});

test('a small step back is only waited for', () => {
  const clock = new SteadyClock();
  clock.now(HOUR, 100);
  expect([clock.now(HOUR - 900, 110), clock.now(HOUR + 10, 1020)]).toEqual([HOUR, HOUR + 10]);
});
