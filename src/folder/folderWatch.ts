import { type FSWatcher, lstatSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ChangeTimer } from '../client/files/changeTimer';
import { isMissing } from '../client/files/regularFile';
import { reasonOf } from '../text/reason';

/** Maximum number of folders that are watched, with those around them; the system allows not many more. */
const MAX_FOLDERS = 1000;
const TOO_MANY = `more than ${MAX_FOLDERS} folders`;
/** Time for which folders are looked at at one go, in milliseconds: of another machine, or of Windows in WSL, each may take one. */
const SLICE = 5;
/** Number of looks at folders that are done at one go, however long they take: enough for a file. */
const MIN_LOOKS = 16;

export interface FolderWatchOptions {
  /** Name of the file whose changes count in the folders. Default: all changes. */
  only?: string;
  /** Called once for all changes of a save. */
  onChange(): void;
  /** Called with the system's words if a folder can't be watched. */
  onError(reason: string): void;
  /** Called when the folders that were given last are watched, as far as they can be: many of them only after `follow` has returned. */
  onFollowed?(): void;
}

/** Names whose changes count in a folder; undefined for all. */
type Names = ReadonlySet<string> | undefined;

/** A folder that can't be watched, or no longer, and why. */
interface Failure {
  identity: string | undefined;
  reason: string;
}

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
  /** Folders that can't be watched, as that was told. They are tried again. */
  readonly #failed = new Map<string, Failure>();
  readonly #changes: ChangeTimer;
  /** Folders that are followed, without those around them. */
  #followed: ReadonlySet<string> = new Set();
  #isCut = false;
  #isClosed = false;
  /** The rest of what `follow` has begun; undefined if there is none. */
  #rest: NodeJS.Immediate | undefined;
  /** Whether `follow` was called again meanwhile. */
  #isStale = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#changes = new ChangeTimer(() => options.onChange());
  }

  /** Reason why not all folders are watched; undefined if they are. */
  get problem(): string | undefined {
    for (const [path, { reason }] of this.#failed) if (this.#followed.has(path)) return reason;
    return this.#isCut ? TOO_MANY : undefined;
  }

  /**
   * Watches these folders, by their paths, and no others; many of them bit by bit. To be called again after each change, also if nothing
   * could be read.
   */
  follow(folders: readonly string[]): void {
    if (this.#isClosed) return;
    this.#followed = new Set(folders);
    if (this.#rest) this.#isStale = true;
    else this.#goOn(this.#follow());
  }

  #goOn(looks: Generator<void>): void {
    let isDone = false;
    // Before the looks, so that what they tell may call `follow` or `close`.
    this.#rest = setImmediate(() => this.#goOn(isDone ? this.#follow() : looks));
    const until = performance.now() + SLICE;
    for (let count = 0; !isDone && (count < MIN_LOOKS || performance.now() < until); count += 1) {
      isDone = looks.next().done === true;
      if (this.#isClosed) return;
    }
    if (!isDone) return;
    if (this.#isStale) {
      this.#isStale = false;
      return;
    }
    clearImmediate(this.#rest);
    this.#rest = undefined;
    this.#options.onFollowed?.();
  }

  /** Does what `follow` says, and yields after each look at a folder. */
  *#follow(): Generator<void, void> {
    const all = yield* this.#wanted();
    const wanted = new Map([...all].slice(0, MAX_FOLDERS));
    // A folder that was deleted and made anew is another one under the same path.
    for (const [path, { identity }] of this.#watched) {
      if (!wanted.has(path) || identityOf(path) !== identity) this.#leave(path);
      yield;
    }
    for (const path of this.#failed.keys()) if (!wanted.has(path)) this.#failed.delete(path);
    let hasAdded = false;
    for (const [path, names] of wanted) {
      const known = this.#watched.get(path);
      if (known) known.names = names;
      else hasAdded = this.#watch(path, names) || hasAdded;
      if (!known) yield;
    }
    const wasCut = this.#isCut;
    this.#isCut = all.size > MAX_FOLDERS;
    if (this.#isCut && !wasCut) this.#options.onError(TOO_MANY);
    // Something may have come between the search and the watch.
    if (hasAdded) this.#changes.note();
  }

  /** Stops watching; nothing is called any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    clearImmediate(this.#rest);
    this.#changes.stop();
    for (const path of this.#watched.keys()) this.#leave(path);
  }

  /** Returns the folders that are to be watched, and the names that count in each. */
  *#wanted(): Generator<void, Map<string, Names>> {
    const wanted = new Map<string, Set<string> | undefined>();
    const add = (folder: string, name: string) =>
      wanted.set(folder, (wanted.has(folder) ? wanted.get(folder) : new Set<string>())?.add(name));
    const seen = new Set<string>();
    const { only } = this.#options;
    for (const path of this.#followed) {
      if (wanted.size > MAX_FOLDERS) break;
      for (const level of replaceable(path, seen)) {
        add(dirname(level), basename(level));
        yield;
      }
      if (only === undefined) wanted.set(path, undefined);
      else add(path, only);
    }
    return wanted;
  }

  /** @returns whether another folder is watched than the one that couldn't be, whose errors would go on for ever */
  #watch(path: string, names: Names): boolean {
    const identity = identityOf(path);
    const failure = this.#failed.get(path);
    try {
      const watcher = watch(path, { persistent: false });
      this.#watched.set(path, { watcher, identity, names });
      this.#failed.delete(path);
      watcher.on('change', (_, name) => this.#note(path, name));
      watcher.on('error', (error) => {
        if (this.#watched.get(path)?.watcher !== watcher) return;
        this.#leave(path);
        // Windows tells so of a folder that has gone, and another may be there by now.
        if (identityOf(path) !== identity) this.#changes.note();
        else this.#fail(path, identity, error);
      });
      return !failure || failure.identity !== identity;
    } catch (error) {
      this.#fail(path, identity, error);
      return false;
    }
  }

  #note(path: string, name: string | Buffer | null): void {
    const names = this.#watched.get(path)?.names;
    // Some systems don't tell which file has changed.
    if (!names || !name || names.has(String(name))) this.#changes.note();
  }

  /** Tells once that a folder can't be watched, unless it has gone: that changes the folder around it. */
  #fail(path: string, identity: string | undefined, error: unknown): void {
    const isTold = this.#failed.delete(path);
    if (isMissing(error)) return;
    const reason = reasonOf(error);
    this.#failed.set(path, { identity, reason });
    // The one around a folder may be another user's, and is only of use where that folder goes.
    if (!isTold && this.#followed.has(path)) this.#options.onError(reason);
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
