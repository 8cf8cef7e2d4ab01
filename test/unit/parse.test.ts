import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { encodeEvent, encodeRetry, KEEP_ALIVE } from '../../src/sse/encode';
import { EventStreamParser, type IncomingEvent, type ParserOptions } from '../../src/sse/parse';

type Piece = string | Uint8Array;

const toBytes = (piece: Piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);

function read(chunks: Piece[], options: ParserOptions = {}): { parser: EventStreamParser; events: IncomingEvent[] } {
  const events: IncomingEvent[] = [];
  const parser = new EventStreamParser((event) => events.push(event), options);
  for (const chunk of chunks) parser.feed(toBytes(chunk));
  return { parser, events };
}

/** What the standard says of the events: all but their positions. */
const parse = (...chunks: Piece[]) =>
  read(chunks).events.map(({ data, event, lastEventId }) => ({ data, event, lastEventId }));
const data = (...chunks: Piece[]) => parse(...chunks).map((event) => event.data);

function retries(...chunks: Piece[]): number[] {
  const times: number[] = [];
  read(chunks, { onRetry: (milliseconds) => times.push(milliseconds) });
  return times;
}

/** The stream cut in two everywhere, in three everywhere where it is short, and into its bytes. */
function* cuttings(stream: Piece): Generator<Uint8Array[]> {
  const bytes = toBytes(stream);
  for (let at = 0; at <= bytes.length; at += 1) {
    yield [bytes.subarray(0, at), bytes.subarray(at)];
    for (let next = at + 1; bytes.length <= 40 && next < bytes.length; next += 1) {
      yield [bytes.subarray(0, at), bytes.subarray(at, next), bytes.subarray(next)];
    }
  }
  yield Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** In each, every block is an event, and the last is ended. */
const STREAMS = {
  LF: 'data: a\ndata: b\n\nid: 1\ndata\n\n',
  CRLF: 'data: a\r\ndata: b\r\n\r\nid: 1\r\ndata\r\n\r\n',
  CR: 'data: a\rdata: b\r\rid: 1\rdata\r\r',
  'mixed line ends': ':\r\ndata: a\r\ndata: b\n\r\nevent: x\rdata\r\rid: 1\ndata\r\n\rdata:c\n\r',
  'a byte order mark': '\uFEFFdata: a\r\n\r\ndata: \uFEFFb\n\n',
  'characters of several bytes': 'event: é\ndata: €𝒳\nid: é\n\ndata: ü\n\n',
  'invalid bytes': Buffer.from('data: \x80\xe2\x82\ndata: \xf0\x9f\x92\r\n\r\ndata: \xed\xa0\x80\xff\n\n', 'latin1'),
  'comments, NULs, retry and unknown fields': `${KEEP_ALIVE}data: \0\nid: 1\0\n\nretry: 5\nDATA: x\n: c\ndata: b\n\n`,
};

describe('how streams are decoded and cut into lines', () => {
  test.each(Object.entries(STREAMS))('wherever a stream is cut, its events are the same (%s)', (_name, stream) => {
    const whole = parse(stream);
    expect(whole.length).toBeGreaterThan(1);
    for (const chunks of cuttings(stream)) expect(parse(...chunks)).toEqual(whole);
  });

  test('one leading byte order mark is stripped, if any, also a cut one', () => {
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

  test('a CRLF that is cut ends one line', () => {
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

  test.each(['Uint8Array', 'Buffer'])('a %s that was fed may be written over', (kind) => {
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

  test('the field’s name stands before the first colon, its value after it', () => {
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

  test('the event’s type is set to the value, also again', () => {
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

  test('what the encoder writes comes out as it went in', () => {
    const event = { data: 'one\ntwo\n\n: three', event: 'e', id: '7' };
    const stream = encodeRetry(5) + KEEP_ALIVE + encodeEvent(event) + KEEP_ALIVE;
    expect(parse(stream)).toEqual([{ data: event.data, event: 'e', lastEventId: '7' }]);
    expect(retries(stream)).toEqual([5]);
  });
});

describe('where events stand', () => {
  /** A CRLF cut after an event's last CR: its LF, which comes when the event is out, is of no event. The one exception. */
  const lateLF = (bytes: Uint8Array, end: number) => (bytes[end - 1] === 0x0d && bytes[end] === 0x0a ? 1 : 0);

  /** The stream's byte order mark is of no event. */
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

  test('what begins with a byte order mark and isn’t a stream’s beginning is read as it stands', () => {
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

  test('what is unfinished begins where its event will begin', () => {
    for (const stream of Object.values(STREAMS)) {
      const bytes = toBytes(stream);
      const whole = read([bytes]).events;
      for (let length = 0; length <= bytes.length; length += 1) {
        const next = whole.find(({ end }) => end > length);
        const { unfinishedFrom } = read([bytes.subarray(0, length)]).parser;
        // While its first line isn't whole, no one knows whether the stream begins with a mark.
        expect([undefined, next?.start, whole[0] === next ? 0 : undefined]).toContain(unfinishedFrom);
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

  test('after a CRLF that was cut, what is unfinished begins behind its LF', () => {
    expect(read(['data: a\r\n\r', '\nd']).parser.unfinishedFrom).toBe(11);
  });
});

describe('events larger than maxEventSize', () => {
  /** Bytes in use, when all that nobody holds is gone. */
  function memory(): number {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }

  test.each<[string, string, number]>([
    ['an endless line', 'x'.repeat(65_536), 500],
    ['an endless line that comes byte by byte', 'x', 300_000],
    ['an endless block', 'data: x\n'.repeat(8_192), 100],
    ['an endless block of empty lines of data', 'data\n'.repeat(8_192), 100],
    ['endless comments', `:${'x'.repeat(65_534)}\n`, 500],
  ])('%s stays bounded', (_name, piece, times) => {
    const { parser } = read(['data: '], { maxEventSize: 1_000 });
    const bytes = toBytes(piece);
    const before = memory();
    for (let time = 0; time < times; time += 1) parser.feed(bytes);
    expect(memory() - before).toBeLessThan(5_000_000);
    expect(parser.unfinishedFrom).toBe(0);
  });

  test('what is read and what is left out are the whole', () => {
    const lines = ['data: aaaa', 'data: b', 'data', 'data: cccc'];
    const size = lines.join('').length;
    for (let maxEventSize = 4; maxEventSize < size + 2; maxEventSize += 1) {
      const { events } = read([`${lines.join('\n')}\n\n`], { maxEventSize });
      expect([maxEventSize, events[0]?.leftOut]).toEqual([maxEventSize, Math.max(0, size - maxEventSize)]);
      expect('aaaa\nb\n\ncccc').toMatch(new RegExp(`^${events[0]?.data}`));
    }
  });

  test('the next event is whole, wherever the stream is cut', () => {
    for (const chunks of cuttings('data: abcdef\ndata: g\n\nid: 1\ndata: hi\n\n')) {
      expect(read(chunks, { maxEventSize: 9 }).events).toMatchObject([
        { data: 'abc', leftOut: 10, start: 0, end: 22 },
        { data: 'hi', leftOut: 0, id: '1', start: 22, end: 38 },
      ]);
    }
  });

  test.each([': a long comment\ndata: a\n\n', 'data: a\n: a long comment\n\n'])(
    'comments don’t count: %j',
    (stream) => {
      expect(read([stream], { maxEventSize: 7 }).events).toMatchObject([{ data: 'a', leftOut: 0 }]);
    },
  );

  test('the fields that come after the data are read as they are', () => {
    const { events } = read(['data: abcdef\nid: 22\nevent: e\n\n'], { maxEventSize: 9, lastEventId: '1' });
    expect(events).toMatchObject([{ data: 'abc', event: 'e', id: '22', leftOut: 3 }]);
  });

  test('no field is taken for another one, or its value for a shorter one', () => {
    const times: number[] = [];
    const options = { maxEventSize: 8, onRetry: (time: number) => times.push(time) };
    const { parser, events } = read(['retry: 30000\nid: 12345\n\ndatabase: a\n\n', 'data: a\nevents: b\n\n'], options);
    expect(times.filter((time) => time !== 30_000)).toEqual([]);
    expect(['', '12345']).toContain(parser.lastEventId);
    expect(events).toMatchObject([{ data: 'a' }]);
  });
});
