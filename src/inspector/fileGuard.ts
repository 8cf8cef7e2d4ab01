import { closeSync, fstatSync, read, readSync, statSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { RecordingError } from './recordingError';
import { type FileStats, isMissing, type OpenFile, statsOf, statsOfOpen } from './regularFile';

/** How long a file may be missing, in milliseconds: editors move it away, and put what was edited in its place. */
const MISSING = 250;
/** Size of what was written before that is read again with a write, in bytes: in a file that was emptied, it is zeros. */
const TAIL = 64;

/**
 * A file that one writes alone: a write fails, with RecordingError, where the file isn't what was written so far any more.
 * It is known by its size, by its place under its name, and by the end of what was written, which is read again.
 */
export class FileGuard {
  readonly #path: string;
  readonly #file: OpenFile;
  /** Whether the file system counts a file's names, and numbers its files. */
  readonly #countsLinks: boolean;
  readonly #hasNumbers: boolean;
  #tail = Buffer.alloc(0);
  #missingSince: number | undefined;
  /** How many calls of the system are under way. */
  #busy = 0;
  #closed = false;

  /** @param file that was just opened, by the path; it belongs to the guard from here on */
  constructor(path: string, file: OpenFile) {
    [this.#path, this.#file] = [path, file];
    const [own, named] = [fstatSync(file.fd, { bigint: true }), namedSync(path)];
    this.#countsLinks = own.nlink > 0n;
    this.#hasNumbers = named !== undefined && named !== 'missing' && isSame(own, named);
  }

  /** Writes behind what has been written, and resolves with how much of it. @param size of all that has been written */
  async write(bytes: Uint8Array, size: number): Promise<number> {
    const { bytesWritten } = await this.#call(() => promisify(write)(this.#file.fd, bytes, 0, bytes.length, size));
    return bytesWritten;
  }

  /** Writes all. @param size of all that has been written */
  writeSync(bytes: Uint8Array, size: number): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#file.fd, bytes, done, bytes.length - done, size + done);
  }

  /** Rejects where the file isn't what was written. @param size of that */
  async check(size: number): Promise<void> {
    const [own, named] = await this.#call(() => Promise.all([statsOfOpen(this.#file.fd), this.#named()]));
    this.#compare(own, named, size, size, MISSING);
  }

  /** Throws where the file isn't what was written. @param most size with a write that is under way */
  checkSync(size: number, most: number): void {
    this.#compare(fstatSync(this.#file.fd, { bigint: true }), namedSync(this.#path), size, most, 0);
  }

  /** Reads what was just written again, and what stands before it. @param size with it */
  async verify(bytes: Uint8Array, size: number): Promise<void> {
    const wanted = this.#wanted(bytes);
    if (!this.#file.isReadable) return;
    const found = Buffer.alloc(wanted.length);
    await this.#call(() => promisify(read)(this.#file.fd, found, 0, found.length, size - found.length));
    if (!found.equals(wanted)) throw new RecordingError('changed');
  }

  /** As `verify`. */
  verifySync(bytes: Uint8Array, size: number): void {
    const wanted = this.#wanted(bytes);
    if (!this.#file.isReadable) return;
    const found = Buffer.alloc(wanted.length);
    readSync(this.#file.fd, found, 0, found.length, size - found.length);
    if (!found.equals(wanted)) throw new RecordingError('changed');
  }

  /** Closes the file, once nothing uses it. Twice is fine. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#busy === 0) closeSync(this.#file.fd);
  }

  /** A number that was closed may be another file's by then. */
  async #call<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('The file is closed.');
    this.#busy += 1;
    try {
      return await call();
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0 && this.#closed) closeSync(this.#file.fd);
    }
  }

  /** Resolves with undefined where it can't be known, as in a folder that may not be read any more. */
  async #named(): Promise<FileStats | 'missing' | undefined> {
    try {
      return (await statsOf(this.#path)) ?? 'missing';
    } catch {
      return undefined;
    }
  }

  #compare(
    own: FileStats,
    named: FileStats | 'missing' | undefined,
    size: number,
    most: number,
    patience: number,
  ): void {
    if (own.size < size || own.size > most) throw new RecordingError('changed');
    const isMoved = named === 'missing' || (this.#countsLinks && own.nlink === 0n);
    if (named !== 'missing' && named && this.#hasNumbers && !isSame(own, named)) throw new RecordingError('changed');
    if (!isMoved) {
      this.#missingSince = undefined;
      return;
    }
    this.#missingSince ??= performance.now();
    if (performance.now() - this.#missingSince >= patience) throw new RecordingError('deleted');
  }

  /** What the end of the file must be, and is looked for the next time. */
  #wanted(bytes: Uint8Array): Buffer {
    const wanted = Buffer.concat([this.#tail, bytes]);
    this.#tail = Buffer.from(wanted.subarray(-TAIL));
    return wanted;
  }
}

/** Returns undefined where it can't be known, as in a folder that may not be read any more. */
function namedSync(path: string): FileStats | 'missing' | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    return isMissing(error) ? 'missing' : undefined;
  }
}

function isSame(one: FileStats, other: FileStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
