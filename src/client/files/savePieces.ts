import type { Turns } from '../../turns/turns';

/** A file that is put in place when it is whole; until then, what was there stays. */
export interface SavedFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts it in place. */
  commit(): Promise<void>;
  /** Leaves nothing of it, unless it is in place. */
  abort(): Promise<void>;
}

/**
 * Writes a file piece by piece, each when the one before is written, in turns. Resolves with what the pieces return;
 * undefined where it was cancelled. Only a file that is whole is put in place.
 * @param pieces of the file; the work for one is short @param isCancelled asked before each
 */
export async function savePieces<T>(
  file: SavedFile,
  pieces: Generator<Uint8Array, T>,
  turns: Turns,
  isCancelled: () => boolean,
): Promise<T | undefined> {
  try {
    for (;;) {
      // A write may have taken its time: then it is someone else's turn.
      if (turns.isOver) await turns.next();
      if (isCancelled()) return undefined;
      const piece = pieces.next();
      if (piece.done) {
        await file.commit();
        return piece.value;
      }
      if (piece.value.length > 0) await file.write(piece.value);
    }
  } finally {
    await file.abort();
  }
}
