import { basename } from 'node:path';
import { type ConnectionEnd, type ResponseHead, ScriptWriter, type StreamListener } from '../../script/scriptWriter';
import { AppendedFile } from '../files/appendedFile';
import type { RecordedFiles } from '../files/recordedFiles';

/**
 * A writer of a `.sse` file, as the stream comes. Everything received is passed to the system at once, one write after the
 * other: even if this process is killed, the file has each whole line that came before the write in progress.
 */
export class Recorder implements StreamListener {
  readonly path: string;
  readonly #file: AppendedFile;
  readonly #writer: ScriptWriter;

  private constructor(path: string, file: AppendedFile) {
    [this.path, this.#file] = [path, file];
    this.#writer = new ScriptWriter((bytes) => file.append(bytes));
  }

  /**
   * Creates the file; an existing one is emptied. Rejects with RecordingError or a system error.
   * @param recorded the files that this process records to
   * @param onFail called at most once, when the recording has ended by itself or a last write failed, with RecordingError
   *   or a system error
   */
  static async create(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Promise<Recorder> {
    return new Recorder(path, await AppendedFile.open(path, recorded, onFail));
  }

  /** Creates a file that doesn't exist yet. @throws a system error, such as `EEXIST` */
  static createNew(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Recorder {
    return new Recorder(path, AppendedFile.create(path, recorded, onFail));
  }

  /** Name of the file, without its folder. */
  get name(): string {
    return basename(this.path);
  }

  /** Number of bytes that are in the file. */
  get size(): number {
    return this.#file.size;
  }

  /** Whether so much is queued that a source should pause until it is `drained`. */
  get isFull(): boolean {
    return this.#file.isFull;
  }

  /** Whether the recording has ended. */
  get closed(): boolean {
    return this.#file.closed;
  }

  response(head: ResponseHead, time: number): void {
    this.#writer.response(head, time);
  }

  bytes(chunk: Uint8Array, time: number): void {
    this.#writer.bytes(chunk, time);
  }

  end(end: ConnectionEnd | undefined, time: number): void {
    this.#writer.end(end, time);
  }

  /** Resolves when the queue has drained, or the recording has ended. */
  drained(): Promise<void> {
    return this.#file.drained();
  }

  /** Resolves when little is queued, and the file's content was compared with what was written; fails if it was changed. */
  settle(): Promise<void> {
    return this.#file.settle();
  }

  /** Writes all whole lines that have come before it returns. */
  flush(): void {
    this.#file.flush();
  }

  /** Ends the recording, and reports why. */
  fail(error: unknown): void {
    this.#file.fail(error);
  }

  /**
   * Ends the recording. Everything received is in the file when it returns, even an unfinished line: the process may be
   * about to exit. Calling it twice is fine.
   * @param isSettled whether it was settled just now: then the file's content isn't compared again
   */
  close(isSettled = false): void {
    if (this.closed) return;
    // Makes room for the unfinished line.
    if (this.isFull) this.flush();
    this.#writer.finish();
    this.#file.close(isSettled);
  }
}
