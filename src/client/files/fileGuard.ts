import { fstatSync, read, readSync, statSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { RecordingError } from './recordingError';
import { codeOf, type FileStats, isMissing, type OpenFile, statsOf, statsOfOpen } from './regularFile';
import { WrittenContent } from './writtenContent';

/** How long a file may be missing, in milliseconds: editors move it away, and put what was edited in its place. */
const MISSING = 250;
/** Size of what was written before that is read again with a write, in bytes: in a file that was emptied, it is zeros. */
const TAIL = 64;
/** How much longer than a comparison of the content took the next one waits: where times move by themselves, it costs 5 %. */
const PAUSES = 20;
/** Maximum number of times that the content is compared in a row, where times move meanwhile. */
const MAX_ROUNDS = 3;
/** Maximum size of a content that a write waits for until it is compared, in bytes: that takes 30 ms. */
const AWAITED = 16 * 1024 * 1024;

/**
 * A file that one writes alone: a write fails, with RecordingError, where the file isn't what was written so far any more.
 * It is known by its size, by its place under its name, and by the end of what was written, which is read again. Where its
 * times have moved without a write, all that was written is compared, since that may have another cause: some systems note
 * the time of a write late, and someone may have touched the file only.
 */
export class FileGuard {
  readonly #path: string;
  readonly #file: OpenFile;
  /** Whether the file system counts a file's names, and numbers its files. */
  readonly #countsLinks: boolean;
  readonly #hasNumbers: boolean;
  readonly #content: WrittenContent;
  #tail = Buffer.alloc(0);
  /** The file as it was behind the last write. */
  #last: FileStats;
  /** Its times have moved since, and the content hasn't been compared. */
  #isInDoubt = false;
  #isComparing = false;
  /** When the content may be compared again. */
  #nextComparison = 0;
  /** What a comparison has found. */
  #failure: unknown;
  #missingSince: number | undefined;
  /** The latest write that was begun and isn't verified yet: some of it, or all, may be in the file. */
  #begun: { bytes: Uint8Array; position: number } | undefined;
  #isWriting = false;
  /** How many calls of the system are under way. */
  #busy = 0;
  #closed = false;

  /** @param file that was just opened, by the path; it belongs to the guard from here on */
  constructor(path: string, file: OpenFile, content = new WrittenContent()) {
    [this.#path, this.#file, this.#content] = [path, file, content];
    const [own, named] = [fstatSync(file.fd, { bigint: true }), namedSync(path)];
    this.#last = own;
    this.#countsLinks = own.nlink > 0n;
    this.#hasNumbers = named !== undefined && named !== 'missing' && isSame(own, named);
  }

  /** Writes behind what has been written, and resolves with how much of it. @param size of all that has been written */
  async write(bytes: Uint8Array, size: number): Promise<number> {
    this.#begun = { bytes, position: size };
    this.#isWriting = true;
    return await this.#call(async () => {
      const { bytesWritten } = await promisify(write)(this.#file.fd, bytes, 0, bytes.length, size);
      this.#last = await statsOfOpen(this.#file.fd);
      return bytesWritten;
    }).finally(() => {
      this.#isWriting = false;
    });
  }

  /** Writes all. @param size of all that has been written */
  writeSync(bytes: Uint8Array, size: number): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#file.fd, bytes, done, bytes.length - done, size + done);
    this.#last = fstatSync(this.#file.fd, { bigint: true });
  }

  /** Rejects where the file isn't what was written. @param size of that */
  async check(size: number): Promise<void> {
    const [own, named] = await this.#call(() => Promise.all([statsOfOpen(this.#file.fd), this.#named()]));
    if (own.size !== BigInt(size)) throw new RecordingError('changed');
    this.#lookAtName(own, named, MISSING);
    this.#lookAtTimes(own);
    if (this.#isInDoubt && !this.#isComparing && performance.now() >= this.#nextComparison) {
      const compared = this.#compareContent();
      // More than that would have what comes wait too long: it is written behind what is compared.
      if (size <= AWAITED) await compared;
    }
    if (this.#failure) throw this.#failure;
  }

  /** Rejects where the content isn't what was written: what was changed in the moment of a write leaves no time of its own. */
  async confirm(): Promise<void> {
    for (let round = 1; round <= MAX_ROUNDS && this.#file.isReadable && this.#content.isComparable; round += 1) {
      await this.#compareContent();
      if (this.#failure) break;
      // What was read already may have been changed since.
      this.#lookAtTimes(await this.#call(() => statsOfOpen(this.#file.fd)));
      if (!this.#isInDoubt) break;
    }
    if (this.#failure) throw this.#failure;
  }

  /**
   * Throws where the file isn't what was written, and the beginning of what is being written.
   * @param size of what was written @param compares whether the content is compared where times have moved
   */
  checkSync(size: number, compares = true): void {
    const own = fstatSync(this.#file.fd, { bigint: true });
    if (!this.#isBegun(size, Number(own.size) - size)) throw new RecordingError('changed');
    this.#lookAtName(own, namedSync(this.#path), 0);
    if (this.#failure) throw this.#failure;
    this.#lookAtTimes(own);
    if (!compares || (!this.#isInDoubt && !this.#isComparing)) return;
    if (!this.#content.isInSync((into, position) => readSync(this.#file.fd, into, 0, into.length, position)))
      throw new RecordingError('changed');
    this.#isInDoubt = false;
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
    if (this.#busy === 0) this.#file.close();
  }

  /** A number that was closed may be another file's by then. */
  async #call<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('The file is closed.');
    this.#busy += 1;
    try {
      return await call();
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0 && this.#closed) this.#file.close();
    }
  }

  /** Resolves with undefined where it can't be known, as in a folder that may not be read any more. */
  async #named(): Promise<FileStats | 'missing' | undefined> {
    try {
      return (await statsOf(this.#path)) ?? 'missing';
    } catch (error) {
      return leadsNowhere(error) ? 'missing' : undefined;
    }
  }

  /** Whether so many bytes, behind what was written, are the beginning of what is being written there. */
  #isBegun(size: number, count: number): boolean {
    if (count === 0) return true;
    const bytes = this.#begun?.position === size ? this.#begun.bytes : Buffer.alloc(0);
    if (count < 0 || count > bytes.length) return false;
    if (!this.#file.isReadable) return true;
    const found = Buffer.alloc(count);
    return readSync(this.#file.fd, found, 0, count, size) === count && found.equals(bytes.subarray(0, count));
  }

  #lookAtName(own: FileStats, named: FileStats | 'missing' | undefined, patience: number): void {
    const isMoved = named === 'missing' || (this.#countsLinks && own.nlink === 0n);
    if (named !== 'missing' && named && this.#hasNumbers && !isSame(own, named)) throw new RecordingError('changed');
    if (!isMoved) {
      this.#missingSince = undefined;
      return;
    }
    this.#missingSince ??= performance.now();
    if (performance.now() - this.#missingSince >= patience) throw new RecordingError('deleted');
  }

  /** @throws {RecordingError} where they have moved, and the content can't be compared */
  #lookAtTimes(own: FileStats): void {
    const [isWritten, isTouched] = [own.mtimeNs !== this.#last.mtimeNs, own.ctimeNs !== this.#last.ctimeNs];
    if (!isWritten && !isTouched) return;
    this.#last = own;
    if (this.#file.isReadable && this.#content.isComparable) this.#isInDoubt = true;
    // A write that is under way has perhaps moved them.
    else if (isWritten && isTouched && !this.#isWriting) throw new RecordingError('changed');
  }

  async #compareContent(): Promise<void> {
    [this.#isInDoubt, this.#isComparing] = [false, true];
    const start = performance.now();
    try {
      const isSame = await this.#content.isIn((into, position) =>
        this.#call(async () => (await promisify(read)(this.#file.fd, into, 0, into.length, position)).bytesRead),
      );
      if (!isSame) this.#failure = new RecordingError('changed');
    } catch (error) {
      this.#failure = error;
    }
    this.#isComparing = false;
    this.#nextComparison = performance.now() + PAUSES * (performance.now() - start);
  }

  /** Bytes that the file must end with, looked for the next time. */
  #wanted(bytes: Uint8Array): Buffer {
    this.#begun = undefined;
    const wanted = Buffer.concat([this.#tail, bytes]);
    this.#content.append(bytes);
    this.#tail = Buffer.from(wanted.subarray(-TAIL));
    return wanted;
  }
}

/** Returns undefined where it can't be known, as in a folder that may not be read any more. */
function namedSync(path: string): FileStats | 'missing' | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    return leadsNowhere(error) ? 'missing' : undefined;
  }
}

/** Whether there is no file of that name: none at all, or a link to itself. */
function leadsNowhere(error: unknown): boolean {
  return isMissing(error) || codeOf(error) === 'ELOOP';
}

function isSame(one: FileStats, other: FileStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
