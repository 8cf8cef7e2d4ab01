import { fstatSync, type Stats, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type AnswerHead, type ConnectionEnd, ScriptWriter, type StreamListener } from '../sse/scriptWriter';

/** So much may wait to be written, in bytes: with more, the disk is too slow, and the recording ends. */
const MAX_WAITING = 16 * 1024 * 1024;
/** So often it is asked whether the file is still there, in milliseconds. */
const CHECKING = 1000;

/** Why nothing more is recorded, other than what the system says. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: 'deleted' | 'slow';

  /** @param code `deleted`: the file is no more; `slow`: more comes than can be written */
  constructor(code: 'deleted' | 'slow') {
    super(code === 'deleted' ? 'The file was deleted.' : 'The disk is too slow.');
    this.code = code;
  }
}

/**
 * Writes a `.sse` file as the stream comes. What has come is given to the system at once, one write behind the other: also
 * where this process is killed, each whole line is in the file that came before the write that was under way.
 */
export class Recorder implements StreamListener {
  /** Of the file, without its folder. */
  readonly name: string;
  readonly #file: FileHandle;
  /** Whether the file system counts a file's names. */
  readonly #countsLinks: boolean;
  readonly #writer = new ScriptWriter((bytes) => this.#gather(bytes));
  #onFail: ((error: Error) => void) | undefined;
  /** What isn't known to be in the file, the first perhaps being written. */
  #waiting: Uint8Array[] = [];
  #waitingSize = 0;
  #isWriting = false;
  #size = 0;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  private constructor(path: string, file: FileHandle, countsLinks: boolean, onFail: (error: Error) => void) {
    this.name = basename(path);
    this.#file = file;
    this.#countsLinks = countsLinks;
    this.#onFail = onFail;
  }

  /**
   * Makes the file; one that is there is emptied. Rejects with what the system says.
   * @param onFail it has ended by itself, or a last write failed: RecordingError, or what the system says; called once at the most
   */
  static async create(path: string, onFail: (error: Error) => void): Promise<Recorder> {
    const file = await open(path, 'w');
    return new Recorder(path, file, (await file.stat()).nlink > 0, onFail);
  }

  /** How many bytes are in the file. */
  get size(): number {
    return this.#size;
  }

  answer(head: AnswerHead, time: number): void {
    this.#writer.answer(head, time);
  }

  bytes(chunk: Uint8Array, time: number): void {
    this.#writer.bytes(chunk, time);
  }

  end(end: ConnectionEnd | undefined, time: number): void {
    this.#writer.end(end, time);
  }

  /** Ends the recording. What has come is in the file when it returns, also the rest of a line: the process may be about to end. Twice is fine. */
  close(): void {
    if (this.#closed) return;
    try {
      this.#writer.finish();
      // What is being written, too, to the same place: no one may wait for it.
      const bytes = Buffer.concat(this.#waiting);
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#file.fd, bytes, done, bytes.length - done, this.#size + done);
      this.#size += bytes.length;
      this.#refuseDeleted(fstatSync(this.#file.fd));
      this.#end();
    } catch (error) {
      this.#fail(error);
    }
  }

  #gather(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#waiting.push(bytes);
    this.#waitingSize += bytes.length;
    if (this.#waitingSize > MAX_WAITING) this.#fail(new RecordingError('slow'));
    else if (!this.#isWriting) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    try {
      // What comes at one time is one write.
      await undefined;
      while (this.#waitingSize > 0 && !this.#closed) await this.#writeOnce();
    } catch (error) {
      this.#fail(error);
    }
    this.#isWriting = false;
  }

  async #writeOnce(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [bytes];
    const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, this.#size);
    if (this.#closed) return;
    this.#waiting[0] = bytes.subarray(bytesWritten);
    this.#waitingSize -= bytesWritten;
    this.#size += bytesWritten;
    await this.#check();
  }

  async #check(): Promise<void> {
    if (performance.now() - this.#checkedAt < CHECKING) return;
    this.#checkedAt = performance.now();
    this.#refuseDeleted(await this.#file.stat());
  }

  /** Such a file takes what is written, and no one ever reads it. */
  #refuseDeleted({ nlink }: Stats): void {
    if (this.#countsLinks && nlink === 0) throw new RecordingError('deleted');
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#end();
    this.#tell(error);
  }

  #end(): void {
    this.#closed = true;
    [this.#waiting, this.#waitingSize] = [[], 0];
    // It waits for the write that is under way.
    this.#file.close().catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): void {
    this.#onFail?.(error instanceof Error ? error : new Error(String(error)));
    this.#onFail = undefined;
  }
}
