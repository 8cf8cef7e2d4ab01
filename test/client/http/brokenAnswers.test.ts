// Broken responses: each event that came as a whole is there, whatever the coding and the packets.
import type { Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import zlib, { constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { exchange } from '../../../src/client/http/exchange';
import type { Inspection } from '../../../src/client/inspection';
import { openInspection } from '../../support/client/inspectStream';
import { chunk, END } from '../../support/random/chunks';
import { isLong } from '../../support/random/drawn';
import { serveRaw } from '../../support/servers/rawServer';
import { eventually } from '../../support/servers/testServer';

/** Whether Node has zstd, from 22.15 on. */
const zstd =
  'zstdCompressSync' in zlib
    ? (zlib as unknown as Record<
        'zstdCompressSync' | 'zstdDecompressSync',
        (bytes: Buffer, options?: object) => Buffer
      >)
    : undefined;
/** More than a block of zstd, which is 128 KB and comes as a whole or not at all. */
const EVENTS = isLong || zstd ? 5000 : 2000;
const TEXT = Buffer.from(Array.from({ length: EVENTS }, (_, n) => `id: ${n}\ndata: event ${n} of many\n\n`).join(''));
const SYNC = { finishFlush: constants.Z_SYNC_FLUSH };

interface Coding {
  header: string;
  encode(bytes: Buffer): Buffer;
  /** Decodes as far as possible. */
  decode(bytes: Buffer): Buffer;
}

const CODINGS: Record<string, Coding> = {
  'none': { header: '', encode: (bytes) => bytes, decode: (bytes) => bytes },
  'gzip': { header: 'gzip', encode: (bytes) => zlib.gzipSync(bytes), decode: (bytes) => zlib.gunzipSync(bytes, SYNC) },
  'deflate': {
    header: 'deflate',
    encode: (bytes) => zlib.deflateSync(bytes),
    decode: (bytes) => zlib.inflateSync(bytes, SYNC),
  },
  'deflate without its wrapper': {
    header: 'deflate',
    encode: (bytes) => zlib.deflateRawSync(bytes),
    decode: (bytes) => zlib.inflateRawSync(bytes, SYNC),
  },
  'br': {
    header: 'br',
    encode: (bytes) => zlib.brotliCompressSync(bytes),
    decode: (bytes) => zlib.brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  },
  ...(zstd && {
    zstd: {
      header: 'zstd',
      encode: (bytes) => zstd.zstdCompressSync(bytes),
      // ZSTD_e_flush
      decode: (bytes) => zstd.zstdDecompressSync(bytes, { finishFlush: 1 }),
    },
  }),
  'gzip, and gzip again': {
    header: 'gzip, gzip',
    encode: (bytes) => zlib.gzipSync(zlib.gzipSync(bytes)),
    decode: (bytes) => zlib.gunzipSync(zlib.gunzipSync(bytes, SYNC), SYNC),
  },
};

interface Break {
  framing: string;
  /** Part of the coded bytes that is sent; 1 for all. */
  part: number;
  body(part: Buffer): Buffer[];
  reset?: true;
  /** Code of the error; undefined if the stream ends. libuv takes a reset that comes with data for an end. */
  code?: string | RegExp;
}

const CHUNKED = 'Transfer-Encoding: chunked';
const BREAKS: Record<string, Break> = {
  'ends without its last chunk': { framing: CHUNKED, part: 0.9, body: (part) => [chunk(part)], code: 'ERR_INCOMPLETE' },
  'ends in the middle of a chunk': {
    framing: CHUNKED,
    part: 0.9,
    body: (part) => [Buffer.from('fffff\r\n'), part],
    code: 'ERR_INCOMPLETE',
  },
  'is shorter than its length': {
    framing: 'Content-Length: 1000000',
    part: 0.9,
    body: (part) => [part],
    code: 'ERR_INCOMPLETE',
  },
  'is reset': {
    framing: CHUNKED,
    part: 0.9,
    body: (part) => [chunk(part)],
    reset: true,
    code: /^(ECONNRESET|ERR_INCOMPLETE)$/,
  },
  'has a bad chunk': {
    framing: CHUNKED,
    part: 0.9,
    body: (part) => [chunk(part), Buffer.from('zz\r\nx')],
    code: 'HPE_INVALID_CHUNK_SIZE',
  },
  'has a byte behind its coding': {
    framing: CHUNKED,
    part: 1,
    body: (all) => [chunk(Buffer.concat([all, Buffer.from('x')])), END],
  },
  'has a byte behind its end': { framing: CHUNKED, part: 1, body: (all) => [chunk(all), END, Buffer.from('x')] },
  'has a byte more than its length': {
    framing: 'Content-Length: LENGTH',
    part: 1,
    body: (all) => [all, Buffer.from('x')],
  },
  'is cut off before its last chunk': { framing: CHUNKED, part: 0.9, body: (part) => [chunk(part), END] },
};

/**
 * Responds to one request, with the head and the body in one packet or in two.
 * @param isRead whether everything that came is read
 */
async function serve(
  { header, encode }: Coding,
  { framing, part, body, reset }: Break,
  isLater: boolean,
  isRead: () => boolean,
) {
  const coded = encode(TEXT);
  const came = coded.subarray(0, Math.floor(coded.length * part));
  const lines = ['HTTP/1.1 200 OK', 'Content-Type: text/event-stream', framing.replace('LENGTH', String(came.length))];
  if (header) lines.push(`Content-Encoding: ${header}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const response = async (socket: Socket) => {
    if (isLater) {
      socket.write(head);
      await after(20);
    }
    socket.write(Buffer.concat([...(isLater ? [] : [head]), ...body(came)]));
    if (!reset) return socket.end();
    // A reset discards what the system still buffers.
    await eventually(isRead);
    return socket.resetAndDestroy();
  };
  const { url } = await serveRaw(response);
  return { url, came };
}

const CASES = Object.keys(CODINGS).flatMap((coding) =>
  Object.keys(BREAKS)
    // Without a coding, it is one more byte of the body.
    .filter((how) => coding !== 'none' || how !== 'has a byte behind its coding')
    .flatMap((how) => [false, true].map((isLater) => ({ coding, how, isLater }))),
);

test.each(CASES)(
  'a stream with coding $coding that $how loses nothing that came completely; with its head sent earlier: $isLater',
  async ({ coding: name, how, isLater }) => {
    const [coding, broken] = [CODINGS[name], BREAKS[how]];
    if (!coding || !broken) throw new Error('There is no such case.');
    let inspection: Inspection | undefined;
    let count = Infinity;
    const { url, came } = await serve(coding, broken, isLater, () => inspection?.history.count === count);
    const whole = coding.decode(came);
    count = whole.toString().split('\n\n').length - 1;
    ({ inspection } = openInspection(url));
    await eventually(() => inspection?.running === false);
    const { history, status } = inspection;
    expect(history.count).toBe(count);
    expect(count).toBeGreaterThan(broken.part === 1 ? EVENTS - 1 : EVENTS * 0.6);
    // The wire has everything, even the unfinished event.
    expect(history.bytes.size).toBe(whole.length);
    expect(status.lastEventId).toBe(String(count - 1));
    const end = status.end;
    // Another frame could begin there.
    const code = name === 'zstd' && how === 'has a byte behind its coding' ? 'ZSTD_error_prefix_unknown' : broken.code;
    expect(end?.cause === 'network' ? end.error : end).toMatchObject(
      code ? { code: expect.stringMatching(code) } : { cause: 'end' },
    );
  },
);

/** Responds with a complete stream of these bytes. */
async function serveCoded(header: string, bytes: Buffer) {
  const coding = { header, encode: () => bytes, decode: () => bytes };
  return serve(coding, { framing: CHUNKED, part: 1, body: (all) => [chunk(all), END] }, false, () => true);
}

const ONE_ZSTD = Buffer.from('KLUv/SAJSQAAZGF0YTogYQoK', 'base64');

const UNREADABLE: [name: string, header: string, body: Buffer, error: object][] = [
  ['compress', 'gzip, compress', zlib.gzipSync('data: a\n\n'), { code: 'ERR_CODING', coding: 'compress' }],
  ['three codings', 'br, br, br', Buffer.from('x'), { code: 'ERR_CODING' }],
  ['gzip that no header names', '', zlib.gzipSync('data: a\n\n'), { code: 'ERR_CODING_UNSAID', coding: 'gzip' }],
];
if (!zstd) UNREADABLE.push(['zstd', 'zstd', ONE_ZSTD, { code: 'ERR_CODING', coding: 'zstd' }]);

test.each(UNREADABLE)(
  'a stream of %s isn’t requested again, since it can’t be read',
  async (_, header, bytes, error) => {
    const { url } = await serveCoded(header, bytes);
    const { inspection } = openInspection(url, { reconnect: true });
    await eventually(() => !inspection.running);
    expect(inspection.status).toMatchObject({ state: 'failed', end: { cause: 'network', error } });
    expect(inspection.history.count).toBe(0);
  },
);

/** In zstd, a block of 128 KB is decoded as a whole, or not at all. */
const DECODED_BIT_BY_BIT = Object.keys(CODINGS).filter((name) => name !== 'none' && name !== 'zstd');

test.each(DECODED_BIT_BY_BIT)(
  'a stream with coding %s in which a bit is flipped has everything before that, though it comes in one chunk',
  async (name) => {
    const coding = CODINGS[name];
    if (!coding) throw new Error('There is no such case.');
    const faulty = coding.encode(TEXT.subarray(0, 20_000));
    const at = Math.floor(faulty.length * 0.8);
    const before = coding.decode(faulty.subarray(0, at));
    faulty.writeUInt8(faulty.readUInt8(at) ^ 0x08, at);
    const { url } = await serveCoded(coding.header, faulty);
    const { inspection } = openInspection(url);
    await eventually(() => !inspection.running);
    const { bytes } = inspection.history;
    expect(before.length).toBeGreaterThan(name === 'gzip, and gzip again' ? 5000 : 10_000);
    expect(bytes.size).toBeGreaterThanOrEqual(before.length);
    expect(Buffer.from(inspection.history.snapshot().bytes.slice(0, before.length)).equals(before)).toBe(true);
  },
);

test('everything is emitted of gzip with a wrong checksum', async () => {
  const coded = zlib.gzipSync(TEXT);
  coded.writeUInt8(coded.readUInt8(coded.length - 6) ^ 1, coded.length - 6);
  const { url } = await serveCoded('gzip', coded);
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(EVENTS);
  expect(inspection.status.end).toMatchObject({ cause: 'network', error: { code: 'Z_DATA_ERROR' } });
});

if (zstd)
  test('zstd is read frame by frame, even if several come in one chunk, and some are empty', async () => {
    const texts = ['data: one\n\n', '', 'data: two\n', '\n', 'data: three\n\n'];
    const frames = texts.map((text) => zstd.zstdCompressSync(Buffer.from(text)));
    const { url } = await serveCoded('zstd', Buffer.concat(frames));
    const { inspection } = openInspection(url);
    await eventually(() => !inspection.running);
    expect(inspection.history.count).toBe(3);
    expect(inspection.status.end).toEqual({ cause: 'end' });
  });

/** Reads the body of a response, pausing it after each chunk for a turn of the event loop. */
async function readSlowly(url: string): Promise<Buffer[]> {
  const { body } = await exchange({ method: 'GET', url, headers: [], insecure: false }, new AbortController().signal);
  const pieces: Buffer[] = [];
  await body.read((piece) => {
    pieces.push(Buffer.from(piece));
    body.pause();
    setImmediate(() => body.resume());
  });
  return pieces;
}

test('bytes that expand to much more before a fault are emitted in chunks, and not all of them', async () => {
  const inner = zlib.gzipSync('data\n\n'.repeat(1_000_000));
  const outer = zlib.gzipSync(inner, { level: 0 });
  outer.writeUInt8(outer.readUInt8(outer.length - 6) ^ 1, outer.length - 6);
  const { url } = await serveCoded('gzip, gzip', outer);
  const pieces = await readSlowly(url);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(16 * 1024);
  expect(Buffer.concat(pieces).length).toBe(256 * 1024);
});

/** Ten coded bodies in a row that are one body. */
const SEVERAL = Object.keys(CODINGS).filter((name) => name === 'gzip' || name === 'zstd');

test.each(SEVERAL)('%s in several parts is read completely, even if its reader pauses it', async (name) => {
  const coding = CODINGS[name];
  if (!coding) throw new Error('There is no such case.');
  const parts = Array.from({ length: 10 }, () => coding.encode(TEXT));
  for (const all of [[Buffer.concat(parts)], parts]) {
    const framed = { framing: CHUNKED, part: 1, body: () => [...all.map((bytes) => chunk(bytes)), END] };
    const { url } = await serve({ ...coding, encode: () => all[0] ?? Buffer.of() }, framed, false, () => true);
    expect(Buffer.concat(await readSlowly(url)).equals(Buffer.concat(Array(10).fill(TEXT)))).toBe(true);
  }
});

test('the connection of a stream that can’t be decoded is closed', async () => {
  let isClosed = false;
  const { url } = await serveRaw((socket) => {
    socket.once('close', () => {
      isClosed = true;
    });
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: compress\r\n\r\nabc');
  });
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.status.end).toMatchObject({ error: { code: 'ERR_CODING' } });
  await eventually(() => isClosed);
});

test.each<[string, string]>([
  ['is shorter than its length', 'Content-Length: 1000\r\n\r\n{"a":1}'],
  ['can’t be decoded', 'Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{"a":1}'],
  ['has a bad chunk', 'Transfer-Encoding: chunked\r\n\r\n7\r\n{"a":1}\r\nzz\r\n'],
])('a response that isn’t a stream and %s stays as it is: a POST isn’t repeated', async (_, rest) => {
  const { url, asked } = await serveRaw(`HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n${rest}`);
  const { inspection } = openInspection(url, { method: 'POST', reconnect: true });
  await eventually(() => inspection.status.state === 'answered' && !inspection.running);
  expect(inspection.status.end).toMatchObject({ cause: 'response', failure: expect.any(Error) });
  expect(asked).toHaveLength(1);
});

test('a stream of gzip and a no-op coding is decoded', async () => {
  const { url } = await serveCoded('gzip, identity', zlib.gzipSync('data: a\n\n'));
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(1);
});

test('a stream ends where its coding has ended, whatever else the server sends', async () => {
  const body = zlib.brotliCompressSync('data: a\n\n');
  const framed = { framing: CHUNKED, part: 1, body: () => [chunk(Buffer.concat([body, body]))] };
  const coding = { header: 'br', encode: () => body, decode: () => body };
  // The server doesn't end it.
  const { url } = await serve(coding, { ...framed, reset: true }, false, () => false);
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect([inspection.history.count, inspection.status.end]).toEqual([1, { cause: 'end' }]);
});

test('an unknown coding is ignored', async () => {
  const { url } = await serveCoded('none', Buffer.from('data: a\n\n'));
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(1);
});

test('a block with only an id changes the id that a reconnect sends', async () => {
  const { url } = await serveCoded('', Buffer.from('id: 5\ndata: a\n\nid: 6\n\n'));
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect([inspection.history.count, inspection.status.lastEventId]).toEqual([1, '6']);
});

test('a fault in the inner of two codings ends the stream', async () => {
  const inner = zlib.gzipSync('data: a\n\n', { finishFlush: constants.Z_SYNC_FLUSH });
  const faulty = Buffer.concat([inner, Buffer.alloc(300_000, 0xff)]);
  const { url } = await serveCoded('gzip, gzip', zlib.gzipSync(faulty));
  const { inspection } = openInspection(url);
  await eventually(() => !inspection.running);
  expect(inspection.status).toMatchObject({ state: 'failed', end: { error: { code: 'Z_DATA_ERROR' } } });
});
