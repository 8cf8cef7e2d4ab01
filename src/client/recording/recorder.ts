import { basename } from 'node:path';
import { type ConnectionEnd, type ResponseHead, ScriptWriter, type StreamListener } from '../../script/scriptWriter';
import { AppendedFile } from '../files/appendedFile';
import type { RecordedFiles } from '../files/recordedFiles';

/**
 * Writes a `.sse` file as the stream comes. What has come is given to the system at once, one write behind the other: also
 * where this process is killed, each whole line is in the file that came before the write that was under way.
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
   * Creates the file; one that is there is emptied. Rejects with RecordingError, or with what the system says.
   * @param recorded those of this process
   * @param onFail it has ended by itself, or a last write failed: RecordingError, or what the system says; called once at the most
   */
  static async create(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Promise<Recorder> {
    return new Recorder(path, await AppendedFile.open(path, recorded, onFail));
  }

  /** Creates a file that isn't there yet. @throws what the system says, as `EEXIST` */
  static createNew(path: string, recorded: RecordedFiles, onFail: (error: Error) => void): Recorder {
    return new Recorder(path, AppendedFile.create(path, recorded, onFail));
  }

  /** The file's name, without its folder. */
  get name(): string {
    return basename(this.path);
  }

  /** Bytes that are in the file. */
  get size(): number {
    return this.#file.size;
  }

  /** Whether so much waits to be written that who can wait should, until it is `drained`. */
  get isFull(): boolean {
    return this.#file.isFull;
  }

  /** Whether it has ended. */
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

  /** Resolves when it isn't full, or has ended. */
  drained(): Promise<void> {
    return this.#file.drained();
  }

  /** Resolves when little waits to be written, and what is in the file was compared with that; ends it where it was changed. */
  settle(): Promise<void> {
    return this.#file.settle();
  }

  /** All whole lines that have come are in the file when it returns. */
  flush(): void {
    this.#file.flush();
  }

  /** Ends the recording, and tells why. */
  fail(error: unknown): void {
    this.#file.fail(error);
  }

  /**
   * Ends the recording. What has come is in the file when it returns, also the rest of a line: the process may be about to
   * end. Twice is fine.
   * @param isSettled whether it was settled just now: then the file's content isn't compared
   */
  close(isSettled = false): void {
    if (this.closed) return;
    // There is room for the line.
    if (this.isFull) this.flush();
    this.#writer.finish();
    this.#file.close(isSettled);
  }
}
