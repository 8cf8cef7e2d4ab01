import type { Transform } from 'node:stream';
import zlib, { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** What has come of a coded piece is given out at once; an end without the coding's own is the server's affair. */
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** Makes what decodes a coding, by the first byte of what is coded. */
type Create = (first: number) => Transform;

const DECODERS = new Map<string, Create>([
  ['gzip', () => createGunzip(ZLIB)],
  ['x-gzip', () => createGunzip(ZLIB)],
  // Many send it without the wrapper that RFC 9110 §8.4.1.2 asks for, whose first four bits name the method, 8.
  ['deflate', (first) => ((first & 0x0f) === 8 ? createInflate(ZLIB) : createInflateRaw(ZLIB))],
  ['br', () => createBrotliDecompress(BROTLI)],
  ...zstd(),
]);
/** The first byte of a deflate body as it should be. */
const WRAPPED = 0x78;
/** A longer chain of codings is a way to make much of little. */
const MAX_CODINGS = 5;

/** Of what a request accepts, in an `Accept-Encoding` header, those codings that can be read here: a browser may accept more. */
export function readableCodings(accepted: string): string {
  const codings = accepted.split(',').map((coding) => coding.trim());
  const readable = codings.filter((coding) => DECODERS.has(coding.replace(/;.*/, '').trim().toLowerCase()));
  return readable.join(', ') || 'identity';
}

/**
 * Returns what decodes a body.
 * @param encoding its `Content-Encoding` header (RFC 9110 §8.4); empty: there is none
 * @param body its first bytes, one at least
 * @returns in the order in which they decode; none where a coding isn't known: the body stays as it is
 */
export function decodersOf(encoding: string, body: Uint8Array): Transform[] {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter(Boolean);
  const decoders = codings.toReversed().map((coding) => DECODERS.get(coding));
  if (decoders.length > MAX_CODINGS) return [];
  const known = decoders.filter((create) => create !== undefined);
  return known.length < decoders.length
    ? []
    : known.map((create, index) => create(index === 0 ? (body[0] ?? 0) : WRAPPED));
}

/** Node has it from 22.15 and 23.8 on. */
function zstd(): [string, Create][] {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  return createZstdDecompress ? [['zstd', createZstdDecompress]] : [];
}
