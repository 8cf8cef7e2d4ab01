import { join, parse } from 'node:path';
import type { Turns } from '../turns/turns';
import type { RecordedFiles } from './files/recordedFiles';
import { RecordingError } from './files/recordingError';
import { codeOf } from './files/regularFile';
import type { Inspection } from './inspection';
import type { Handover } from './recording/handover';
import type { RecordOptions } from './recording/journal';
import { Recorder } from './recording/recorder';

/** Maximum number of files of one recording: a program that changes each of them would make it fill the disk. */
const MAX_FILES = 5;
/** Maximum number of names that are tried for a file. */
const MAX_NAMES = 1000;
/** Maximum size of the part of a name that is kept, in bytes: most systems allow 255 for the whole name. */
const MAX_BASE = 200;

/** The objects that all recordings of a process share. */
export interface SharedByRecordings {
  turns: Turns;
  recorded: RecordedFiles;
}

/** The move of a recording to a new file, because another program changed the old one. */
export interface RecordingMove {
  /** Paths of the old and the new file. */
  from: string;
  to: string;
  /** Number of the first event in the new file, if earlier ones were evicted; undefined if it has all. */
  firstEvent: number | undefined;
}

export interface RecordingHandlers {
  onMove(move: RecordingMove): void;
  /** Called when the event of that number was omitted, because its beginning had been evicted when the recording began. */
  onOmitted(path: string, event: number): void;
  /** Called when the recording has ended by itself, or its file couldn't be closed. @param path of its last file */
  onEnd(path: string, error: Error): void;
}

/**
 * A recording of an inspection to a file. If another program changes that file, it moves to a new file beside it, which
 * has everything since the recording began. The changed file is left as it is.
 */
export class RecordingFiles {
  readonly #inspection: Inspection;
  readonly #shared: SharedByRecordings;
  readonly #handlers: RecordingHandlers;
  /** Path of the first file. */
  readonly #path: string;
  #recorder: Recorder | undefined;
  #count = 1;
  #ended = false;

  private constructor(inspection: Inspection, path: string, shared: SharedByRecordings, handlers: RecordingHandlers) {
    [this.#inspection, this.#path, this.#shared, this.#handlers] = [inspection, path, shared, handlers];
  }

  /**
   * Creates the file; an existing one is emptied. If that is being recorded to, creates another file beside it instead.
   * Rejects with RecordingError or a system error.
   */
  static async open(
    inspection: Inspection,
    path: string,
    shared: SharedByRecordings,
    handlers: RecordingHandlers,
  ): Promise<RecordingFiles> {
    const files = new RecordingFiles(inspection, path, shared, handlers);
    files.#recorder = await files.#create();
    return files;
  }

  /** Creates a file that doesn't exist yet. @throws a system error, such as `EEXIST` */
  static createNew(
    inspection: Inspection,
    path: string,
    shared: SharedByRecordings,
    handlers: RecordingHandlers,
  ): RecordingFiles {
    const files = new RecordingFiles(inspection, path, shared, handlers);
    files.#recorder = Recorder.createNew(path, shared.recorded, (error) => files.#fail(error));
    return files;
  }

  /** Path of the file that is being written. */
  get path(): string {
    return this.#recorder?.path ?? this.#path;
  }

  /** Whether the recording has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Starts to record. */
  begin(): void {
    if (!this.#ended) this.#inspection.record(this.#recorder, this.#options);
  }

  /**
   * Ends the recording. Resolves when everything is in the file at `path`, and its content was compared with what was
   * written. Calling it twice is fine.
   */
  async stop(): Promise<void> {
    while (!this.#ended) {
      const last = this.#recorder;
      await this.#handover?.done;
      await last?.settle();
      // Meanwhile the recording may have moved to another file, or have much to write again.
      if (last !== this.#recorder || this.#handover) continue;
      last?.close(true);
      if (last === this.#recorder) this.#end();
    }
  }

  /**
   * Ends the recording. Everything received is in the file when it returns: the process may be about to exit. Calling it
   * twice is fine.
   */
  close(): void {
    // Closing a file may show that it was changed: then the recording moves to another one.
    for (let last: Recorder | undefined; !this.#ended && last !== this.#recorder; ) {
      last = this.#recorder;
      this.#handover?.finish();
      last?.close();
    }
    this.#end();
  }

  /** Handover to the recorder that is in progress; undefined if there is none. */
  get #handover(): Handover | undefined {
    return this.#inspection.recorder === this.#recorder ? this.#inspection.handover : undefined;
  }

  get #options(): RecordOptions {
    const onOmitted = (event: number) => this.#handlers.onOmitted(this.path, event);
    return { turns: this.#shared.turns, onOmitted };
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#inspection.recorder === this.#recorder) this.#inspection.record(undefined);
  }

  #fail(error: Error): void {
    const isChanged = error instanceof RecordingError && error.code === 'changed';
    if (!isChanged || this.#ended || this.#count === MAX_FILES) {
      this.#endWithError(error);
      return;
    }
    try {
      this.#moveToNewFile();
    } catch (cause) {
      this.#endWithError(cause instanceof Error ? cause : error);
    }
  }

  #endWithError(error: Error): void {
    this.#end();
    this.#handlers.onEnd(this.path, error);
  }

  #moveToNewFile(): void {
    const from = this.path;
    const recorder = this.#createBeside();
    this.#recorder = recorder;
    this.#count += 1;
    const firstEvent = this.#inspection.recordAnew(recorder, this.#options);
    // The new recorder may have failed already.
    if (this.#recorder !== recorder || this.#ended) return;
    this.#handlers.onMove({ from, to: recorder.path, firstEvent });
  }

  async #create(): Promise<Recorder> {
    try {
      return await Recorder.create(this.#path, this.#shared.recorded, (error) => this.#fail(error));
    } catch (error) {
      if (!(error instanceof RecordingError && error.code === 'recorded')) throw error;
      try {
        return this.#createBeside();
      } catch {
        // Report the first error: the user can choose another file.
        throw error;
      }
    }
  }

  /** Creates `name-2.sse`, or the same with the next free number. */
  #createBeside(): Recorder {
    const { dir, name, ext } = parse(this.#path);
    for (let number = 2; ; number += 1) {
      try {
        const path = join(dir, `${cut(name)}-${number}${ext}`);
        return Recorder.createNew(path, this.#shared.recorded, (error) => this.#fail(error));
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || number === MAX_NAMES) throw error;
      }
    }
  }
}

/** Truncates a name to the maximum size, without splitting a character. */
function cut(name: string): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > MAX_BASE) break;
    kept += character;
  }
  return kept;
}
