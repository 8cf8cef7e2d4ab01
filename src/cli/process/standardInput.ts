import { UsageError } from './failure';
import { unlessInterrupted } from './interruption';

/** Maximum size of a body from standard input, in bytes: that of a body from a file. */
const MAX_SIZE = 1024 * 1024;

/**
 * Reads standard input to its end, as text.
 * @throws {UsageError} if it is too large, or no text @throws {Interruption} if the signal is aborted before
 */
export async function standardInput(interrupted: AbortSignal): Promise<string> {
  const bytes = await unlessInterrupted(readToEnd(), interrupted);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder's own error says less.
    throw new UsageError('Standard input is no UTF-8 text.');
  }
}

async function readToEnd(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > MAX_SIZE) throw new UsageError('Standard input is larger than 1 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Resolves when standard input has ended, or can't be read. */
export function standardInputEnd(): Promise<void> {
  process.stdin.resume();
  return new Promise((resolve) => {
    for (const name of ['end', 'close', 'error']) process.stdin.once(name, () => resolve());
  });
}
