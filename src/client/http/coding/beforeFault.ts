import { addAbortSignal, finished, type Transform } from 'node:stream';

/** Maximum size of what is decoded again, in bytes: a few bytes may expand to very many. */
const MAX_DECODED = 8 * 1024 * 1024;

/**
 * Resolves with what the coded bytes before a fault decode to: Node's decoders discard what they have decoded of the chunk
 * that has the fault.
 * @param creates functions that create a decoder for each coding, by the first coded byte, in the order in which they
 *   decode
 * @param signal stops the search: it resolves with what was found by then
 */
export async function decodedBeforeFault(
  coded: Uint8Array,
  creates: readonly ((first: number) => Transform)[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  let bytes = coded;
  for (const create of creates) bytes = await decodedOnce(bytes, create, signal);
  return bytes;
}

/** Finds the fault by bisection: a decoder doesn't report where it is. */
async function decodedOnce(coded: Uint8Array, create: (first: number) => Transform, signal: AbortSignal) {
  const decode = (length: number) => decoded(create(coded[0] ?? 0), coded.subarray(0, length), signal);
  let best = await decode(coded.length);
  let [whole, faulty] = [best ? coded.length : 0, coded.length];
  while (faulty - whole > 1 && !signal.aborted) {
    const middle = Math.floor((whole + faulty) / 2);
    const found = await decode(middle);
    if (found) [whole, best] = [middle, found];
    else faulty = middle;
  }
  return best ?? new Uint8Array();
}

/** Resolves with the decoded bytes; undefined if there is a fault in them, or if they are too many. */
function decoded(decoder: Transform, coded: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    addAbortSignal(signal, decoder);
    decoder.on('data', (piece: Uint8Array) => {
      pieces.push(piece);
      size += piece.length;
      if (size > MAX_DECODED) decoder.destroy(new Error('Too large.'));
    });
    finished(decoder, (error) => resolve(error ? undefined : Buffer.concat(pieces)));
    decoder.end(coded);
  });
}
