import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
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
  readonly #watchers = new Map<string, { watcher: FSWatcher; identity: string | undefined }>();
  /** Folders that can't be watched, as that was told. */
  readonly #failed = new Set<string>();
  readonly #changes: ChangeTimer;
  /** Watches the folder around the root, which may go and come again. */
  #around: FSWatcher | undefined;
  #isClosed = false;

  /** @param root whose folder is watched for its name, too. Default: none */
  constructor(options: FolderWatchOptions, root?: string) {
    this.#options = options;
    this.#changes = new ChangeTimer(() => options.onChange());
    if (root !== undefined)
      this.#attempt(dirname(root), () => {
        this.#around = this.#open(dirname(root), basename(root));
      });
  }

  /** Watches these folders, by their paths, and no others. */
  follow(folders: readonly string[]): void {
    if (this.#isClosed) return;
    const wanted = new Set(folders.slice(0, MAX_FOLDERS));
    // A folder that was deleted and made anew is another one under the same path.
    for (const [path, { identity }] of this.#watchers)
      if (!wanted.has(path) || identityOf(path) !== identity) this.#leave(path);
    let hasAdded = false;
    for (const path of wanted) if (!this.#watchers.has(path)) hasAdded = this.#watch(path) || hasAdded;
    const first = folders[MAX_FOLDERS];
    if (first !== undefined && !this.#failed.has(first))
      this.#fail(first, new Error(`more than ${MAX_FOLDERS} folders`));
    // Something may have come between the search and the watch.
    if (hasAdded) this.#changes.note();
  }

  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#changes.stop();
    this.#around?.close();
    for (const path of this.#watchers.keys()) this.#leave(path);
  }

  /** @returns whether it is watched */
  #watch(path: string): boolean {
    if (this.#failed.has(path)) return false;
    return this.#attempt(path, () => {
      this.#watchers.set(path, { watcher: this.#open(path), identity: identityOf(path) });
    });
  }

  #attempt(path: string, open: () => void): boolean {
    try {
      open();
      return true;
    } catch (error) {
      this.#fail(path, error);
      return false;
    }
  }

  /** @param only the name whose changes count. Default: all */
  #open(path: string, only?: string): FSWatcher {
    const watcher = watch(path, { persistent: false });
    watcher.on('change', (_, name) => {
      // Some systems don't tell which file has changed.
      if (only === undefined || !name || String(name) === only) this.#changes.note();
    });
    watcher.on('error', (error) => {
      watcher.close();
      if (!this.#isClosed) this.#fail(path, error);
    });
    return watcher;
  }

  /** Tells once that a folder can't be watched, unless it has gone: that changes the folder around it. */
  #fail(path: string, error: unknown): void {
    if (isMissing(error)) return;
    this.#failed.add(path);
    this.#options.onError(reasonOf(error));
  }

  #leave(path: string): void {
    this.#watchers.get(path)?.watcher.close();
    this.#watchers.delete(path);
  }
}

/** Returns what tells a folder from another one under the same path; undefined if it isn't there. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`;
}
