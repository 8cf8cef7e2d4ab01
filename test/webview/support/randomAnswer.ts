// Responses to a request for an event stream as found in the field: valid, nearly valid and broken.
import zlib from 'node:zlib';
import { chunk, END } from '../../support/random/chunks';
import { pick } from '../../support/random/random';

/** A response as sent over TCP. */
export interface RandomAnswer {
  /** Names of its components, to identify it. */
  parts: string[];
  /** Bytes that are written one by one. */
  pieces: Buffer[];
  /** Whether the connection is reset after it, instead of ended. */
  reset: boolean;
}

type Random = () => number;
type Pair = [name: string, value: string];

const STATUS = [...Array<string>(12).fill('HTTP/1.1 200 OK'), 'HTTP/1.0 200 OK', 'HTTP/1.1 200', 'HTTP/1.1 200 '];
const OTHER_STATUS = ['204 No Content', '201 Created', '206 Partial Content', '302 Found', '401 No', '404 x', '503 é'];
const EVENT_STREAM = Array<Pair>(12).fill(['Content-Type', 'text/event-stream']);
const TYPES: Pair[][] = [
  ...EVENT_STREAM.map((type) => [type]),
  [['content-type', 'Text/Event-Stream; charset=UTF-8']],
  [['Content-Type', 'text/event-stream;charset="utf-8"; x=";"']],
  [['Content-Type', '\ttext/event-stream ;']],
  [['Content-Type', 'text/plain, text/event-stream']],
  [['Content-Type', 'text/event-stream, text/plain']],
  [['Content-Type', 'text/event-stream, */*']],
  [['Content-Type', 'text/event-stream\xa0']],
  [['Content-Type', 'text/event-stream, ,x']],
  [['Content-Type', 'text/event-stream;charset=ISO-8859-1']],
  [['Content-Type', 'text/event-stream;CHARSET=utf-8']],
  [['Content-Type', 'text/event-stream; x=y; charset="utf8"']],
  [['Content-Type', 'text/event-stream; charset=']],
  [['Content-Type', 'text/event-stream; charset=a; charset=utf-8']],
  [['Content-Type', 'text/event-stream; charset="ut\\\\f-8"']],
  [
    ['Content-Type', 'text/event-stream; charset=x'],
    ['Content-Type', 'text/event-stream'],
  ],
  [
    ['Content-Type', 'text/plain'],
    ['Content-Type', 'text/event-stream'],
  ],
  [
    ['Content-Type', 'text/event-stream'],
    ['Content-Type', 'text/html'],
  ],
  [['Content-Type', 'text/html']],
  [['Content-Type', 'text/event-streams']],
  [],
];
/** Lines of a head; the last ones aren't valid HTTP. */
const LINES = [
  'X-A: b\r\n',
  'X-A:\r\n',
  'X-Empty: \t \r\n',
  `X-Long: ${'a'.repeat(20_000)}\r\n`,
  'X-A: \xe9\xff\r\n',
  'Connection: keep-alive\r\n',
  'Connection: close\r\n',
  'Retry-After: 1\r\n',
  'Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n',
  'X-A: b\n',
  'X-A: a\u0001b\r\n',
  'X-A: a\r\n b\r\n',
];

interface Coding {
  header: string;
  encode(bytes: Buffer): Buffer;
}

const plain = (bytes: Buffer) => bytes;
const CODINGS: Coding[] = [
  ...Array<Coding>(4).fill({ header: '', encode: plain }),
  { header: 'identity', encode: plain },
  { header: 'none', encode: plain },
  { header: 'gzip', encode: (bytes) => zlib.gzipSync(bytes) },
  { header: 'x-gzip', encode: (bytes) => zlib.gzipSync(bytes) },
  { header: 'GZIP', encode: (bytes) => Buffer.concat([zlib.gzipSync(bytes), zlib.gzipSync('data: another\n\n')]) },
  { header: 'deflate', encode: (bytes) => zlib.deflateSync(bytes) },
  { header: 'deflate', encode: (bytes) => zlib.deflateRawSync(bytes) },
  { header: 'br', encode: (bytes) => zlib.brotliCompressSync(bytes) },
  { header: 'gzip, br', encode: (bytes) => zlib.brotliCompressSync(zlib.gzipSync(bytes)) },
];
/** Kinds of damage to the encoded bytes. */
const DAMAGES: [string, (bytes: Buffer, random: Random) => Buffer][] = [
  ...Array<[string, (bytes: Buffer) => Buffer]>(6).fill(['whole', (bytes) => bytes]),
  ['cut', (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length))],
  ['a byte more', (bytes) => Buffer.concat([bytes, Buffer.from('x')])],
  [
    'a bit turned',
    (bytes, random) => {
      const turned = Buffer.from(bytes);
      const at = Math.floor(random() * turned.length);
      const byte = turned[at];
      if (byte !== undefined) turned[at] = byte ^ (1 << Math.floor(random() * 8));
      return turned;
    },
  ],
];

