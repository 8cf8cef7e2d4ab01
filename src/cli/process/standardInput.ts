import { UsageError } from './failure';

/** Maximum size of a body from standard input, in bytes: that of a body from a file. */
const MAX_SIZE = 1024 * 1024;

/** Reads standard input to its end, as text. @throws {UsageError} if it is too large, or no text */
export async function standardInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > MAX_SIZE) throw new UsageError('Standard input is larger than 1 MB.');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    // The decoder's own error says less.
    throw new UsageError('Standard input is no UTF-8 text.');
  }
}
