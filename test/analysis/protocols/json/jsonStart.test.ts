import { expect, test } from 'vitest';
import type { Json } from '../../../../src/analysis/protocols/json/json';
import { jsonStart } from '../../../../src/analysis/protocols/json/jsonStart';

test.each<Json>([null, true, 1.5, 'a"b', [], {}, [1, 'b', [null]], { a: { b: [1, {}] }, c: 'd' }])(
  'a short value is written whole: %j',
  (value) => {
    expect(jsonStart(value)).toBe(JSON.stringify(value));
  },
);

test('of a long value, as much is written as a row shows, whatever is long in it', () => {
  const long = [
    'x'.repeat(1e6),
    Array.from({ length: 1e6 }, () => 0),
    { ['y'.repeat(1e6)]: { ['z'.repeat(1e6)]: [[1]] } },
  ];
  for (const value of [...long, long]) {
    const start = jsonStart(value);
    expect(start.slice(0, 150)).toBe(JSON.stringify(value).slice(0, 150));
    expect(start.length).toBeLessThan(1200);
  }
  expect(jsonStart(JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)).length).toBeLessThan(1200);
});
