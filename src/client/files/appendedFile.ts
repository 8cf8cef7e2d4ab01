import { BlockQueue } from './blockQueue';
import { FileGuard } from './fileGuard';
import type { RecordedFiles } from './recordedFiles';
import { RecordingError } from './recordingError';
import { createNew, openEmpty } from './regularFile';

/** Maximum size of what waits to be written, in bytes: with more, the disk is too slow, and it ends. */
const MAX_WAITING = 16 * 1024 * 1024;
/** Size of what waits from which on who can wait should, in bytes: a block is being written, and another one is there. */
const ENOUGH = 2 * 1024 * 1024;
/** Interval in which an idle file is looked at, in milliseconds. */
const CHECKING = 500;

/**
 * A file that bytes are appended to as they come. They are given to the system at once, one write behind the other. Where
 * another program changes the file it ends, and touches the file no more.
 *
 * Each write names its position, instead of leaving it to the system (O_APPEND): `flush` and `close` have to write at once
 * what an unfinished write may have written already, and then it stands twice at the same place, not twice in the file.
 */
export class AppendedFile {
  readonly #guard: FileGuard;
  readonly #timer: NodeJS.Timeout;
  readonly #queue = new BlockQueue();
  #onFail: ((error: Error) => void) | undefined;
  #size = 0;
  #isBusy = false;
  /** How often all was flushed: a write of before doesn't count then. */
  #flushes = 0;
  #onDrain: (() => void)[] = [];
  #closed = false;

  private constructor(guard: FileGuard, onFail: (error: Error) => void) {
    this.#guard = guard;
    this.#onFail = onFail;
    this.#timer = setInterval(() => this.#work(), CHECKING).unref();
  }

  /**
   * Creates the file; one that is there is emptied. Rejects with RecordingError, or with what the system says.
   * @param recorded those of this process
   * @param onFail it has ended by itself, or a last write failed: RecordingError, or what the system says; called once at the most
   */
  static async open(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Promise<AppendedFile> {
    return new AppendedFile(new FileGuard(path, await openEmpty(path, recorded)), onFail);
  }

  /** Creates a file that isn't there yet. @throws what the system says, as `EEXIST` */
  static create(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): AppendedFile {
    return new AppendedFile(new FileGuard(path, createNew(path, recorded)), onFail);
  }

  /** Bytes that are in the file. */
  get size(): number {
    return this.#size;
  }

  /** Whether so much waits to be written that who can wait should, until it is `drained`. */
  get isFull(): boolean {
    return this.#queue.size >= ENOUGH;
  }

  /** Whether nothing more is written. */
  get closed(): boolean {
    return this.#closed;
  }

  /** @param bytes copied */
  append(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#queue.append(bytes);
    if (this.#queue.size > MAX_WAITING) this.fail(new RecordingError('slow'));
    else this.#work();
  }

  /** Resolves when it isn't full, or is closed. */
  async drained(): Promise<void> {
    while (this.isFull && !this.#closed) await new Promise<void>((resolve) => this.#onDrain.push(resolve));
  }

  /** Resolves when little waits to be written, and what is in the file was compared with that; ends it where it was changed. */
  async settle(): Promise<void> {
    await this.drained();
    if (!this.#closed) await this.#guard.confirm().catch((error: unknown) => this.fail(error));
  }

  /** All that was appended is in the file when it returns. */
  flush(): void {
    // What its content is compares who looks at it next.
    this.#flush(false);
  }

  /**
   * Closes the file. What was appended is in it when this returns: the process may be about to end. Twice is fine.
   * @param isSettled whether it was settled just now: then its content isn't compared
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
      this.#take(first.length);
      this.#guard.verifySync(first, this.#size);
    }
    this.#guard.checkSync(this.#size, compares);
  }

  /** Writes what waits, or looks at the file. */
  #work(): void {
    if (this.#isBusy || this.#closed) return;
    this.#isBusy = true;
    this.#writeAll()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#isBusy = false;
        if (this.#queue.size > 0) this.#work();
      });
  }

  async #writeAll(): Promise<void> {
    // What comes at one time is one write.
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
    this.#take(written);
    await this.#verify(first.subarray(0, written)).catch((error: unknown) => {
      if (!isPast()) throw error;
    });
  }

  async #verify(written: Uint8Array): Promise<void> {
    await this.#guard.verify(written, this.#size);
    if (!this.#closed) await this.#guard.check(this.#size);
  }

  #take(count: number): void {
    this.#queue.shift(count);
    this.#size += count;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#onDrain.splice(0)) resolve();
  }

  /** Ends it, and tells why. */
  fail(error: unknown): void {
    if (this.#closed) return;
    this.#end();
    const onFail = this.#onFail;
    this.#onFail = undefined;
    onFail?.(error instanceof Error ? error : new Error(String(error)));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#queue.clear();
    this.#guard.close();
    this.#wake();
  }
}
