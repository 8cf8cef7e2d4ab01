import { expect, test } from 'vitest';
import { burstsOf } from '../../../src/analysis/evidence/bursts';
import { deliveriesOf } from '../../../src/analysis/evidence/deliveries';
import { gapsOf, longestOf, silenceOf } from '../../../src/analysis/evidence/gaps';
import { headerValue } from '../../../src/analysis/evidence/headerValues';
import { madeSpan } from '../../../src/analysis/evidence/madeTimes';
import { median } from '../../../src/analysis/evidence/median';
import { isStalled } from '../../../src/analysis/evidence/stalls';
import { connection, eventsAt, evidenceOf, head } from '../../support/evidence/evidence';
import { chunksAt } from '../../support/evidence/streamed';

test('chunks up to 5 ms apart are a burst', () => {
  const bursts = burstsOf(chunksAt([10, 15, 20, 26, 100]));
  expect(bursts.map(({ from, to, chunks }) => [from, to, chunks.length])).toEqual([
    [10, 20, 3],
    [26, 26, 1],
    [100, 100, 1],
  ]);
});

test('chunks that weren’t kept end a burst, and have no gap', () => {
  const chunks = chunksAt([10, 11, 12, 13]).map((chunk) =>
    chunk.number > 2 ? { ...chunk, number: 900 + chunk.number } : chunk,
  );
  expect(burstsOf(chunks)).toHaveLength(2);
  expect(gapsOf(chunks)).toEqual([
    { from: 10, to: 11 },
    { from: 12, to: 13 },
  ]);
});

test('the longest of no gaps is undefined, of equal ones the first', () => {
  expect(longestOf([])).toBeUndefined();
  expect(longestOf(gapsOf(chunksAt([0, 5, 10, 12])))).toEqual({ from: 0, to: 5 });
});

test('the silence begins with the last byte, or the head, and goes on to the end, or now', () => {
  expect(silenceOf(connection(), 1000)).toEqual({ from: 5, to: 1000 });
  const ended = connection({ chunks: chunksAt([70]), end: { at: 90, cause: 'cut', unfinished: false } });
  expect(silenceOf(ended, 1000)).toEqual({ from: 70, to: 90 });
  expect(silenceOf(connection({ head: undefined }), 1000)).toBeUndefined();
});

test('the median of an even count is the lower one', () => {
  expect([median([]), median([7]), median([9, 1, 5]), median([4, 3, 2, 1])]).toEqual([0, 7, 5, 2]);
});

test('a header is found by any case of its name, and several are joined', () => {
  const answer = connection({
    head: head({
      headers: [
        ['VIA', 'a'],
        ['via', 'b'],
      ],
    }),
  });
  expect([headerValue(answer, 'Via'), headerValue(answer, 'Age')]).toEqual(['a, b', undefined]);
});

test.each([
  ['up to a fifth of the time counts for nothing', { from: 1100, length: 20 }, false],
  ['more than a fifth counts', { from: 1100, length: 21 }, true],
  ['before the time counts for nothing', { from: 900, length: 99 }, false],
  ['that reaches into the time counts', { from: 900, length: 100 }, true],
  ['after the time counts for nothing', { from: 1101, length: 500 }, false],
])('a stall %s', (_, stall, expected) => {
  const stalled = connection({ requestedAt: 1000 });
  expect(isStalled(evidenceOf([stalled], { stalls: [stall] }), stalled, 0, 100)).toBe(expected);
});

test('events tell in which time they were made, in whole seconds one less', () => {
  const made = (...times: (number | undefined)[]) =>
    madeSpan(eventsAt(...times.map((_, index) => index)).map((event, index) => ({ ...event, madeAt: times[index] })));
  expect(made(1234, 1500, 3234)).toBe(2000);
  expect(made(1000, 2000, 4000)).toBe(2000);
  expect(made(1000, 1000)).toBe(0);
  expect(made(5000.5, 4000)).toBeUndefined();
  expect(made(1234, undefined, 3234)).toBeUndefined();
  expect(made()).toBeUndefined();
});

test('an event belongs to the last chunk that came before it was seen', () => {
  const seen = connection({ chunks: chunksAt([10, 20, 30]), events: eventsAt(10, 12, 31) });
  expect(deliveriesOf(seen).map(({ chunk, events }) => [chunk.at, events.map(({ at }) => at)])).toEqual([
    [10, [10, 12]],
    [20, []],
    [30, [31]],
  ]);
});
