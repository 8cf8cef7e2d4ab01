import { type BigIntStats, closeSync } from 'node:fs';

/**
 * The files that this process records to. Each has one recording at a time: two that write at the same moment could
 * overwrite each other's bytes before they notice.
 */
export class RecordedFiles {
  /** Files by device and inode number, since a file may have many names. */
  readonly #taken = new Set<string>();

  /**
   * Takes an open file. Returns a function that closes and releases it; undefined if it is already taken.
   * @param stats of the open file
   */
  take(fd: number, { dev, ino }: BigIntStats): (() => void) | undefined {
    const key = `${dev}:${ino}`;
    if (this.#taken.has(key)) return undefined;
    // A file system that doesn't number its files reports 0 for all of them.
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
