import { BlockQueue } from './blockQueue';
import { FileGuard } from './fileGuard';
import type { RecordedFiles } from './recordedFiles';
import { RecordingError } from './recordingError';
import { createNew, type OpenFile, openEmpty } from './regularFile';

/** Maximum size of the queued bytes: with more, the disk is too slow, and the file fails. */
const MAX_QUEUED = 16 * 1024 * 1024;
/** Size of the queued bytes from which on a source should pause: one block is being written, and another one is ready. */
const HIGH_WATER_MARK = 2 * 1024 * 1024;
/** Interval at which an idle file is checked, in milliseconds. */
const CHECK_INTERVAL = 500;

/**
 * A file that bytes are appended to as they come. They are passed to the system at once, one write after the other. If
 * another program changes the file, it fails, and the file isn't touched any more.
 *
 * Each write names its position, instead of leaving that to the system (O_APPEND): `flush` and `close` have to write at
 * once what a write in progress may already have written. With a position, the bytes overwrite themselves instead of being
 * in the file twice.
 */
export class AppendedFile {
  readonly #guard: FileGuard;
  readonly #timer: NodeJS.Timeout;
  readonly #queue = new BlockQueue();
  #onFail: ((error: Error) => void) | undefined;
  #size = 0;
  #isBusy = false;
  /** Number of flushes so far: a write that began before a flush doesn't count any more. */
  #flushes = 0;
  #onDrain: (() => void)[] = [];
  #closed = false;

  private constructor(path: string, file: OpenFile, onFail: (error: Error) => void) {
    this.#guard = new FileGuard(path, { ...file, close: () => this.#closeFile(file) });
    this.#onFail = onFail;
    this.#timer = setInterval(() => this.#writeQueue(), CHECK_INTERVAL).unref();
  }

  /**
   * Creates the file; an existing one is emptied. Rejects with RecordingError or a system error.
   * @param recorded the files that this process records to
   * @param onFail called at most once, when the file has ended by itself or a last write failed, with RecordingError or a
   *   system error; in the latter case maybe soon after `close`
   */
  static async open(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Promise<AppendedFile> {
    return new AppendedFile(path, await openEmpty(path, recorded), onFail);
  }

  /** Creates a file that doesn't exist yet. @throws a system error, such as `EEXIST` */
  static create(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): AppendedFile {
    return new AppendedFile(path, createNew(path, recorded), onFail);
  }

  /** Number of bytes that are in the file. */
  get size(): number {
    return this.#size;
  }

  /** Whether so much is queued that a source should pause until it is `drained`. */
  get isFull(): boolean {
    return this.#queue.size >= HIGH_WATER_MARK;
  }

  /** Whether nothing more is written. */
  get closed(): boolean {
    return this.#closed;
  }

  /** @param bytes are copied */
  append(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#queue.append(bytes);
    if (this.#queue.size > MAX_QUEUED) this.fail(new RecordingError('slow'));
    else this.#writeQueue();
  }

  /** Resolves when the queue has drained, or the file is closed. */
  async drained(): Promise<void> {
    while (this.isFull && !this.#closed) await new Promise<void>((resolve) => this.#onDrain.push(resolve));
  }

  /**
   * Resolves when little is queued, and the file is on the disk and was compared with what was written; fails if it isn't,
   * or was changed.
   */
  async settle(): Promise<void> {
    await this.drained();
    if (!this.#closed) await this.#guard.confirm().catch((error: unknown) => this.fail(error));
  }

  /** Writes everything that was appended before it returns. */
  flush(): void {
    // The content is compared at the next check.
    this.#flush(false);
  }

  /**
   * Closes the file. Everything appended is in it when this returns: the process may be about to exit. Calling it twice is
   * fine.
   * @param isSettled whether it was settled just now: then its content isn't compared again
   */
  close(isSettled = false): void {
    this.#flush(!isSettled);
    this.#end();
  }

  #flush(compares: boolean): void {
    if (this.#closed) return;
    try {
      this.#writeSync(compares);
    } catch (error) {
      this.fail(error);
    }
  }

  #writeSync(compares: boolean): void {
    this.#guard.checkSync(this.#size, compares);
    this.#flushes += 1;
    while (this.#queue.size > 0) {
      const { first } = this.#queue;
      this.#guard.writeSync(first, this.#size);
      this.#shift(first.length);
      this.#guard.verifySync(first, this.#size);
    }
    this.#guard.checkSync(this.#size, compares);
  }

  /** Writes what is queued, or checks the file. */
  #writeQueue(): void {
    if (this.#isBusy || this.#closed) return;
    this.#isBusy = true;
    this.#writeAll()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#isBusy = false;
        if (this.#queue.size > 0) this.#writeQueue();
      });
  }

  async #writeAll(): Promise<void> {
    // Coalesces what is appended at the same time into one write.
    await undefined;
    do await this.#writeOnce();
    while (this.#queue.size > 0);
  }

  async #writeOnce(): Promise<void> {
    if (this.#closed) return;
    const flushes = this.#flushes;
    const isPast = () => this.#closed || flushes !== this.#flushes;
    await this.#guard.check(this.#size).catch((error: unknown) => {
      if (!isPast()) throw error;
    });
    const { first } = this.#queue;
    if (isPast() || first.length === 0) return;
    const written = await this.#guard.write(first, this.#size);
    if (isPast()) return;
    this.#shift(written);
    await this.#verify(first.subarray(0, written)).catch((error: unknown) => {
      if (!isPast()) throw error;
    });
  }

  async #verify(written: Uint8Array): Promise<void> {
    await this.#guard.verify(written, this.#size);
    if (!this.#closed) await this.#guard.check(this.#size);
  }

  #shift(count: number): void {
    this.#queue.shift(count);
    this.#size += count;
    this.#resolveDrained();
  }

  #resolveDrained(): void {
    for (const resolve of this.#onDrain.splice(0)) resolve();
  }

  /** Closes the file, and reports why. */
  fail(error: unknown): void {
    if (this.#closed) return;
    const onFail = this.#onFail;
    this.#onFail = undefined;
    this.#end();
    onFail?.(error instanceof Error ? error : new Error(String(error)));
  }

  /** Closes the file. Only then, a file server may report that its disk is full. */
  #closeFile(file: OpenFile): void {
    try {
      file.close();
    } catch (error) {
      this.#onFail?.(error as Error);
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#queue.clear();
    this.#resolveDrained();
    this.#guard.close();
  }
}
