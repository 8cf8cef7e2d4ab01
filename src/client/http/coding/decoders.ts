import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { canReadZstd, ZstdDecoder } from './zstd';

/** What has come of a coded piece is given out at once; an end without the coding's own is the server's affair. */
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** Makes what decodes a coding, by the first byte of what is coded. */
export type CreateDecoder = (first: number) => Transform;

const DECODERS: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip(ZLIB)],
  ['x-gzip', () => createGunzip(ZLIB)],
  // Many send it without the wrapper that RFC 9110 §8.4.1.2 asks for, whose first four bits name the method, 8.
  ['deflate', (first) => ((first & 0x0f) === 8 ? createInflate(ZLIB) : createInflateRaw(ZLIB))],
  ['br', () => createBrotliDecompress(BROTLI)],
  ...(canReadZstd ? [['zstd', () => new ZstdDecoder()] satisfies [string, CreateDecoder]] : []),
]);
/** Registered codings (IANA HTTP Content Coding Registry) that may not be read; others than these stand for nothing. */
const REGISTERED = ['aes128gcm', 'compress', 'x-compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'zstd'];
/** A longer chain of codings is a way to make much of little. */
const MAX_CODINGS = 2;

/** Of what a request accepts, in an `Accept-Encoding` header, those codings that can be read here: a browser may accept more. */
export function readableCodings(accepted: string): string {
  const codings = accepted.split(',').map((coding) => coding.trim());
  const readable = codings.filter((coding) => DECODERS.has(coding.replace(/;.*/, '').trim().toLowerCase()));
  return readable.join(', ') || 'identity';
}

/** Whether these bytes begin as gzip's do (RFC 1952 §2.3.1), and as no text does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && (bytes.length === 1 || bytes[1] === 0x8b);
}

/** Returns the coding of a `Content-Encoding` header that can't be read here, or all of them where they are too many; undefined: all can. */
export function unreadableCoding(encoding: string): string | undefined {
  const codings = codingsOf(encoding);
  if (codings.length > MAX_CODINGS) return encoding;
  return codings.find((coding) => REGISTERED.includes(coding) && !DECODERS.has(coding));
}

/**
 * Returns what makes the decoders of a body.
 * @param encoding its `Content-Encoding` header (RFC 9110 §8.4); empty: there is none
 * @returns in the order in which they decode; none where a coding isn't known: the body stays as it is
 */
export function decodersOf(encoding: string): CreateDecoder[] {
  const creates = codingsOf(encoding).map((coding) => DECODERS.get(coding));
  if (creates.length > MAX_CODINGS) return [];
  const known = creates.filter((create) => create !== undefined).toReversed();
  return known.length < creates.length ? [] : known;
}

function codingsOf(encoding: string): string[] {
  const codings = encoding.toLowerCase().split(',');
  // It stands for no coding at all.
  return codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
}
