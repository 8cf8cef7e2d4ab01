import { describe, expect, test } from 'vitest';
import { KEEP_ALIVE } from '../../src/stream/encode';
import { cuttings, read, STREAMS, toBytes } from '../support/client/parsing';

describe('the positions of events', () => {
  /** Size of an LF that is split from an event's last CR, which belongs to no event. */
  const lateLF = (bytes: Uint8Array, end: number) => (bytes[end - 1] === 0x0d && bytes[end] === 0x0a ? 1 : 0);

  /** Size of the stream's byte order mark, which belongs to no event. */
  const begin = (bytes: Uint8Array) => (Buffer.from(bytes).toString().startsWith('\uFEFF') ? 3 : 0);

  test.each(Object.entries(STREAMS))('they cover the stream without gaps or overlaps (%s)', (_name, stream) => {
    const bytes = toBytes(stream);
    const whole = read([bytes]).events;
    expect(whole.map(({ start }) => start)).toEqual([begin(bytes), ...whole.slice(0, -1).map(({ end }) => end)]);
    expect(whole.at(-1)?.end).toBe(bytes.length);
    for (const chunks of cuttings(bytes)) {
      let at = begin(bytes);
      for (const { start, end } of read(chunks).events) {
        expect(start).toBe(at);
        at = end + lateLF(bytes, end);
      }
      expect(at).toBe(bytes.length);
    }
  });

  test.each(Object.entries(STREAMS))('the bytes of an event, parsed alone, are that event (%s)', (_name, stream) => {
    const bytes = toBytes(stream);
    for (const chunks of cuttings(bytes)) {
      for (const { data, event, id, start, end } of read(chunks).events) {
        expect(read([bytes.subarray(start, end)], { continues: true }).events).toMatchObject([
          { data, event, id, start: 0, end: end - start },
        ]);
      }
    }
  });

  test('a byte order mark in the middle of a stream is part of its line', () => {
    const events = read(['data: a\n\n\uFEFFdata: x\ndata: b\n\n']).events;
    const [, { start, end } = { start: 0, end: 0 }] = events;
    const alone = toBytes('data: a\n\n\uFEFFdata: x\ndata: b\n\n').subarray(start, end);
    expect(read([alone], { continues: true }).events).toMatchObject([{ data: 'b' }]);
  });

  test('positions count from the given start', () => {
    const { events } = read(['data: a\n', '\ndata: b\n\n'], { start: 100 });
    expect(events).toMatchObject([
      { start: 100, end: 109 },
      { start: 109, end: 118 },
    ]);
  });

  test('blocks without data belong to no event, comments to the one of their block', () => {
    expect(read(['\n\nid: 1\n\n: c\ndata: a\n\n']).events).toMatchObject([{ start: 9, end: 22 }]);
  });

  test('an unfinished event begins where the finished event will begin', () => {
    for (const stream of Object.values(STREAMS)) {
      const bytes = toBytes(stream);
      const whole = read([bytes]).events;
      for (let length = 0; length <= bytes.length; length += 1) {
        const next = whole.find(({ end }) => end > length);
        const { unfinishedFrom } = read([bytes.subarray(0, length)]).parser;
        // While its first line is incomplete, it is unknown whether the stream begins with a byte order mark.
        expect([undefined, next?.start, whole[0] === next ? 0 : undefined]).toContain(unfinishedFrom);
      }
    }
  });

  test.each<[string, number | undefined]>([
    ['', undefined],
    ['data: a\n\n', undefined],
    [': c\nretry: 1\nfoo: 1\n', undefined],
    [': c\nretry: 1\ndata: b\n: d\nid: 1\n', 13],
    [': c\nid: 1\n', 4],
    ['event: a\n', 0],
    [': c\nid: 1', 4],
    ['\uFEFF: c\ndata\n', 7],
  ])('in %j, the first line that is of an event begins at %s', (stream, from) => {
    for (const chunks of cuttings(stream)) expect(read(chunks).parser.fieldsStart).toBe(from);
  });

  test.each(Object.entries(STREAMS))('from there on, the same event is parsed (%s)', (_name, stream) => {
    const bytes = toBytes(stream);
    for (const chunks of cuttings(bytes)) {
      for (const { data, event, id, start, fieldsStart, end } of read(chunks).events) {
        expect(fieldsStart).toBeGreaterThanOrEqual(start);
        const alone = read([bytes.subarray(fieldsStart, end)], { continues: true }).events;
        expect(alone).toMatchObject([{ data, event, id, fieldsStart: 0 }]);
      }
    }
  });

  test.each<[string, number | undefined]>([
    ['', undefined],
    ['data: a\n\n', undefined],
    ['data: a\r\n\r', undefined],
    ['data: a\n\nd', 9],
    ['data: a\n\ndata: b\n', 9],
    ['data: a\n\n: c\ndata: b\n', 9],
    ['data: a\n\nid: 1\n', 9],
    [`data: a\n\n${KEEP_ALIVE}${KEEP_ALIVE}`, undefined],
    ['data: a\n\n: keep-al', undefined],
  ])('of %j, what is unfinished begins at %s', (stream, from) => {
    for (const chunks of cuttings(stream)) expect(read(chunks).parser.unfinishedFrom).toBe(from);
  });

  test('after a CRLF that was split between chunks, an unfinished event begins after its LF', () => {
    expect(read(['data: a\r\n\r', '\nd']).parser.unfinishedFrom).toBe(11);
  });
});
