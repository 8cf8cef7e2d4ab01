import { expect, test } from 'vitest';
import { encodeEntry, fieldsOf, MAX_ENTRY } from '../../../../src/server/redis/entries/entry';

/** Returns an entry as it is sent. */
function sent(...fields: string[]) {
  const { bytes, events } = encodeEntry({ id: '1-2', fields });
  return { text: Buffer.from(bytes).toString(), events };
}

test('data with any line end has a line for each', () => {
  expect(sent('data', 'a\r\nb\rc\n').text).toBe('id: 1-2\ndata: a\ndata: b\ndata: c\ndata: \n\n');
});

test('an entry without data sets the reconnection time and the id, and is no event', () => {
  expect(sent('retry', '100')).toEqual({ text: 'retry: 100\nid: 1-2\n\n', events: 0 });
  expect(sent('event', '')).toEqual({ text: 'id: 1-2\n\n', events: 0 });
});

test('no value of a field becomes another field', () => {
  expect(sent('event', 'a\rdata: b', 'data', 'c').text).toBe('id: 1-2\ndata: {"event":"a\\rdata: b","data":"c"}\n\n');
  expect(sent('data', 'a', 'retry', '1\ndata: b').text).toBe('id: 1-2\ndata: {"data":"a","retry":"1\\ndata: b"}\n\n');
  expect(sent('id', '7', 'data', 'a').text).toBe('id: 1-2\ndata: {"id":"7","data":"a"}\n\n');
});

test('an entry at the limit is sent, and one above it is told', () => {
  expect(sent('data', 'x'.repeat(MAX_ENTRY - 4)).text.length).toBeGreaterThan(MAX_ENTRY);
  expect(sent('data', 'x'.repeat(MAX_ENTRY - 3)).text).toBe(
    `event: omitted\nid: 1-2\ndata: The entry 1-2 has ${MAX_ENTRY + 1} bytes; at most ${MAX_ENTRY} of an entry are sent.\n\n`,
  );
});

test('an event becomes fields, and the same event again', () => {
  const fields = fieldsOf({ data: 'a', event: 'b', retry: 5 });
  expect(fields).toEqual(['event', 'b', 'retry', '5', 'data', 'a']);
  expect(sent(...fields).text).toBe('retry: 5\nevent: b\nid: 1-2\ndata: a\n\n');
});
