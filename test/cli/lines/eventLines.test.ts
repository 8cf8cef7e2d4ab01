import { expect, test } from 'vitest';
import { eventLine, eventRow, jsonLine, reconnectRow } from '../../../src/cli/lines/eventLines';

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

test('tabs in a type or an id are ␉, so that what a server sends stays in its column', () => {
  for (const isTerminal of [true, false])
    expect(eventLine({ ...EVENT, event: 'a\t9', id: '1\t2' }, isTerminal)).toBe('03:04:05.006\ta␉9\t1␉2\tb');
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

test('a row repeats no lastEventId that takes more than 8,000 characters in JSON; its own id is whole', () => {
  const idsOf = (id: string) => eventRow({ ...EVENT, id, lastEventId: id });
  expect(idsOf('x'.repeat(8000))).toMatchObject({ id: 'x'.repeat(8000), lastEventId: 'x'.repeat(8000) });
  for (const id of ['x'.repeat(8001), '\x01'.repeat(1400), '"'.repeat(4001)])
    expect(idsOf(id)).toMatchObject({ id, lastEventId: null });
  const reconnect = { number: 1, delay: 100, reason: 'It ended.', lastEventId: 'x'.repeat(8001) };
  expect(reconnectRow(reconnect)).toEqual({ reconnect: { ...reconnect, lastEventId: null } });
});

test('a row says how much was left out of a large event, and only then', () => {
  expect([eventRow(EVENT), eventRow({ ...EVENT, omitted: 5 })]).toEqual([EVENT, { ...EVENT, omitted: 5 }]);
});
