import { expect, test } from 'vitest';
import { eventLine, eventRow, jsonLine } from '../../src/cli/eventLines';

const EVENT = {
  time: new Date(2027, 0, 2, 3, 4, 5, 6).getTime(),
  event: 'a',
  data: 'b',
  id: '1',
  lastEventId: '1',
  size: 9,
};

test('the time is the local time of day', () => {
  expect(eventLine(EVENT, false)).toBe('03:04:05.006\ta\t1\tb');
});

test('on a terminal, each character that could steer it is made visible', () => {
  const event = { ...EVENT, event: 'a\x1b[2J', id: '1\u202e', data: 'é\nx\t\x07\u009b' };
  expect(eventLine(event, true)).toBe('03:04:05.006\ta␛[2J\t1⟨U+202E⟩\té␊x␉␇⟨U+009B⟩');
});

test('elsewhere, only line ends are replaced', () => {
  const data = 'é\nx\t\x07\u009b\u202e';
  expect(eventLine({ ...EVENT, data }, false)).toBe(`03:04:05.006\ta\t1\t${data.replace('\n', '␊')}`);
});

test('an event without an id has an empty column', () => {
  expect(eventLine({ ...EVENT, id: null }, true)).toBe('03:04:05.006\ta\t\tb');
});

test('on a terminal, data is shortened behind 5,000 characters, and no character is cut in two', () => {
  const dataOf = (line: string) => line.split('\t')[3];
  expect(dataOf(eventLine({ ...EVENT, data: 'x'.repeat(5000) }, true))).toBe('x'.repeat(5000));
  expect(dataOf(eventLine({ ...EVENT, data: 'x'.repeat(5001) }, true))).toBe(`${'x'.repeat(5000)}…`);
  expect(dataOf(eventLine({ ...EVENT, data: `${'x'.repeat(4999)}😀` }, true))).toBe(`${'x'.repeat(4999)}…`);
  expect(dataOf(eventLine({ ...EVENT, data: 'x'.repeat(5001) }, false))).toBe('x'.repeat(5001));
});

test('a row has the data exactly; on a terminal, as an escape that means the same', () => {
  const row = eventRow({ ...EVENT, data: '\u202e\x7f\u{1f600}' });
  expect(jsonLine(row, false)).toContain('\u202e');
  expect(jsonLine(row, true)).not.toMatch(/[\u202e\x7f]/);
  expect(JSON.parse(jsonLine(row, true))).toEqual(row);
});

test('a row says how much was left out of a large event, and only then', () => {
  expect([eventRow(EVENT), eventRow({ ...EVENT, omitted: 5 })]).toEqual([EVENT, { ...EVENT, omitted: 5 }]);
});
