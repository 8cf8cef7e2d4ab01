import type { Turns } from '../../turns/turns';

/** A file that is put in place when it is complete; until then, the old file stays. */
export interface SavedFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts the file in place. */
  commit(): Promise<void>;
  /** Removes the file, unless it is in place. */
  abort(): Promise<void>;
}

/**
 * Writes a file chunk by chunk, each after the one before, in time slices. Resolves with the return value of `pieces`;
 * undefined if it was cancelled. Only a complete file is put in place.
 * @param pieces of the file; each takes little time
 * @param isCancelled called before each piece
 */
export async function savePieces<T>(
  file: SavedFile,
  pieces: Generator<Uint8Array, T>,
  turns: Turns,
  isCancelled: () => boolean,
): Promise<T | undefined> {
  try {
    for (;;) {
      // The time slice may be over after a write.
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
