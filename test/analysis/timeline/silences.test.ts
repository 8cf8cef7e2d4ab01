import { expect, test } from 'vitest';
import { Silences } from '../../../src/analysis/timeline/silences';

test('a silence of a quarter of a second is kept, and one that is shorter is only counted', () => {
  const silences = new Silences();
  silences.add({ from: 100, to: 349 });
  expect([silences.within(0, 1000), silences.longest]).toEqual([[], 249]);
  silences.add({ from: 349, to: 599 });
  expect([silences.within(0, 1000), silences.longest]).toEqual([[{ from: 349, to: 599 }], 250]);
});
