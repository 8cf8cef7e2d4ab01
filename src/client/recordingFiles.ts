import { join, parse } from 'node:path';
import type { Turns } from '../turns/turns';
import type { RecordedFiles } from './files/recordedFiles';
import { RecordingError } from './files/recordingError';
import { codeOf } from './files/regularFile';
import type { Inspection } from './inspection';
import type { Handover } from './recording/handover';
import type { RecordOptions } from './recording/journal';
import { Recorder } from './recording/recorder';

/** Maximum number of files of one recording: a program that changes each of them would have it fill the disk. */
const MAX_FILES = 5;
/** Maximum number of names that are tried for a file. */
const MAX_NAMES = 1000;
/** Maximum size of the part of a name that is kept, in bytes: most systems take 255 in all. */
const MAX_BASE = 200;

/** Things that all recordings of a process share. */
export interface SharedByRecordings {
  turns: Turns;
  recorded: RecordedFiles;
}

/** Another program changed the file that was written; the recording goes on in another one. */
export interface RecordingMove {
  /** Paths. */
  from: string;
  to: string;
  /** The number of the first event that the new file has, where it doesn't have all: what came before is kept no more. */
  firstEvent: number | undefined;
}

export interface RecordingHandlers {
  onMove(move: RecordingMove): void;
  /** The event of that number was left out, for its beginning was kept no more when the recording began. */
  onLeftOut(path: string, event: number): void;
  /** It has ended by itself. @param path of its last file */
  onEnd(path: string, error: Error): void;
}

/**
 * Records what an inspection reads to a file, and where another program changes that one, to a new one beside it, which has
 * all since the recording began. The other program's file is left as it is.
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
   * Creates the file; one that is there is emptied. Where it is recorded to, another one is created beside it. Rejects with
   * RecordingError, or with what the system says.
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

  /** The path of the file that is written. */
  get path(): string {
    return this.#recorder?.path ?? this.#path;
  }

  /** Whether it has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Records what comes from here on. */
  begin(): void {
    if (!this.#ended) this.#inspection.record(this.#recorder, this.#options);
  }

  /** Ends the recording. Resolves when all is in the file at `path`, which is compared with what was written. Twice is fine. */
  async stop(): Promise<void> {
    while (!this.#ended) {
      const last = this.#recorder;
      await this.#handover?.done;
      await last?.settle();
      // Meanwhile it may have gone on in another file, or have got much to write.
      if (last !== this.#recorder || this.#handover) continue;
      last?.close(true);
      if (last === this.#recorder) this.#end();
    }
  }

  /** Ends the recording. All that has come is in the file when it returns: the process may be about to end. Twice is fine. */
  close(): void {
    // When it is closed, a file may turn out to be changed: then there is another one.
    for (let last: Recorder | undefined; !this.#ended && last !== this.#recorder; ) {
      last = this.#recorder;
      this.#handover?.finish();
      last?.close();
    }
    this.#end();
  }

  /** What is being told to the recorder in turns. */
  get #handover(): Handover | undefined {
    return this.#inspection.recorder === this.#recorder ? this.#inspection.handover : undefined;
  }

  get #options(): RecordOptions {
    const onLeftOut = (event: number) => this.#handlers.onLeftOut(this.path, event);
    return { turns: this.#shared.turns, onLeftOut };
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#inspection.recorder === this.#recorder) this.#inspection.record(undefined);
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    const isChanged = error instanceof RecordingError && error.code === 'changed';
    if (!isChanged || this.#count === MAX_FILES) {
      this.#fall(error);
      return;
    }
    try {
      this.#goOn();
    } catch (cause) {
      this.#fall(cause instanceof Error ? cause : error);
    }
  }

  #fall(error: Error): void {
    this.#end();
    this.#handlers.onEnd(this.path, error);
  }

  #goOn(): void {
    const from = this.path;
    const recorder = this.#createBeside();
    this.#recorder = recorder;
    this.#count += 1;
    const firstEvent = this.#inspection.recordAnew(recorder, this.#options);
    // Perhaps it has failed already.
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
        // Another file can be chosen.
        throw error;
      }
    }
  }

  /** Creates `name-2.sse`, or with the next number that is free. */
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

/** Whole characters of it, as many as may be. */
function cut(name: string): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > MAX_BASE) break;
    kept += character;
  }
  return kept;
}
