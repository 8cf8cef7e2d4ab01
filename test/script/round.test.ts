import { expect, test } from 'vitest';
import { NO_DELAYS } from '../../src/script/delays';
import { Round } from '../../src/script/round';
import { newScript } from '../support/mock/newScript';

/** Two events and 1 s a round, played at twice its speed. */
const SCRIPT = newScript('data: a\n\ndata: b\n\n:@ wait 1s\n:@ loop\ndata: never\n\n');
const LOOP = SCRIPT.loop ?? -1;
const round = (number: number, start: number) => new Round(SCRIPT, { round: number, start }, 2, NO_DELAYS);

test('a round follows the one before, at its end, however late that is noticed, up to a second', () => {
  for (const now of [1500, 1600, 2500])
    for (const isShared of [false, true])
      expect(round(3, 1000).next(LOOP, now, isShared)).toEqual({ round: 4, start: 1500 });
});

test('rounds that are over when a machine wakes up are skipped, and have numbers only where all share a timeline', () => {
  expect(round(3, 1000).next(LOOP, 4100, true)).toEqual({ round: 9, start: 4000 });
  expect(round(3, 1000).next(LOOP, 4100, false)).toEqual({ round: 4, start: 4000 });
});

test('the events before a round are those of all rounds before it, without any behind the loop', () => {
  expect([0, 1, 7].map((number) => round(number, 0).eventsBefore)).toEqual([0, 2, 14]);
});
