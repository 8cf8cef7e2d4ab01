import { basename, dirname } from 'node:path';
import { FolderWatch } from '../../folder/folderWatch';
import type { Script } from '../../script/script';
import { withCodes } from '../../text/foreignText';
import { reasonOf } from '../../text/reason';
import { LatestTask } from '../../turns/latestTask';
import { ScriptError } from './scriptError';
import type { ScriptFile } from './scriptFile';

export interface ScriptWatchOptions {
  file: ScriptFile;
  /** Called with a script that was read without an error, because the file has changed. */
  onScript(script: Script): void;
  /** Called when the file was read again, with a sentence if it can't be played. */
  onRead(problem: string | undefined): void;
}

/**
 * Watch on a script's file, which reads it again after each save. Its folder is watched: editors replace files, and other programs
 * replace folders.
 */
export class ScriptWatch {
  readonly #options: ScriptWatchOptions;
  readonly #folder: string;
  readonly #watch: FolderWatch;
  readonly #reading = new LatestTask();
  #isClosed = false;

  /** @param path absolute @throws {ScriptError} if its folder can't be watched */
  constructor(path: string, options: ScriptWatchOptions) {
    [this.#options, this.#folder] = [options, dirname(path)];
    let tell = (problem: string): void => {
      this.#watch.close();
      throw new ScriptError(problem);
    };
    this.#watch = new FolderWatch({
      only: basename(path),
      onChange: () => this.#readNext(),
      onError: (reason) => tell(`${options.file.name} can’t be watched: ${withCodes(reason)}`),
    });
    this.#watch.follow([this.#folder]);
    tell = options.onRead;
  }

  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#watch.close();
  }

  /** Reads the file after the reading in progress, so that the last reading sees the last save; once for all saves meanwhile. */
  #readNext(): void {
    this.#watch.follow([this.#folder]);
    void this.#reading.run(() => this.#read());
  }

  async #read(): Promise<void> {
    if (this.#isClosed) return;
    const { file, onScript, onRead } = this.#options;
    try {
      const script = await file.readChanged();
      if (!script || this.#isClosed) return;
      onScript(script);
      onRead(undefined);
    } catch (error) {
      if (!this.#isClosed) onRead(reasonOf(error));
    }
  }
}
