import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** What has come of a coded piece is given out at once; an end without the coding's own is the server's affair. */
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

const DECODERS = new Map<string, () => Transform>([
  ['gzip', () => createGunzip(ZLIB)],
  ['x-gzip', () => createGunzip(ZLIB)],
  ['deflate', () => createInflate(ZLIB)],
  ['br', () => createBrotliDecompress(BROTLI)],
]);
/** A longer chain of codings is a way to make much of little. */
const MAX_CODINGS = 5;

/** Of what a request accepts, in an `Accept-Encoding` header, those codings that can be read here: a browser may accept more. */
export function readableCodings(accepted: string): string {
  const codings = accepted.split(',').map((coding) => coding.trim());
  const readable = codings.filter((coding) => DECODERS.has(coding.replace(/;.*/, '').trim().toLowerCase()));
  return readable.join(', ') || 'identity';
}

/** The body without its content codings (RFC 9110 §8.4); those that aren't known stay on. */
export function decoded(response: IncomingMessage): Readable {
  const codings = (response.headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter(Boolean);
  const decoders = codings.toReversed().map((coding) => DECODERS.get(coding));
  if (decoders.length === 0 || decoders.length > MAX_CODINGS || decoders.includes(undefined)) return response;
  const transforms = decoders.map((create) => create?.() as Transform);
  // What fails is told by the last, which the reader has.
  return pipeline([response, ...transforms], () => {}) as Transform;
}
