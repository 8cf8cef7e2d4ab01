import { expect, test } from 'vitest';
import type { Addition } from '../../../src/analysis/protocols/model/result';
import { RowAdditions } from '../../../src/client/results/rowAdditions';

function addition(event: number, more: Partial<Addition>): Addition {
  return { event, result: 0, item: 0, kind: 'text', text: '', ...more };
}

test.each([
  [{ text: ' the' }, '+" the"'],
  [{ text: 'a\nb' }, '+"a\\nb"'],
  [{ text: 'all', replaces: true as const }, '="all"'],
  [{ kind: 'reasoning' as const, text: 'Hm' }, 'reasoning +"Hm"'],
  [{ kind: 'tool' as const, name: 'tide', text: '{"po' }, 'tool tide: {"po'],
  [{ kind: 'tool' as const, name: 'tide' }, 'tool tide'],
  [{ kind: 'error' as const, name: '529', text: 'Overloaded' }, 'error 529: Overloaded'],
])('a piece %j is shown as %s', (more, text) => {
  const rows = new RowAdditions();
  rows.add(addition(1, more));
  expect(rows.get(1)?.text).toBe(text);
});

test('a call that begins together with its first arguments is shown once', () => {
  const rows = new RowAdditions();
  rows.add(addition(1, { kind: 'tool', name: 'tide' }));
  rows.add(addition(1, { kind: 'tool', name: 'tide', text: '{"po' }));
  expect(rows.get(1)?.text).toBe('tool tide: {"po');
});

test('of an event’s pieces the first three are shown, each with its beginning', () => {
  const rows = new RowAdditions();
  for (let n = 0; n < 100; n += 1) rows.add(addition(1, { text: 'x'.repeat(1_000_000) }));
  expect(rows.get(1)?.text).toBe(`${`+"${'x'.repeat(60)}…" `.repeat(3)}…`);
});

test('an error makes its row one of an error', () => {
  const rows = new RowAdditions();
  rows.add(addition(1, { text: 'a' }));
  rows.add(addition(1, { kind: 'error', text: 'b', item: -1 }));
  expect(rows.get(1)).toMatchObject({ isError: true, at: [0, 0] });
});

test('of too many events the latest are known', () => {
  const rows = new RowAdditions(3);
  for (let event = 1; event <= 4; event += 1) rows.add(addition(event, { text: 'a' }));
  expect([1, 2, 4].map((event) => rows.get(event)?.text)).toEqual([undefined, '+"a"', '+"a"']);
});
