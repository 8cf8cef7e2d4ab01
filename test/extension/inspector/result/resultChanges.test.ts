import { expect, test } from 'vitest';
import type { ResultItem, StreamResult } from '../../../../src/analysis/protocols/model/result';
import { ResultChanges } from '../../../../src/extension/inspector/result/resultChanges';
import type { ResultChange } from '../../../../src/messages/results';
import { OwnClock } from '../../../support/time/ownTime';

function result(items: ResultItem[], more: Partial<StreamResult> = {}): StreamResult {
  const timing = { firstEventAfter: 1, duration: 0, eventsPerSecond: 0 };
  return { protocol: 'openai-chat', items, usage: {}, complete: false, problems: [], timing, ...more };
}

/** Takes changes until none are left: on a busy machine they are made a few at a time. */
function takeAll(changes: ResultChanges, results: StreamResult[]): ResultChange[] {
  const taken = changes.take(results, false, 0);
  while (changes.isBehind) taken.push(...changes.take(results, false, 0));
  return taken;
}

const text = (said: string, last: number): ResultItem => ({ kind: 'text', text: said, events: [1, last] });

test('a text is sent as what was added to it, and nothing if nothing has changed', () => {
  const changes = new ResultChanges();
  expect(changes.take([result([text('Ebb', 1)])], false, 0)[0]?.items[0]?.text).toEqual({ from: 0, text: 'Ebb' });
  const grown = [result([text('Ebb and flow', 2)])];
  expect(changes.take(grown, false, 100)).toMatchObject([
    { index: 0, items: [{ index: 0, text: { from: 3, text: ' and flow' } }] },
  ]);
  expect(changes.take(grown, false, 200)).toEqual([]);
});

test('a text that is another is sent anew', () => {
  const changes = new ResultChanges();
  changes.take([result([text('Ebb', 1)])], false, 0);
  expect(changes.take([result([text('Flow', 2)])], false, 1)[0]?.items[0]?.text).toEqual({ from: 0, text: 'Flow' });
});

test('facts are sent only when they differ', () => {
  const changes = new ResultChanges();
  expect(changes.take([result([])], false, 0)[0]?.facts).toMatchObject({ protocol: 'OpenAI Chat Completions' });
  expect(changes.take([result([])], false, 1)).toEqual([]);
  expect(changes.take([result([], { model: 'm' })], false, 2)[0]?.facts).toMatchObject({ model: 'm' });
});

test('arguments are pretty JSON once they are whole, also if only the end made them so', () => {
  const changes = new ResultChanges();
  const call = (value: ResultItem['arguments']): ResultItem => ({
    kind: 'tool',
    name: 'n',
    arguments: value ?? '',
    events: [1, 1],
  });
  expect(changes.take([result([call('{"a"')])], false, 0)[0]?.items[0]).toMatchObject({
    isWhole: false,
    value: { text: '{}' },
  });
  const [change] = changes.take([result([call({ a: 1 })])], true, 1);
  expect(change?.items[0]).toMatchObject({ isWhole: true, value: { from: 0, text: '{\n  "a": 1\n}' } });
});

test('arguments that are cut off are shown as they came, and not as what they might have become', () => {
  const changes = new ResultChanges();
  const call = (events: [number, number]): ResultItem => ({ kind: 'tool', arguments: '{"port":"Em', events });
  const value = (isOver: boolean) => changes.take([result([call([1, 1])])], isOver, 0)[0]?.items[0]?.value;
  expect(value(false)?.text).toBe('{\n  "port": "Em"\n}');
  expect(value(true)).toEqual({ from: 0, text: '{"port":"Em' });
});

