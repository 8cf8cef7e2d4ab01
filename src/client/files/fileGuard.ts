import { fdatasync, fstatSync, read, readSync, statSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { RecordingError } from './recordingError';
import { codeOf, type FileStats, isMissing, type OpenFile, statsOf, statsOfOpen } from './regularFile';
import { WrittenContent } from './writtenContent';

/** Time for which a file may be missing, in milliseconds: editors move it away, and put the edited file in its place. */
const MISSING_TIMEOUT = 250;
/** Size of the earlier content that is read again with a write, in bytes: in a file that was emptied, it is zeros. */
const TAIL = 64;
/**
 * Time until the next comparison of the content, as a multiple of the time that the last one took: if file times change by
 * themselves, comparing costs 5 %.
 */
const COMPARISON_PAUSE = 20;
/** Maximum number of comparisons of the content in a row, if file times change meanwhile. */
const MAX_ROUNDS = 3;
/** Maximum size of a content whose comparison a write waits for, in bytes: that takes 30 ms. */
const AWAITED = 16 * 1024 * 1024;

/**
 * A file with a single writer: a write fails, with RecordingError, if the file is no longer what was written so far. The
 * checks are its size, which file the path leads to, and the end of what was written, which is read again. If the file's
 * times have changed without a write, the whole content is compared, since there may be another cause: some systems update
 * the time of a write late, and another program may only have touched the file.
 */
export class FileGuard {
  readonly #path: string;
  readonly #file: OpenFile;
  /** Whether the file system counts a file's names, and numbers its files. */
  readonly #countsLinks: boolean;
  readonly #hasNumbers: boolean;
  readonly #content: WrittenContent;
  #tail = Buffer.alloc(0);
  /** Stats of the file after the last write. */
  #last: FileStats;
  /** Whether the file's times have changed since, and its content hasn't been compared. */
  #isInDoubt = false;
  #isComparing = false;
  /** Time from which on the content may be compared again. */
  #nextComparison = 0;
  /** Error that a comparison has found. */
  #failure: unknown;
  #missingSince: number | undefined;
  /** Latest write that was begun and isn't verified yet: some or all of it may be in the file. */
  #writeInProgress: { bytes: Uint8Array; position: number } | undefined;
  #isWriting = false;
  /** Number of system calls in progress. */
  #busy = 0;
  #closed = false;

  /** @param file just opened, by the path; the guard owns it from here on */
  constructor(path: string, file: OpenFile, content = new WrittenContent()) {
    const [own, named] = [fstatSync(file.fd, { bigint: true }), namedSync(path)];
    [this.#path, this.#file, this.#content, this.#last] = [path, file, content, own];
    // Another program may have deleted or replaced the file since it was opened.
    const isUnlinked = own.nlink === 0n && (named === 'missing' || (named !== undefined && named.nlink > 0n));
    this.#countsLinks = own.nlink > 0n || isUnlinked;
    this.#hasNumbers = named !== undefined && named !== 'missing' && (isUnlinked || isSame(own, named));
  }

  /**
   * Writes after everything written so far, and resolves with the number of bytes written.
   * @param size of everything written so far
   */
  async write(bytes: Uint8Array, size: number): Promise<number> {
    this.#writeInProgress = { bytes, position: size };
    this.#isWriting = true;
    return await this.#call(async () => {
      const { bytesWritten } = await promisify(write)(this.#file.fd, bytes, 0, bytes.length, size);
      this.#last = await statsOfOpen(this.#file.fd);
      return bytesWritten;
    }).finally(() => {
      this.#isWriting = false;
    });
  }

  /** Writes all bytes. @param size of everything written so far */
  writeSync(bytes: Uint8Array, size: number): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#file.fd, bytes, done, bytes.length - done, size + done);
    this.#last = fstatSync(this.#file.fd, { bigint: true });
  }

  /** Rejects if the file isn't what was written. @param size of what was written */
  async check(size: number): Promise<void> {
    const [own, named] = await this.#call(() => Promise.all([statsOfOpen(this.#file.fd), this.#named()]));
    if (own.size !== BigInt(size)) throw new RecordingError('changed');
    this.#checkName(own, named, MISSING_TIMEOUT);
    this.#checkTimes(own);
    if (this.#isInDoubt && !this.#isComparing && performance.now() >= this.#nextComparison) {
      const compared = this.#compareContent();
      // Waiting for a larger comparison would delay the queue too much: writes go on after the part that is being compared.
      if (size <= AWAITED) await compared;
    }
    if (this.#failure) throw this.#failure;
  }

  /** Rejects if the content can't be put on the disk, or isn't what was written: a change during a write shows in no times. */
  async confirm(): Promise<void> {
    await this.#call(() => promisify(fdatasync)(this.#file.fd));
    for (let round = 1; round <= MAX_ROUNDS && this.#file.isReadable && this.#content.isComparable; round += 1) {
      await this.#compareContent();
      if (this.#failure) break;
      // A part that was already read may have been changed since.
      this.#checkTimes(await this.#call(() => statsOfOpen(this.#file.fd)));
      if (!this.#isInDoubt) break;
    }
    if (this.#failure) throw this.#failure;
  }

  /**
   * Throws if the file isn't what was written, and the beginning of what is being written.
   * @param size of what was written
   * @param compares whether the content is compared if times have changed
   */
  checkSync(size: number, compares = true): void {
    const own = fstatSync(this.#file.fd, { bigint: true });
    if (!this.#isPartOfWrite(size, Number(own.size) - size)) throw new RecordingError('changed');
    this.#checkName(own, namedSync(this.#path), 0);
    if (this.#failure) throw this.#failure;
    this.#checkTimes(own);
    if (!compares || (!this.#isInDoubt && !this.#isComparing)) return;
    if (!this.#content.isInSync((into, position) => readSync(this.#file.fd, into, 0, into.length, position)))
      throw new RecordingError('changed');
    this.#isInDoubt = false;
  }

  /** Reads back what was just written, and what is before it. @param size of everything written, including that */
  async verify(bytes: Uint8Array, size: number): Promise<void> {
    const wanted = this.#expectedEnd(bytes);
    if (!this.#file.isReadable) return;
    const found = Buffer.alloc(wanted.length);
    await this.#call(() => promisify(read)(this.#file.fd, found, 0, found.length, size - found.length));
    if (!found.equals(wanted)) throw new RecordingError('changed');
  }

  /** Does the same as `verify`, synchronously. */
  verifySync(bytes: Uint8Array, size: number): void {
    const wanted = this.#expectedEnd(bytes);
    if (!this.#file.isReadable) return;
    const found = Buffer.alloc(wanted.length);
    readSync(this.#file.fd, found, 0, found.length, size - found.length);
    if (!found.equals(wanted)) throw new RecordingError('changed');
  }

  /** Closes the file, once nothing uses it. Calling it twice is fine. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#busy === 0) this.#file.close();
  }

  /**
   * Makes a system call, and closes the file only afterwards: a descriptor that was closed may already be another file's.
   */
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

  /** Resolves with the stats of the file at the path; undefined if they can't be read, as in a folder without permission. */
  async #named(): Promise<FileStats | 'missing' | undefined> {
    try {
      return (await statsOf(this.#path)) ?? 'missing';
    } catch (error) {
      return isDangling(error) ? 'missing' : undefined;
    }
  }

  /** Whether the file's `count` bytes after what was written are the beginning of the write in progress. */
  #isPartOfWrite(size: number, count: number): boolean {
    if (count === 0) return true;
    const bytes = this.#writeInProgress?.position === size ? this.#writeInProgress.bytes : Buffer.alloc(0);
    if (count < 0 || count > bytes.length) return false;
    if (!this.#file.isReadable) return true;
    const found = Buffer.alloc(count);
    return readSync(this.#file.fd, found, 0, count, size) === count && found.equals(bytes.subarray(0, count));
  }

  #checkName(own: FileStats, named: FileStats | 'missing' | undefined, timeout: number): void {
    const isMoved = named === 'missing' || (this.#countsLinks && own.nlink === 0n);
    if (named !== 'missing' && named && this.#hasNumbers && !isSame(own, named)) throw new RecordingError('changed');
    if (!isMoved) {
      this.#missingSince = undefined;
      return;
    }
    this.#missingSince ??= performance.now();
    if (performance.now() - this.#missingSince >= timeout) throw new RecordingError('deleted');
  }

  /** Checks the file's times. @throws {RecordingError} if they have changed, and the content can't be compared */
  #checkTimes(own: FileStats): void {
    const [isWritten, isTouched] = [own.mtimeNs !== this.#last.mtimeNs, own.ctimeNs !== this.#last.ctimeNs];
    if (!isWritten && !isTouched) return;
    this.#last = own;
    if (this.#file.isReadable && this.#content.isComparable) this.#isInDoubt = true;
    // A write in progress may have changed them.
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
    this.#nextComparison = performance.now() + COMPARISON_PAUSE * (performance.now() - start);
  }

  /** Returns the bytes that the file must now end with, and keeps the last of them for the next call. */
  #expectedEnd(bytes: Uint8Array): Buffer {
    this.#writeInProgress = undefined;
    const wanted = Buffer.concat([this.#tail, bytes]);
    this.#content.append(bytes);
    this.#tail = Buffer.from(wanted.subarray(-TAIL));
    return wanted;
  }
}

/** Returns the stats of the file at the path; undefined if they can't be read, as in a folder without permission. */
function namedSync(path: string): FileStats | 'missing' | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    return isDangling(error) ? 'missing' : undefined;
  }
}

/** Whether the path leads to no file: there is none, or it is a link to itself. */
function isDangling(error: unknown): boolean {
  return isMissing(error) || codeOf(error) === 'ELOOP';
}

function isSame(one: FileStats, other: FileStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