interface Framing {
  name: string;
  header(length: number): string;
  frame(parts: Buffer[]): Buffer[];
}
const chunked = (name: string, frame: Framing['frame']): Framing => ({
  name,
  header: () => 'Transfer-Encoding: chunked\r\n',
  frame,
});
const sized = (name: string, header: Framing['header']): Framing => ({ name, header, frame: (parts) => parts });
const FRAMINGS: Framing[] = [
  sized('to the close', () => ''),
  sized('a length', (length) => `Content-Length: ${length}\r\n`),
  sized('a length that is too large', (length) => `Content-Length: ${length + 10}\r\n`),
  sized('a length that is too small', (length) => `Content-Length: ${Math.max(0, length - 5)}\r\n`),
  sized('a length of nothing', () => 'Content-Length: 0\r\n'),
  chunked('chunks', (parts) => [...parts.map((part) => chunk(part)), END]),
  chunked('large chunks', (parts) => [chunk(Buffer.concat(parts)), END]),
  chunked('chunks with extensions', (parts) => [...parts.map((part) => chunk(part, ';a=b;c="d"\r\n')), END]),
  chunked('chunks and trailers', (parts) => [...parts.map((part) => chunk(part)), Buffer.from('0\r\nX-A: b\r\n\r\n')]),
  chunked('chunks without an end', (parts) => parts.map((part) => chunk(part))),
  chunked('chunks in capitals', (parts) => [
    ...parts.map((part) => chunk(part, '\r\n', `000${part.length.toString(16).toUpperCase()}`)),
    END,
  ]),
  chunked('chunks with blanks', (parts) => [...parts.map((part) => chunk(part, '  \r\n')), END]),
  chunked('chunks, and a bad one', (parts) => [...parts.map((part) => chunk(part)), Buffer.from('zz\r\nx\r\n'), END]),
  chunked('chunks, and more behind', (parts) => [...parts.map((part) => chunk(part)), END, Buffer.from('data: x\n\n')]),
];

/** Returns events of all sizes, some with an id; the last may be incomplete. */
function randomText(random: Random): string {
  const count = Math.floor(random() * (random() < 0.2 ? 2000 : 20));
  const events = Array.from({ length: count }, (_, n) => {
    const id = random() < 0.5 ? `id: ${n}\n` : '';
    const data = pick(['x', 'événement ☃', '😀'.repeat(3), '', 'long '.repeat(Math.floor(random() * 50))], random);
    return `${id}data: ${data}${n}\n\n`;
  });
  return events.join('') + pick(['', '', '', 'data: without an end', 'id: 9\n\n', ': a comment\n\n'], random);
}

/** Returns the same bytes, cut in up to that many places. */
function randomParts(bytes: Buffer, random: Random, most: number): Buffer[] {
  const cuts = Array.from({ length: Math.floor(random() * (most + 1)) }, () => Math.floor(random() * bytes.length));
  const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
  return borders
    .slice(1)
    .flatMap((border, at) => (border > (borders[at] ?? 0) ? [bytes.subarray(borders[at], border)] : []));
}

/** @param redirect URL for responses that redirect */
export function randomAnswer(random: Random, redirect: string): RandomAnswer {
  const status = random() < 0.9 ? pick(STATUS, random) : `HTTP/1.1 ${pick(OTHER_STATUS, random)}`;
  const type = pick(TYPES, random);
  const lines = Array.from({ length: Math.floor(random() * 3) }, () => pick(LINES, random));
  const [coding, [damage, damaged], framing] = [pick(CODINGS, random), pick(DAMAGES, random), pick(FRAMINGS, random)];
  const coded = damaged(coding.encode(Buffer.from(randomText(random))), random);
  if (status.includes('302') && random() < 0.7) lines.push(`Location: ${redirect}\r\n`);
  const head = [
    `${status}\r\n`,
    'Access-Control-Allow-Origin: *\r\n',
    ...type.map(([name, value]) => `${name}: ${value}\r\n`),
    ...lines,
    coding.header === '' ? '' : `Content-Encoding: ${coding.header}\r\n`,
    framing.header(coded.length),
    '\r\n',
  ].join('');
  const bytes = Buffer.concat([Buffer.from(head, 'latin1'), ...framing.frame(randomParts(coded, random, 5))]);
  const reset = random() < 0.1;
  const shownLines = lines.map((line) => line.slice(0, 30));
  return {
    parts: [status, JSON.stringify(type), JSON.stringify(shownLines), coding.header, damage, framing.name, `${reset}`],
    pieces: randomParts(bytes, random, pick([0, 1, 8], random)),
    reset,
  };
}
