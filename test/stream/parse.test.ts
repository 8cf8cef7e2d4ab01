import { describe, expect, test } from 'vitest';
import { encodeEvent, encodeRetry, KEEP_ALIVE } from '../../src/stream/encode';
import { cuttings, type Piece, read, STREAMS, toBytes } from '../support/client/parsing';

/** Parses the chunks; returns the events without their positions, which aren't part of the standard. */
const parse = (...chunks: Piece[]) =>
  read(chunks).events.map(({ data, event, lastEventId }) => ({ data, event, lastEventId }));
const data = (...chunks: Piece[]) => parse(...chunks).map((event) => event.data);

function retries(...chunks: Piece[]): number[] {
  const times: number[] = [];
  read(chunks, { onRetry: (milliseconds) => times.push(milliseconds) });
  return times;
}

describe('how streams are decoded and cut into lines', () => {
  test.each(Object.entries(STREAMS))(
    'the events are the same wherever a stream is split into chunks (%s)',
    (_name, stream) => {
      const whole = parse(stream);
      expect(whole.length).toBeGreaterThan(1);
      for (const chunks of cuttings(stream)) expect(parse(...chunks)).toEqual(whole);
    },
  );

  test('one leading byte order mark is stripped, even if split between chunks', () => {
    for (const chunks of cuttings('\uFEFFdata: a\n\n')) expect(data(...chunks)).toEqual(['a']);
    for (const chunks of cuttings('\uFEFF\r\ndata: a\n\n')) expect(data(...chunks)).toEqual(['a']);
  });

  test('any other byte order mark is part of its line', () => {
    expect(data('\uFEFF\uFEFFdata: a\n\n')).toEqual([]);
    expect(data(':\n\uFEFFdata: a\n\n')).toEqual([]);
    expect(data('data: \uFEFFa\n\n\uFEFFdata: b\n\n')).toEqual(['\uFEFFa']);
  });

  test('a byte order mark after a leading blank line is part of its line', () => {
    for (const chunks of cuttings('\n\uFEFFdata: a\n\n')) expect(data(...chunks)).toEqual([]);
  });

  test('a line ends with CRLF, LF or CR', () => {
    expect(data('data: a\ndata: b\n\n')).toEqual(['a\nb']);
    expect(data('data: a\r\ndata: b\r\n\r\n')).toEqual(['a\nb']);
    expect(data('data: a\rdata: b\r\r')).toEqual(['a\nb']);
    expect(data('data: a\n\rdata: b\r\n\n')).toEqual(['a', 'b']);
  });

  test('a CRLF that is split between chunks ends one line', () => {
    expect(data('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual(['a\nb']);
    expect(data('data: a\r', '', '\ndata: b\n\n')).toEqual(['a\nb']);
    expect(data('data: a\r', '\n', '\n')).toEqual(['a']);
  });

  test('a CR ends its line at once, whether or not an LF will follow', () => {
    expect(data('data: a\r\r')).toEqual(['a']);
    expect(data('data: a\r\n\r')).toEqual(['a']);
  });

  test.each<[string, number[], string]>([
    ['a byte that only continues', [0x80], '\uFFFD'],
    ['a byte that never occurs', [0xff], '\uFFFD'],
    ['a sequence that ends early, before ASCII', [0xe2, 0x82, 0x41], '\uFFFDA'],
    ['a sequence that ends early, before the line’s end', [0xf0, 0x9f, 0x92], '\uFFFD'],
    ['an overlong sequence', [0xc0, 0xaf], '\uFFFD\uFFFD'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
    ['a sequence beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\uFFFD\uFFFD\uFFFD\uFFFD'],
  ])('invalid UTF-8 becomes U+FFFD: %s', (_name, bytes, decoded) => {
    const stream = Buffer.concat([toBytes('data: '), Buffer.from(bytes), toBytes('\ndata: b\n\n')]);
    for (const chunks of cuttings(stream)) expect(data(...chunks)).toEqual([`${decoded}\nb`]);
  });

  test.each(['Uint8Array', 'Buffer'])('a %s may be overwritten after it was fed', (kind) => {
    const chunk = kind === 'Buffer' ? Buffer.from('data: a') : toBytes('data: a');
    const { parser, events } = read([chunk]);
    chunk.fill(0x78);
    parser.feed(toBytes('\n\n'));
    expect(events).toMatchObject([{ data: 'a' }]);
  });
});

describe('how lines are processed', () => {
  test('if the line is empty, the event is dispatched', () => {
    expect(parse('data: a\n\n')).toEqual([{ data: 'a', event: 'message', lastEventId: '' }]);
    expect(parse('event: e\nid: 7\ndata: a\n\n')).toEqual([{ data: 'a', event: 'e', lastEventId: '7' }]);
  });

  test('if the line starts with a colon, it is ignored', () => {
    expect(data(':\n: data: a\n:data: b\n::\ndata: c\n:\n\n')).toEqual(['c']);
  });

  test('the field’s name is before the first colon, its value after it', () => {
    expect(data('data:a:b\n\n', 'data::\n\n', 'data : a\n\n')).toEqual(['a:b', ':']);
  });

  test('if the value starts with a space, that one is removed', () => {
    expect(data('data:a\n\n', 'data: a\n\n', 'data:  a \n\n', 'data: \n\n', 'data:\ta\n\n')).toEqual([
      'a',
      'a',
      ' a ',
      '',
      '\ta',
    ]);
  });

  test('a line without a colon is a field’s name, with an empty value', () => {
    expect(data('data\n\n', 'data\ndata\n\n')).toEqual(['', '\n']);
    expect(parse('event: e\nevent\nid: 1\nid\ndata\n\n')).toEqual([{ data: '', event: 'message', lastEventId: '' }]);
  });

  test('once the end of the file is reached, pending data is discarded', () => {
    expect(data('data: a\n\ndata: b\n')).toEqual(['a']);
    expect(data('data: a\n\ndata: b')).toEqual(['a']);
  });

  test('the data’s value is appended with an LF, of which the last is removed', () => {
    expect(data('data: a\ndata\ndata:b\n\n', 'data: a\ndata\n\n', 'data\ndata: a\n\n')).toEqual([
      'a\n\nb',
      'a\n',
      '\na',
    ]);
  });

  test('the event’s type is set to the value, even if it was set before', () => {
    expect(parse('event: e\nevent: f\ndata: a\n\n')).toMatchObject([{ event: 'f' }]);
  });

  test('an id is set unless it contains NUL', () => {
    expect(read(['id: 5\nid: 6\0\ndata: a\n\n']).events).toMatchObject([{ id: '5', lastEventId: '5' }]);
    expect(read(['id: \0\ndata: a\n\n']).events).toMatchObject([{ id: undefined, lastEventId: '' }]);
  });

  test('an empty id resets', () => {
    for (const id of ['id', 'id:', 'id: ']) {
      const { events } = read([`id: 5\ndata: a\n\n${id}\ndata: b\n\ndata: c\n\n`]);
      expect(events).toMatchObject([
        { id: '5', lastEventId: '5' },
        { id: '', lastEventId: '' },
        { id: undefined, lastEventId: '' },
      ]);
    }
  });

  test('the reconnection time is set if the value consists of ASCII digits only, and at once', () => {
    expect(retries('retry: 10\nretry:020\nretry: 0\n')).toEqual([10, 20, 0]);
    expect(retries('retry\nretry:\nretry: -1\nretry: 1.5\nretry: 1e3\nretry: 5 \nretry:  5\nretry: ٣\n\n')).toEqual([]);
  });

  test('any other field is ignored', () => {
    expect(data('DATA: b\n data: c\ndata\0: d\ndatas: e\nretry: 5\ndata: f\n\n')).toEqual(['f']);
  });
});

describe('how events are dispatched', () => {
  test('if the data buffer is empty, nothing is dispatched; the type is reset, the id persists', () => {
    expect(parse('\n\n:\n\nid: 5\nevent: e\n\ndata: a\n\n')).toEqual([
      { data: 'a', event: 'message', lastEventId: '5' },
    ]);
  });

  test('the buffers of data and type are reset, that of the id isn’t', () => {
    expect(parse('id: 1\nevent: e\ndata: a\n\ndata: b\n\n')[1]).toEqual({
      data: 'b',
      event: 'message',
      lastEventId: '1',
    });
  });

  test('an id that an earlier stream has set persists', () => {
    const { parser, events } = read(['data: a\n\n'], { lastEventId: '4' });
    expect(events).toMatchObject([{ id: undefined, lastEventId: '4' }]);
    expect(parser.lastEventId).toBe('4');
  });

  test('the last event id is that of the last block that has ended', () => {
    const { parser, events } = read(['id: 1\ndata: a\n']);
    expect(parser.lastEventId).toBe('');
    parser.feed(toBytes('\n'));
    expect(parser.lastEventId).toBe('1');
    parser.feed(toBytes('id: 2\n'));
    expect(parser.lastEventId).toBe('1');
    parser.feed(toBytes('\n'));
    expect(parser.lastEventId).toBe('2');
    expect(events).toHaveLength(1);
  });

  test('an encoded event is parsed as the same event', () => {
    const event = { data: 'one\ntwo\n\n: three', event: 'e', id: '7' };
    const stream = encodeRetry(5) + KEEP_ALIVE + encodeEvent(event) + KEEP_ALIVE;
    expect(parse(stream)).toEqual([{ data: event.data, event: 'e', lastEventId: '7' }]);
    expect(retries(stream)).toEqual([5]);
  });
});
