// Reasons why the inspector's table has no rows.
import { expect, test } from 'vitest';
import type { HistoryState, InspectorStrings } from '../../../src/messages/inspector';
import { emptyText, type TableState } from '../../../src/webview/inspector/emptyText';

const names = ['searching', 'allHeld', 'noMatch', 'giveUrl', 'connectToSend', 'noEventsYet', 'noEvents'] as const;
const strings = Object.fromEntries(names.map((name) => [name, name])) as unknown as InspectorStrings;

test.each<[Partial<HistoryState>, Partial<TableState>, string]>([
  [{ rows: 1, held: 5, events: 6 }, {}, ''],
  [{}, {}, 'noEventsYet'],
  [{}, { state: 'waiting' }, 'noEventsYet'],
  [{}, { state: 'failed' }, 'noEvents'],
  [{}, { state: 'idle' }, 'giveUrl'],
  [{}, { state: 'idle', hasUrl: true }, 'connectToSend'],
  [{}, { state: 'idle', hasUrl: true, isGone: true }, ''],
  [{}, { state: 'idle', isGone: true }, ''],
  [{ held: 8, events: 8 }, {}, 'allHeld'],
  [{ held: 8, events: 8 }, { state: 'idle' }, 'allHeld'],
  [{ held: 8, events: 9 }, { isFiltering: true }, 'allHeld'],
  // No button can show them any more.
  [{ held: 8, events: 8 }, { isGone: true }, ''],
  [{ events: 8 }, { isFiltering: true }, 'noMatch'],
  [{ events: 8, held: 1, searching: true }, { isFiltering: true }, 'searching'],
  [{ events: 8, searching: true }, { isFiltering: true, isGone: true }, ''],
])('a table of %j, with %j, says %j', (history, more, text) => {
  const told = { rows: 0, held: 0, events: 0, searching: false, ...history } as HistoryState;
  const table = { history: told, state: 'open', hasUrl: false, isFiltering: false, isGone: false, ...more } as const;
  expect(emptyText(table, strings)).toBe(text);
});

test('before the first history, the table shows the state of the connection', () => {
  const told = { history: undefined, hasUrl: false, isFiltering: true, isGone: false };
  expect(emptyText({ ...told, state: 'connecting' }, strings)).toBe('noEventsYet');
  expect(emptyText({ ...told, state: 'idle' }, strings)).toBe('giveUrl');
});
