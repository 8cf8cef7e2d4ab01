import { type FSWatcher, watch } from 'node:fs';
import { ChangeTimer } from '../client/files/changeTimer';
import { isMissing } from '../client/files/regularFile';
import { reasonOf } from '../text/reason';

/** Maximum number of folders that are watched; the system allows not many more. */
const MAX_FOLDERS = 1000;

export interface FolderWatchOptions {
  /** Called once for all changes of a save. */
  onChange(): void;
  /** Called with the system's words if a folder can't be watched. */
  onError(reason: string): void;
}

/** A watch on folders: those within them are followed when they are known. */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changes: ChangeTimer;
  #isClosed = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#changes = new ChangeTimer(() => options.onChange());
  }

  /** Watches these folders, by their paths, and no others. */
  follow(folders: readonly string[]): void {
    if (this.#isClosed) return;
    const wanted = new Set(folders.slice(0, MAX_FOLDERS));
    for (const path of this.#watchers.keys()) if (!wanted.has(path)) this.#leave(path);
    const added = [...wanted].filter((path) => !this.#watchers.has(path));
    for (const path of added) this.#watch(path);
    // Something may have come between the search and the watch.
    if (added.length > 0) this.#changes.note();
  }

  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#changes.stop();
    for (const path of this.#watchers.keys()) this.#leave(path);
  }

  #watch(path: string): void {
    try {
      const watcher = watch(path, { persistent: false });
      this.#watchers.set(path, watcher);
      watcher.on('change', () => this.#changes.note());
      watcher.on('error', (error) => {
        this.#leave(path);
        // A folder that has gone is an error on Windows: its own folder tells it, too.
        if (!this.#isClosed) this.#fail(error);
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells that a folder can't be watched, unless it has gone: that changes the folder around it. */
  #fail(error: unknown): void {
    if (!isMissing(error)) this.#options.onError(reasonOf(error));
  }

  #leave(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
  }
}
