import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { canReadZstd, ZstdDecoder } from './zstd';

/** Options that flush after every chunk, and tolerate a missing trailer. */
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** A function that creates the decoder of a coding, by the first coded byte. */
export type CreateDecoder = (first: number) => Transform;

const DECODERS: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ['gzip', () => createGunzip(ZLIB)],
  ['x-gzip', () => createGunzip(ZLIB)],
  // Many servers send it without the wrapper that RFC 9110 §8.4.1.2 asks for, in whose first byte the low four bits name the
  // method, 8.
  ['deflate', (first) => ((first & 0x0f) === 8 ? createInflate(ZLIB) : createInflateRaw(ZLIB))],
  ['br', () => createBrotliDecompress(BROTLI)],
  ...(canReadZstd ? [['zstd', () => new ZstdDecoder()] satisfies [string, CreateDecoder]] : []),
]);
/**
 * Registered codings (IANA HTTP Content Coding Registry) that may be unreadable here; an unknown name counts as no coding.
 */
const REGISTERED = ['aes128gcm', 'compress', 'x-compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'zstd'];
/** Maximum number of codings in a chain: longer ones are decompression bombs. */
const MAX_CODINGS = 2;

/** Returns the codings of an `Accept-Encoding` header that can be read here: a browser may accept more. */
export function readableCodings(accepted: string): string {
  const codings = accepted.split(',').map((coding) => coding.trim());
  const readable = codings.filter((coding) => DECODERS.has(coding.replace(/;.*/, '').trim().toLowerCase()));
  return readable.join(', ') || 'identity';
}

/** Whether the bytes begin like gzip (RFC 1952 §2.3.1), as no text does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && (bytes.length === 1 || bytes[1] === 0x8b);
}

/**
 * Returns the coding of a `Content-Encoding` header that can't be read here, or the whole header if it has too many;
 * undefined if all can be read.
 */
export function unreadableCoding(encoding: string): string | undefined {
  const codings = codingsOf(encoding);
  if (codings.length > MAX_CODINGS) return encoding;
  return codings.find((coding) => REGISTERED.includes(coding) && !DECODERS.has(coding));
}

/**
 * Returns the functions that create the decoders of a body.
 * @param encoding its `Content-Encoding` header (RFC 9110 §8.4); empty if there is none
 * @returns in the order in which they decode; empty if a coding is unknown: the body stays as it is
 */
export function decodersOf(encoding: string): CreateDecoder[] {
  const creates = codingsOf(encoding).map((coding) => DECODERS.get(coding));
  if (creates.length > MAX_CODINGS) return [];
  const known = creates.filter((create) => create !== undefined).toReversed();
  return known.length < creates.length ? [] : known;
}

function codingsOf(encoding: string): string[] {
  const codings = encoding.toLowerCase().split(',');
  // `identity` means no coding at all.
  return codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
}
