// Reasons why the inspector's table has no rows.
import { expect, test } from 'vitest';
import type { HistoryState, InspectorStrings } from '../../../src/messages/inspector';
import { emptyText, type TableState } from '../../../src/webview/inspector/emptyText';

const names = ['searching', 'allPending', 'noMatch', 'giveUrl', 'connectToSend', 'noEventsYet', 'noEvents'] as const;
const strings = Object.fromEntries(names.map((name) => [name, name])) as unknown as InspectorStrings;

test.each<[Partial<HistoryState>, Partial<TableState>, string]>([
  [{ rows: 1, pending: 5, events: 6 }, {}, ''],
  [{}, {}, 'noEventsYet'],
  [{}, { state: 'waiting' }, 'noEventsYet'],
  [{}, { state: 'failed' }, 'noEvents'],
  [{}, { state: 'idle' }, 'giveUrl'],
  [{}, { state: 'idle', hasUrl: true }, 'connectToSend'],
  [{}, { state: 'idle', hasUrl: true, lost: 'gone' }, 'gone'],
  [{}, { state: 'connecting', hasUrl: true, lost: 'gone' }, 'noEventsYet'],
  [{}, { state: 'idle', hasUrl: true, isGone: true }, ''],
  [{}, { state: 'idle', isGone: true }, ''],
  [{ pending: 8, events: 8 }, {}, 'allPending'],
  [{ pending: 8, events: 8 }, { state: 'idle' }, 'allPending'],
  [{ pending: 8, events: 9 }, { isFiltering: true }, 'allPending'],
  // No button can show them any more.
  [{ pending: 8, events: 8 }, { isGone: true }, ''],
  [{ events: 8 }, { isFiltering: true }, 'noMatch'],
  [{ events: 8, pending: 1, searching: true }, { isFiltering: true }, 'searching'],
  [{ events: 8, searching: true }, { isFiltering: true, isGone: true }, ''],
])('a table of %j, with %j, says %j', (history, more, text) => {
  const told = { rows: 0, pending: 0, events: 0, searching: false, ...history } as HistoryState;
  const table = { history: told, state: 'open', hasUrl: false, isFiltering: false, isGone: false, ...more } as const;
  expect(emptyText(table, strings)).toBe(text);
});

test('before the first history, the table shows the state of the connection', () => {
  const told = { history: undefined, hasUrl: false, isFiltering: true, isGone: false };
  expect(emptyText({ ...told, state: 'connecting' }, strings)).toBe('noEventsYet');
  expect(emptyText({ ...told, state: 'idle' }, strings)).toBe('giveUrl');
});
