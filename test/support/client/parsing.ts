import { KEEP_ALIVE } from '../../../src/stream/encode';
import { EventStreamParser, type IncomingEvent, type ParserOptions } from '../../../src/stream/parse';

export type Piece = string | Uint8Array;

export const toBytes = (piece: Piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);

export function read(
  chunks: Piece[],
  options: ParserOptions = {},
): { parser: EventStreamParser; events: IncomingEvent[] } {
  const events: IncomingEvent[] = [];
  const parser = new EventStreamParser((event) => events.push(event), options);
  for (const chunk of chunks) parser.feed(toBytes(chunk));
  return { parser, events };
}

/** Yields all divisions of the stream into two chunks, into three if it is short, and into single bytes. */
export function* cuttings(stream: Piece): Generator<Uint8Array[]> {
  const bytes = toBytes(stream);
  for (let at = 0; at <= bytes.length; at += 1) {
    yield [bytes.subarray(0, at), bytes.subarray(at)];
    for (let next = at + 1; bytes.length <= 40 && next < bytes.length; next += 1) {
      yield [bytes.subarray(0, at), bytes.subarray(at, next), bytes.subarray(next)];
    }
  }
  yield Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** Streams in which every block is an event, and the last one is ended. */
export const STREAMS = {
  LF: 'data: a\ndata: b\n\nid: 1\ndata\n\n',
  CRLF: 'data: a\r\ndata: b\r\n\r\nid: 1\r\ndata\r\n\r\n',
  CR: 'data: a\rdata: b\r\rid: 1\rdata\r\r',
  'mixed line ends': ':\r\ndata: a\r\ndata: b\n\r\nevent: x\rdata\r\rid: 1\ndata\r\n\rdata:c\n\r',
  'a byte order mark': '\uFEFFdata: a\r\n\r\ndata: \uFEFFb\n\n',
  'characters of several bytes': 'event: é\ndata: €𝒳\nid: é\n\ndata: ü\n\n',
  'invalid bytes': Buffer.from('data: \x80\xe2\x82\ndata: \xf0\x9f\x92\r\n\r\ndata: \xed\xa0\x80\xff\n\n', 'latin1'),
  'comments, NULs, retry and unknown fields': `${KEEP_ALIVE}data: \0\nid: 1\0\n\nretry: 5\nDATA: x\n: c\ndata: b\n\n`,
};
