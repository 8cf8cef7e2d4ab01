import { expect, test } from 'vitest';
import { AskedValues, MAX_VALUE, MAX_VALUES, MAX_WRITTEN } from '../../../src/script/fill/askedValues';
import type { AskedNames } from '../../../src/script/fill/fill';
import { MAX_FILLED } from '../../../src/script/fill/filling';
import { filled } from '../../support/mock/filled';

const bodies = (body: unknown, ...pointers: string[][]) => valuesOf({ queries: [], pointers }, '', body).bodies;

function valuesOf(names: AskedNames, query: string, body?: unknown) {
  return new AskedValues(names, { query, body }).of(names);
}

/** Returns arrays within each other, as text. */
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('a value is cut at 64 KB of characters, never within a character', () => {
  expect(MAX_VALUE).toBe(65_536);
  const [whole, cut, divided] = bodies(
    ['x'.repeat(MAX_VALUE), 'x'.repeat(MAX_VALUE + 1), `${'x'.repeat(MAX_VALUE - 1)}😀`],
    ['0'],
    ['1'],
    ['2'],
  );
  expect(whole).toHaveLength(MAX_VALUE);
  expect(cut === whole).toBe(true);
  expect(divided).toHaveLength(MAX_VALUE - 1);
  const query = `a=${'%F0%9F%98%80'.repeat(40_000)}`;
  expect(valuesOf({ queries: ['a'], pointers: [] }, query).queries[0]).toHaveLength(MAX_VALUE);
});

test('a JSON value is cut as its text', () => {
  const list = Array.from({ length: 100_000 }, () => 1);
  expect(bodies({ list }, ['list'])[0] === JSON.stringify(list).slice(0, MAX_VALUE)).toBe(true);
});

test('all values of a request have 1 MB of characters; those beyond are empty', () => {
  const pointers = Array.from({ length: 20 }, (_, index) => [String(index)]);
  const found = bodies(Array(20).fill('x'.repeat(MAX_VALUE)), ...pointers);
  expect(found.map((value) => value.length)).toEqual([...Array(16).fill(MAX_VALUE), ...Array(4).fill(0)]);
  expect(found.join('')).toHaveLength(MAX_VALUES);
  // Behind a value that doesn't fit, all are empty.
  const queries = ['a', 'b', 'c'];
  const lengths = (...sizes: number[]) =>
    valuesOf(
      { queries, pointers },
      queries.map((name, index) => `${name}=${'x'.repeat(sizes[index] ?? 0)}`).join('&'),
      found,
    ).bodies.map((value) => value.length);
  expect(lengths(1, 1, 1)).toEqual([...Array(15).fill(MAX_VALUE), ...Array(5).fill(0)]);
});

test('of long JSON values, 2 MB are written: those beyond are empty, and texts aren’t', () => {
  const long = [['x'.repeat(MAX_WRITTEN / 2)]];
  const pointers = Array.from({ length: 4 }, (_, index) => [String(index)]);
  const found = bodies([long, long, long, 'text'], ...pointers);
  expect(found.map((value) => value.length)).toEqual([MAX_VALUE, MAX_VALUE, 0, 4]);
});

test('a JSON value of 500 levels is whole', () => {
  expect(bodies(JSON.parse(nested(500)), [])).toEqual([nested(500)]);
});

test('the values of a request in one step have 4 MB; those beyond are empty, and others aren’t', () => {
  const body = 'x'.repeat(MAX_VALUE);
  const fits = MAX_FILLED / MAX_VALUE;
  const sent = filled(`data: ${'{{body}},'.repeat(fits + 2)}{{n}}\n\n`, { body });
  expect(sent === `data: ${`${body},`.repeat(fits)},,1\n\n`).toBe(true);
  // In a string, a control character takes six bytes; outside of one, a line end takes seven.
  const most = MAX_FILLED + 7 * MAX_VALUE;
  expect(filled(`data: "${'{{body}}'.repeat(20)}"\n\n`, { body: '\u0001'.repeat(MAX_VALUE) }).length).toBeLessThan(
    most,
  );
  expect(filled(`data: ${'{{body}}'.repeat(20)}\n\n`, { body: '\n'.repeat(MAX_VALUE) }).length).toBeLessThan(most);
});
