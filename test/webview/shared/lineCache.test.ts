import { beforeEach, expect, test } from 'vitest';
import { LineCache, type LineRange } from '../../../src/webview/shared/lineCache';

/** Number of lines that are requested before and after the wanted ones. */
const MARGIN = 50;

let asked: { generation: number; from: number; to: number }[];
let cache: LineCache<string>;

beforeEach(() => {
  asked = [];
  cache = new LineCache((generation, from, to) => asked.push({ generation, from, to }));
  cache.update(0);
});

const all = (end: number, first = 0): LineRange => ({ first, end });

/** Makes the extension send the lines from one position to another. */
function give(from: number, to: number, generation = 0): boolean {
  const lines = Array.from({ length: to - from }, (_, offset) => `${generation}:${from + offset}`);
  return cache.receive(generation, from, lines);
}

test('missing lines are requested, with a margin, and available when they have arrived', () => {
  cache.requestMissing(100, 120, all(1000));
  expect(asked).toEqual([{ generation: 0, from: 100 - MARGIN, to: 120 + MARGIN }]);
  expect(cache.get(110)).toBeUndefined();
  give(50, 170);
  expect([cache.get(49), cache.get(50), cache.get(169), cache.get(170)]).toEqual([
    undefined,
    '0:50',
    '0:169',
    undefined,
  ]);
});

test('no lines are requested that don’t exist', () => {
  cache.requestMissing(20, 40, all(45, 10));
  expect(asked).toEqual([{ generation: 0, from: 10, to: 45 }]);
});

test('there is one request at a time', () => {
  cache.requestMissing(0, 20, all(1000));
  cache.requestMissing(500, 520, all(1000));
  expect(asked).toHaveLength(1);
  give(0, 70);
  cache.requestMissing(500, 520, all(1000));
  expect(asked).toHaveLength(2);
});

test('cached lines aren’t requested again, nor is the margin alone', () => {
  give(100, 200);
  cache.requestMissing(100, 200, all(1000));
  expect(asked).toEqual([]);
  cache.requestMissing(190, 210, all(1000));
  expect(asked).toEqual([{ generation: 0, from: 200, to: 210 + MARGIN }]);
});

test('while new lines come, each is requested once', () => {
  for (let end = 20; end <= 2000; end += 20) {
    cache.update(0);
    cache.requestMissing(end - 20, end, all(end));
    const { from, to } = asked.at(-1) ?? { from: 0, to: 0 };
    give(from, to);
  }
  expect(asked.map(({ from, to }) => to - from)).toEqual(Array(100).fill(20));
  expect(cache.get(1999)).toBe('0:1999');
});

test('after an empty response there is no request until there may be more', () => {
  cache.requestMissing(0, 20, all(100));
  give(0, 0);
  cache.requestMissing(0, 20, all(100));
  expect(asked).toHaveLength(1);
  cache.update(0);
  cache.requestMissing(0, 20, all(100));
  expect(asked).toHaveLength(2);
});

test('in another generation all lines are requested again, and a response of the previous one is ignored', () => {
  give(0, 50);
  cache.requestMissing(40, 60, all(100));
  cache.update(1);
  expect(cache.get(40)).toBeUndefined();
  cache.requestMissing(40, 60, all(100));
  expect(asked.at(-1)).toEqual({ generation: 1, from: 0, to: 100 });
  expect(give(0, 100, 0)).toBe(false);
  expect(cache.get(40)).toBeUndefined();
  expect(give(0, 100, 1)).toBe(true);
  expect(cache.get(40)).toBe('1:40');
});

test('a changed line is requested again', () => {
  give(0, 100);
  cache.forget(99);
  cache.requestMissing(90, 100, all(100));
  expect(asked).toEqual([{ generation: 0, from: 99, to: 100 }]);
});

test('of many lines, those around the latest ones are kept', () => {
  for (let from = 0; from < 10_000; from += 100) give(from, from + 100);
  expect([cache.get(0), cache.get(8000), cache.get(9999)]).toEqual([undefined, undefined, '0:9999']);
  give(0, 100);
  expect([cache.get(50), cache.get(9999)]).toEqual(['0:50', undefined]);
});

test('the end of the newest lines follows that many consecutive ones', () => {
  give(0, 100);
  expect(cache.endOfNewest(20, all(100))).toBe(100);
  expect(cache.endOfNewest(20, all(150))).toBe(100);
  give(110, 120);
  expect(cache.endOfNewest(20, all(150))).toBe(100);
  expect(cache.endOfNewest(10, all(150))).toBe(120);
});

test('evicted lines, or lines that are too old, are not the newest', () => {
  give(0, 100);
  expect(cache.endOfNewest(20, all(200, 90))).toBeUndefined();
  expect(cache.endOfNewest(20, all(5000))).toBeUndefined();
  expect(cache.endOfNewest(20, all(0))).toBeUndefined();
});

test('renewed lines stay, also empty ones, until they have come again', () => {
  const asked: [number, number][] = [];
  const cache = new LineCache<string>((_generation, from, to) => asked.push([from, to]));
  cache.update(1);
  cache.receive(1, 0, ['a', '', 'c']);
  cache.renew();
  expect([cache.get(0), cache.get(1), cache.endOfNewest(3, { first: 0, end: 3 })]).toEqual(['a', '', 3]);
  cache.requestMissing(0, 3, { first: 0, end: 3 });
  expect(asked).toEqual([[0, 3]]);
  cache.receive(1, 0, ['A', '', 'C']);
  expect([cache.get(0), cache.get(2)]).toEqual(['A', 'C']);
});
