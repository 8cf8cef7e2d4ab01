import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ChangeTimer } from '../../client/files/changeTimer';
import type { Script } from '../../script/script';
import { withCodes } from '../../text/foreignText';
import { reasonOf } from '../../text/reason';
import { ScriptError } from './scriptError';
import type { ScriptFile } from './scriptFile';

export interface ScriptWatchOptions {
  file: ScriptFile;
  /** Called with a script that was read without an error, because the file has changed. */
  onScript(script: Script): void;
  /** Called when the file was read again, with a sentence if it can't be played. */
  onRead(problem: string | undefined): void;
}

/** Watch on a script's file, which reads it again after each save. Its folder is watched: editors replace files. */
export class ScriptWatch {
  readonly #options: ScriptWatchOptions;
  readonly #watcher: FSWatcher;
  readonly #changes = new ChangeTimer(() => this.#readNext());
  #reading: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param path absolute @throws {ScriptError} if its folder can't be watched */
  constructor(path: string, options: ScriptWatchOptions) {
    this.#options = options;
    const { name } = options.file;
    const failed = (error: unknown) => `${name} can’t be watched: ${withCodes(reasonOf(error))}`;
    try {
      this.#watcher = watch(dirname(path), { persistent: false });
    } catch (error) {
      throw new ScriptError(failed(error));
    }
    this.#watcher.on('change', (_, changed) => {
      // Some systems don't tell which file has changed.
      if (!changed || String(changed) === basename(path)) this.#changes.note();
    });
    this.#watcher.on('error', (error) => {
      if (!this.#isClosed) options.onRead(failed(error));
      this.close();
    });
    // It may have changed between the first reading and the watch.
    this.#readNext();
  }

  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#changes.stop();
    this.#watcher.close();
  }

  /** Reads the file after the reading in progress, so that the last reading sees the last save. */
  #readNext(): void {
    this.#reading = this.#reading.then(() => this.#read());
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
