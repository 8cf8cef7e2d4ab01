import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type EventFilter, HistoryView } from '../../../src/client/history/historyView';
import { historyOf, record } from '../../support/client/recorded';

const numbers = (view: HistoryView) => Array.from({ length: view.rows }, (_, row) => view.at(row)?.number);
/** Resolves when the existing events have been searched. */
async function searched(view: HistoryView): Promise<void> {
  while (view.searching) await setImmediate();
}

const ALL: EventFilter = { event: '', text: '', isRegExp: false };
/** Expression that backtracks excessively for a text of many "a" with another end. */
const ENDLESS: EventFilter = { ...ALL, text: '(a+)+$', isRegExp: true };
const TRAP = `data: ${'a'.repeat(40)}!\n\n`;

test('each event has a row without a filter', () => {
  const view = new HistoryView(historyOf('data: a\n\n'.repeat(3)), () => {});
  expect(numbers(view)).toEqual([1, 2, 3]);
});

test('a filter passes events with the text in data, type or id, case-insensitively, also those that come later', async () => {
  const history = historyOf('data: Alpha\n\ndata: b\n\nevent: alphabet\ndata: c\n\nid: ALPHA\ndata: d\n\n');
  const view = new HistoryView(history, () => {});
  view.filter({ ...ALL, text: 'alpha' });
  await searched(view);
  expect(numbers(view)).toEqual([1, 3, 4]);
  record(history, 'data: no\n\ndata: alpha\n\n');
  view.update();
  await searched(view);
  expect(numbers(view)).toEqual([1, 3, 4, 6]);
  view.filter({ ...ALL, event: 'alphabet' });
  await searched(view);
  expect(numbers(view)).toEqual([3]);
  view.filter(ALL);
  await searched(view);
  expect(numbers(view)).toEqual([1, 2, 3, 4, 5, 6]);
  await setImmediate();
});

test('events of hidden types have no row; the default type can be hidden, too', async () => {
  const history = historyOf('data: a\n\nevent: tick\ndata: b\n\nevent: order\ndata: c\n\n');
  const view = new HistoryView(history, () => {});
  view.filter({ ...ALL, hidden: ['tick'] });
  await searched(view);
  expect(numbers(view)).toEqual([1, 3]);
  view.filter({ ...ALL, hidden: ['tick', 'message'] });
  await searched(view);
  expect(numbers(view)).toEqual([3]);
});

test('a type that is too long for a row is known by as much of it as the row shows', async () => {
  const [long, shown] = ['x'.repeat(1001), 'x'.repeat(1000)];
  const history = historyOf(`event: ${long}\ndata: a\n\nevent: ${shown.slice(1)}\ndata: b\n\n`);
  const view = new HistoryView(history, () => {});
  view.filter({ ...ALL, event: shown });
  await searched(view);
  expect(numbers(view)).toEqual([1]);
  view.filter({ ...ALL, hidden: [shown] });
  await searched(view);
  expect(numbers(view)).toEqual([2]);
});

test('a regular expression is applied and a plain text isn’t one; an invalid one is an error that keeps the previous filter', async () => {
  const view = new HistoryView(historyOf('data: a.b\n\ndata: axb\n\n'), () => {});
  view.filter({ ...ALL, text: 'a.b' });
  await searched(view);
  expect(numbers(view)).toEqual([1]);
  view.filter({ ...ALL, text: '^a.b$', isRegExp: true });
  await searched(view);
  expect(numbers(view)).toEqual([1, 2]);
  expect(() => view.filter({ ...ALL, text: '(', isRegExp: true })).toThrow(SyntaxError);
  expect(numbers(view)).toEqual([1, 2]);
});

test('a pause makes new rows pending while the history goes on; resuming shows them', async () => {
  const history = historyOf('data: a\n\n');
  const view = new HistoryView(history, () => {});
  view.pause(true);
  record(history, 'data: b\n\n'.repeat(4));
  view.update();
  await searched(view);
  expect([view.rows, view.pending, history.count]).toEqual([1, 4, 5]);
  view.pause(false);
  expect([view.rows, view.pending]).toEqual([5, 0]);
});