test('a thousand calls that grow are sent some at a time, each of which takes little, until all are whole', () => {
  const changes = new ResultChanges();
  const calls = (last: number) =>
    Array.from(
      { length: 1000 },
      (_, at): ResultItem => ({
        kind: 'tool',
        arguments: `{"n":${at},"a":"x"${' '.repeat(16_000)},"b`,
        events: [1, last],
      }),
    );
  const sent = new Map<number, string>();
  const take = (last: number, isOver: boolean) => {
    const clock = new OwnClock();
    for (const { index, value } of changes.take([result(calls(last))], isOver, last)[0]?.items ?? [])
      if (value) sent.set(index, value.text);
    return clock.lap();
  };
  const times = [take(1, false)];
  expect(changes.isBehind).toBe(true);
  while (changes.isBehind) times.push(take(1, false));
  expect(sent.size).toBe(1000);
  times.push(take(2, true));
  while (changes.isBehind) times.push(take(2, true));
  // The text of all at once took 1.5 s.
  expect(Math.max(...times)).toBeLessThan(500);
});

test('calls that stand first and grow each time leave time for those behind them', () => {
  const changes = new ResultChanges();
  const call = (at: number, last: number): ResultItem => ({
    kind: 'tool',
    arguments: `{"n":${at},"last":${last},"a":[${'1,'.repeat(100_000)}1,`,
    events: [1, last],
  });
  const sent = new Set<number>();
  for (let last = 1; last <= 60 && !sent.has(29); last += 1) {
    const calls = Array.from({ length: 30 }, (_, at) => call(at, at < 25 ? last : 1));
    for (const { index } of changes.take([result(calls)], false, last * 2000)[0]?.items ?? []) sent.add(index);
  }
  expect([...sent].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at));
});

test('the page gets one megabyte of text and no more', () => {
  const changes = new ResultChanges();
  const long = 'x'.repeat(700_000);
  const taken = takeAll(changes, [result([text(long, 1), text(long, 2), text('late', 3)])]);
  const items = taken.flatMap(({ items }) => items);
  expect(items.map(({ text }) => text?.text.length ?? 0)).toEqual([700_000, 1024 * 1024 - 700_000, 0]);
  expect([changes.isCut, items.map(({ isCut }) => isCut)]).toEqual([true, [false, true, true]]);
});

test('the page gets the first items and results', () => {
  const changes = new ResultChanges({ items: 3, results: 2 });
  const two = result([text('a', 1), text('b', 2)]);
  const counts = [0, 0, 0];
  for (const { index, items } of takeAll(changes, [two, two, two])) counts[index] = (counts[index] ?? 0) + items.length;
  expect(counts).toEqual([2, 1, 0]);
  expect(changes.isCut).toBe(true);
});

test('a large document is sent once a second, and at the end', () => {
  const changes = new ResultChanges();
  const at = (n: number): StreamResult[] => [
    result([{ kind: 'document', arguments: { n, long: 'x'.repeat(40_000) }, events: [1, n] }]),
  ];
  const sent = (n: number, now: number, isOver = false) =>
    changes.take(at(n), isOver, now)[0]?.items[0]?.value !== undefined;
  expect([sent(1, 0), sent(2, 100), sent(3, 900), sent(3, 1000), sent(4, 1100, true)]).toEqual([
    true,
    false,
    false,
    true,
    true,
  ]);
});

test('a document that is too large is not shown', () => {
  const changes = new ResultChanges();
  const large = [result([{ kind: 'document', arguments: 'x'.repeat(1_000_000), events: [1, 1] }])];
  expect(changes.take(large, false, 0)[0]?.items[0]).toMatchObject({ value: undefined, isCut: true });
});

test('problems of one code are one, with their events', () => {
  const problems = [1, 2].map((event) => ({ code: 'notJson' as const, event }));
  const [change] = new ResultChanges().take(
    [result([], { problems: [...problems, { code: 'lost', event: 3 }] })],
    false,
    0,
  );
  expect(change?.facts?.problems).toEqual([
    { code: 'notJson', events: [1, 2] },
    { code: 'lost', events: [3] },
  ]);
});
