import type { ScriptSource } from '../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../server/script/scriptSourceOptions';

/** A watch on files. */
export interface ContentWatch {
  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void;
}

/** Scripts that a mock serves, as they were read. */
export interface MockContent {
  newSource(options: ScriptSourceOptions): ScriptSource;
  /**
   * Serves what changes from now on.
   * @param onRead called when something was read again, with sentences if it can't be played
   * @throws {ScriptError} if it can't be watched
   */
  watch(source: ScriptSource, onRead: (problem: string | undefined) => void): ContentWatch;
}