test('evicted rows are counted by what the filter passes; another filter makes another generation', async () => {
  const history = historyOf('data: a\n\ndata: b\n\n'.repeat(5), { maxEvents: 12 });
  const view = new HistoryView(history, () => {});
  const before = view.generation;
  record(history, 'data: b\n\n'.repeat(6));
  expect([view.evicted, view.at(0)?.number, view.generation]).toEqual([4, 5, before]);
  view.filter({ ...ALL, text: 'a' });
  await searched(view);
  expect(view.generation).not.toBe(before);
  const lost = view.evicted;
  record(history, 'data: b\n\n'.repeat(2));
  expect([view.evicted - lost, view.at(0)?.number]).toEqual([1, 7]);
});

test('a text is found near the beginning of a large event, and not searched for further on', async () => {
  const view = new HistoryView(historyOf(`data: begin${'é'.repeat(1_000_000)}end\n\n`), () => {});
  view.filter({ ...ALL, text: 'begin' });
  await searched(view);
  expect(numbers(view)).toEqual([1]);
  view.filter({ ...ALL, text: 'end' });
  await searched(view);
  expect(numbers(view)).toEqual([]);
});

test('an endless regular expression is removed and reported; the chosen type stays', async () => {
  const history = historyOf(`data: b\n\nevent: e\n${TRAP}`);
  let told = 0;
  const view = new HistoryView(history, () => {});
  view.filter(ENDLESS, () => {
    told += 1;
  });
  await searched(view);
  expect([told, numbers(view)]).toEqual([1, [1, 2]]);
  view.filter({ ...ENDLESS, event: 'e' }, () => {
    told += 1;
  });
  await searched(view);
  expect([told, numbers(view)]).toEqual([2, [2]]);
});

test('an expression that only later events make slow is removed, too; events after that have their rows', async () => {
  const history = historyOf('data: a\n\ndata: b\n\n');
  let told = 0;
  const view = new HistoryView(history, () => {});
  view.filter(ENDLESS, () => {
    told += 1;
  });
  const { generation } = view;
  expect(numbers(view)).toEqual([1]);
  record(history, TRAP);
  view.update();
  await searched(view);
  record(history, 'data: c\n\n');
  view.update();
  expect([told, numbers(view)]).toEqual([1, [1, 2, 3, 4]]);
  expect(view.generation).not.toBe(generation);
});

const MANY = 'a'.repeat(9_000_000);

test.each([
  ['an id', `id:${MANY}\ndata:x\n\n`],
  ['a type', `event:${MANY}\ndata:x\n\n`],
  ['data', `data:${MANY}\n\n`],
  ['lines of data', `${`data:${'a'.repeat(99)}\n`.repeat(90_000)}\n`],
])('no expression throws on %s of 9 MB: each is searched for in the beginning, or given up', async (_, stream) => {
  for (const text of ['(a|b)+c', '^(.|\\s)*foo']) {
    const history = historyOf('data: foo\n\n');
    const view = new HistoryView(history, () => {});
    let told = 0;
    view.filter({ ...ALL, text, isRegExp: true }, () => {
      told += 1;
    });
    record(history, stream);
    view.update();
    await searched(view);
    expect(told).toBeLessThanOrEqual(1);
    const found = text.endsWith('foo') ? [1] : [];
    expect(numbers(view)).toEqual(told > 0 ? [1, 2] : found);
  }
});

test('an expression that the engine refuses when created or used is reported; the view goes on', async () => {
  // Expression with so many steps that it overflows the engine's stack, written so that the engine sees no repetition.
  const text = '((b*){30000}){30000}';
  const history = historyOf('data: a\n\n');
  const view = new HistoryView(history, () => {});
  let refused = 0;
  const refuse = () => {
    refused += 1;
  };
  try {
    view.filter({ ...ALL, text, isRegExp: true }, refuse);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    refuse();
  }
  await searched(view);
  record(history, 'data: b\n\n');
  view.update();
  await searched(view);
  expect([refused, numbers(view)]).toEqual([1, [1, 2]]);
});

test('an error of an expression counts as too slow, at once or later: the view shows all rows, and reports it once', async () => {
  const history = historyOf('data: a\n\n');
  let throws = false;
  const data = history.data.bind(history);
  history.data = (...args) => {
    if (throws) throw new RangeError('Maximum call stack size exceeded');
    return data(...args);
  };
  for (const later of [true, false]) {
    const view = new HistoryView(history, () => {});
    let told = 0;
    throws = !later;
    view.filter({ ...ALL, text: 'no' }, () => {
      told += 1;
    });
    throws = true;
    record(history, 'data: b\n\n');
    view.update();
    await searched(view);
    expect([told, view.rows]).toEqual([1, history.count]);
  }
});
