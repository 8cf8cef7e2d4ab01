// Where lines lie that may be higher than others.
import { expect, test } from 'vitest';
import { LineOffsets } from '../../../../src/webview/shared/lines/lineOffsets';
import { fuzz } from '../../../support/random/fuzz';

test('lines that were never measured are of one height', () => {
  const offsets = new LineOffsets(20);
  expect([0, 1, 1_000_000].map((place) => offsets.of(place))).toEqual([0, 20, 20_000_000]);
  expect([0, 19, 20, 20_000_000].map((offset) => offsets.at(offset))).toEqual([0, 0, 1, 1_000_000]);
});

test('a line that is higher moves those below it, until it is measured anew, or all are forgotten', () => {
  const offsets = new LineOffsets(20);
  offsets.measure(2, 100);
  expect([2, 3, 1000].map((place) => offsets.of(place))).toEqual([40, 140, 20_080]);
  expect([39, 40, 139, 140].map((offset) => offsets.at(offset))).toEqual([1, 2, 2, 3]);
  offsets.measure(2, 40);
  expect(offsets.of(3)).toBe(80);
  offsets.reset();
  expect(offsets.of(3)).toBe(60);
});

test('the first line may be any: what lies before it counts no more', () => {
  const offsets = new LineOffsets(10);
  for (const place of [5, 300, 600]) offsets.measure(place, 50);
  offsets.begin(301);
  expect([301, 601].map((place) => offsets.of(place))).toEqual([0, 3040]);
  expect(offsets.at(0)).toBe(301);
});

test('of too many measured lines, those farthest away are forgotten', () => {
  const offsets = new LineOffsets(10);
  for (let place = 0; place < 100_000; place += 1) offsets.measure(place, 20);
  const known = offsets.of(100_000) / 10 - 100_000;
  expect(known).toBeGreaterThanOrEqual(1000);
  expect(known).toBeLessThanOrEqual(2048);
  expect(offsets.of(100_000) - offsets.of(99_000)).toBe(20 * 1000);
});

test('each offset of a line leads back to it', async () => {
  await fuzz(100, (random) => {
    const offsets = new LineOffsets(10);
    const first = Math.floor(500 * random());
    offsets.begin(first);
    for (let n = 0; n < 50; n += 1) offsets.measure(first + Math.floor(700 * random()), 10 * Math.ceil(9 * random()));
    for (let place = first; place < first + 800; place += 1) {
      const places = [offsets.at(offsets.of(place)), offsets.at(offsets.of(place + 1) - 1)];
      if (places.some((other) => other !== place)) expect(places).toEqual([place, place]);
    }
  });
});
