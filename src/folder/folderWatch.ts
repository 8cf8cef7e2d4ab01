import { type FSWatcher, lstatSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ChangeTimer } from '../client/files/changeTimer';
import { isMissing } from '../client/files/regularFile';
import { reasonOf } from '../text/reason';

/** Maximum number of folders that are watched; the system allows not many more. */
const MAX_FOLDERS = 1000;

export interface FolderWatchOptions {
  /** Name of the file whose changes count in the folders. Default: all changes. */
  only?: string;
  /** Called once for all changes of a save. */
  onChange(): void;
  /** Called with the system's words if a folder can't be watched. */
  onError(reason: string): void;
}

/** Names whose changes count in a folder; undefined for all. */
type Names = ReadonlySet<string> | undefined;

/** A watched folder. */
interface Watched {
  watcher: FSWatcher;
  identity: string | undefined;
  names: Names;
}

/**
 * A watch on folders: those within them are followed when they are known. The folders around them are watched for their names, since
 * a folder may go and come again, also with those around it, and a link may lead to another one.
 */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  readonly #watched = new Map<string, Watched>();
  /** Folders that can't be watched, as that was told, with their identities then: another one in the place may be watched. */
  readonly #failed = new Map<string, string | undefined>();
  readonly #changes: ChangeTimer;
  /** Folders that are followed, without those around them. */
  #followed: ReadonlySet<string> = new Set();
  #isClosed = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#changes = new ChangeTimer(() => options.onChange());
  }

  /** Watches these folders, by their paths, and no others. To be called again after each change. */
  follow(folders: readonly string[]): void {
    if (this.#isClosed) return;
    this.#followed = new Set(folders);
    const wanted = this.#wanted();
    // A folder that was deleted and made anew is another one under the same path.
    for (const [path, { identity }] of this.#watched)
      if (!wanted.has(path) || identityOf(path) !== identity) this.#leave(path);
    let hasAdded = false;
    for (const [path, names] of wanted) {
      const known = this.#watched.get(path);
      if (known) known.names = names;
      else hasAdded = this.#watch(path, names) || hasAdded;
    }
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
    for (const path of this.#watched.keys()) this.#leave(path);
  }

  /** Returns the folders that are to be watched, and the names that count in each. */
  #wanted(): Map<string, Names> {
    const wanted = new Map<string, Set<string> | undefined>();
    const add = (folder: string, name: string) =>
      wanted.set(folder, (wanted.has(folder) ? wanted.get(folder) : new Set<string>())?.add(name));
    const seen = new Set<string>();
    const { only } = this.#options;
    for (const path of [...this.#followed].slice(0, MAX_FOLDERS)) {
      for (const level of replaceable(path, seen)) add(dirname(level), basename(level));
      if (only === undefined) wanted.set(path, undefined);
      else add(path, only);
    }
    return wanted;
  }

  /** @returns whether it is watched */
  #watch(path: string, names: Names): boolean {
    const identity = identityOf(path);
    if (this.#failed.has(path) && this.#failed.get(path) === identity) return false;
    try {
      const watcher = watch(path, { persistent: false });
      watcher.on('change', (_, name) => this.#note(path, name));
      watcher.on('error', (error) => {
        watcher.close();
        if (!this.#isClosed) this.#fail(path, error);
      });
      this.#watched.set(path, { watcher, identity, names });
      return true;
    } catch (error) {
      this.#fail(path, error);
      return false;
    }
  }

  #note(path: string, name: string | Buffer | null): void {
    const names = this.#watched.get(path)?.names;
    // Some systems don't tell which file has changed.
    if (!names || !name || names.has(String(name))) this.#changes.note();
  }

  /** Tells once that a folder can't be watched, unless it has gone: that changes the folder around it. */
  #fail(path: string, error: unknown): void {
    if (isMissing(error)) return;
    this.#failed.set(path, identityOf(path));
    // The one around a folder may be another user's, and is only of use where that folder goes.
    if (this.#followed.has(path)) this.#options.onError(reasonOf(error));
  }

  #leave(path: string): void {
    this.#watched.get(path)?.watcher.close();
    this.#watched.delete(path);
  }
}

/**
 * Returns the paths on the way to a folder at which another one may come: its own, those that aren't there, with the first that is, and
 * links.
 * @param seen paths that are known of other folders, with those above them; these are added
 */
function* replaceable(path: string, seen: Set<string>): Iterable<string> {
  let isBelowReal = false;
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const isReal = isRealFolder(at);
    if (!isReal || !isBelowReal) yield at;
    if (seen.has(at)) return;
    seen.add(at);
    isBelowReal = isReal;
  }
}

/** Whether there is a folder, and no link to one. */
function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // It may lie in a folder that is closed to us, or in a file.
    return false;
  }
}

/** Returns what tells a folder from another one under the same path; undefined if it isn't there, or leads nowhere. */
function identityOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`;
  } catch {
    // It may be a link to itself, or the folder around it closed to us.
    return undefined;
  }
}
