import { expect, test } from 'vitest';
import { encodeEntry, fieldsOf, MAX_ENTRY, MAX_FIELDS } from '../../../../src/server/redis/entries/entry';
import { EventStreamParser } from '../../../../src/stream/parse';
import { fuzz } from '../../../support/random/fuzz';

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

test('one name thousands of times is one list, without copying it for each', () => {
  const before = process.cpuUsage();
  const { text } = sent(...Array.from({ length: MAX_FIELDS }, (_, at) => ['a', String(at)]).flat());
  const { user, system } = process.cpuUsage(before);
  expect(text.endsWith(`,"${MAX_FIELDS - 1}"]}\n\n`)).toBe(true);
  // A copy for each took 9 s.
  expect((user + system) / 1000).toBeLessThan(1000);
});

test('an entry of many fields is told, even if they are empty', () => {
  expect(sent(...Array.from({ length: 2 * MAX_FIELDS + 2 }, () => '')).text).toBe(
    'event: omitted\nid: 1-2\ndata: The entry 1-2 has 10001 fields; at most 10000 of an entry are sent.\n\n',
  );
});

test('an event becomes fields, and the same event again', () => {
  const fields = fieldsOf({ data: 'a', event: 'b', retry: 5 });
  expect(fields).toEqual(['event', 'b', 'retry', '5', 'data', 'a']);
  expect(sent(...fields).text).toBe('retry: 5\nevent: b\nid: 1-2\ndata: a\n\n');
});

test('any entry is one event with its id, and with the fields that it has', async () => {
  await fuzz(300, (random) => {
    const pieces = ['a', '\r', '\n', '\r\n', ':', ' ', '\0', '\u2028', '😀', 'data: x', 'id: 9', '\ufeff', '"'];
    const text = () =>
      Array.from({ length: random() * 6 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const names = ['data', 'event', 'retry', 'id', text(), '__proto__'];
    const fields = Array.from({ length: 1 + random() * 4 }, () => [
      names[Math.floor(random() * names.length)] ?? '',
      text(),
    ]).flat();
    const events: { data: string; id: string | undefined }[] = [];
    const parser = new EventStreamParser((event) => events.push(event));
    const { bytes, events: count } = encodeEntry({ id: '1-2', fields });
    parser.feed(bytes);
    expect([events.length, parser.lastEventId]).toEqual([count, '1-2']);
    const isOurs = fields.every((name, at) => at % 2 === 1 || ['data', 'event', 'retry'].includes(name));
    if (!isOurs) expect(Object.keys(JSON.parse(events[0]?.data ?? '')).length).toBeGreaterThan(0);
    const data = fields[fields.indexOf('data') + 1] ?? '';
    if (fields.length === 2 && fields[0] === 'data') expect(events[0]?.data).toBe(data.replace(/\r\n?/g, '\n'));
  });
});

test('an entry of a megabyte of line ends doesn’t hold up the others: it took 0.2 s', () => {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    encodeEntry({ id: '1-0', fields: ['data', '\n'.repeat(1024 * 1024)] });
    return process.cpuUsage(before).user / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});
