import { type BigIntStats, closeSync } from 'node:fs';

/**
 * The files of this process that are recorded to. Each has one recording at a time: two that write in one moment can't
 * tell their bytes from each other's before one has written over the other's.
 */
export class RecordedFiles {
  /** Known by their numbers, since a file may have many names. */
  readonly #taken = new Set<string>();

  /**
   * Takes a file that was opened, until it is closed by what this returns; undefined where it is taken already.
   * @param stats of the open file
   */
  take(fd: number, { dev, ino }: BigIntStats): (() => void) | undefined {
    const key = `${dev}:${ino}`;
    if (this.#taken.has(key)) return undefined;
    // A file system that doesn't number its files has the same number for all.
    if (ino !== 0n) this.#taken.add(key);
    return () => {
      try {
        closeSync(fd);
      } finally {
        this.#taken.delete(key);
      }
    };
  }
}
