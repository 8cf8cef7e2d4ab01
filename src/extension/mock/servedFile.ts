import { Disposable, EventEmitter, l10n, RelativePattern, Uri, workspace } from 'vscode';
import type { Script } from '../../script/script';
import { reasonOf } from '../../text/reason';
import type { Turns } from '../../turns/turns';
import { parseInTurns } from '../language/parseInTurns';
import { readFile, refusalText } from '../shared/file/readFile';
import { errorIn, type FileProblem } from './fileProblem';

/** How long a file must have been left alone before it is read again, in milliseconds: one save makes several events. */
const GATHER_DELAY = 100;
/** Maximum delay from its first change on, in milliseconds: a file that is always written to is never left alone. */
const MAX_DELAY = 1000;
/**
 * A file that is saved again while it is read is read anew at once, unless it was begun to be read so long ago, in
 * milliseconds: that reading is finished then, as otherwise a file that is always written to would never be.
 */
const MAX_LOST = 2000;

/** One reading of the file. They are numbered in the order in which they are asked for. */
interface Reading {
  number: number;
  abort: AbortController;
  hasBegun: boolean;
}

/** A file that is served, as it was saved last: read again whenever that changes. */
export class ServedFile {
  readonly uri: Uri;
  readonly #onRead = new EventEmitter<void>();
  readonly #owned: Disposable;
  readonly #turns: Turns;
  #script: Script | undefined;
  #problem: FileProblem | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When it is read at the latest; undefined: nothing has changed since it was. */
  #dueAt: number | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** The reading that was asked for last. */
  #latest: Reading = newReading(0);
  /** The number of the last reading that was finished. */
  #finished = 0;
  /** When the first reading was begun since one was finished; undefined: none was. */
  #begunAt: number | undefined;
  #disposed = false;

  /** It was read. */
  readonly onRead = this.#onRead.event;

  /** @param turns those of all who are busy in this window */
  constructor(uri: Uri, turns: Turns) {
    this.uri = uri;
    this.#turns = turns;
    this.#owned = Disposable.from(this.#onRead, ...this.#watch());
  }

  /** As in its folder. */
  get name(): string {
    return this.uri.path.slice(this.uri.path.lastIndexOf('/') + 1);
  }

  /** What can be played: of the file as it was saved last without an error. */
  get script(): Script | undefined {
    return this.#script;
  }

  /** Why the file as it was saved last can't be played. */
  get problem(): FileProblem | undefined {
    return this.#problem;
  }

  /** Resolves when `script` and `problem` are what the file holds now, or a little later. */
  async read(): Promise<void> {
    const { abort, number, hasBegun } = this.#latest;
    if (!hasBegun || performance.now() - (this.#begunAt ?? 0) < MAX_LOST) abort.abort();
    const latest = newReading(number + 1);
    this.#latest = latest;
    // One behind the other: what is read last is what was saved last.
    this.#reading = this.#reading.then(() => this.#read(latest));
    let reading: Promise<void>;
    do {
      reading = this.#reading;
      await reading;
    } while (reading !== this.#reading && this.#finished < latest.number);
  }

  /** It is watched no more. Twice is fine. */
  dispose(): void {
    this.#disposed = true;
    this.#latest.abort.abort();
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  async #read(latest: Reading): Promise<void> {
    const { signal } = latest.abort;
    if (signal.aborted) return;
    latest.hasBegun = true;
    this.#begunAt ??= performance.now();
    const { script, problem } = await this.#readScript(signal);
    if (this.#disposed || signal.aborted) return;
    [this.#finished, this.#begunAt] = [latest.number, undefined];
    if (script) this.#script = script;
    this.#problem = problem;
    this.#onRead.fire();
  }

  /** In words where it can't be played; neither where it was aborted. */
  async #readScript(signal: AbortSignal): Promise<{ script?: Script; problem?: FileProblem }> {
    try {
      const file = await readFile(this.uri);
      if (typeof file === 'string') return { problem: { text: refusalText(file, this.name) } };
      const script = await parseInTurns(file, this.#turns, signal);
      const error = script?.problems.find(({ severity }) => severity === 'error');
      if (error) return { problem: errorIn(this.name, error) };
      return script ? { script } : {};
    } catch (error) {
      return { problem: { text: l10n.t('{0} can’t be read: {1}', this.name, reasonOf(error)) } };
    }
  }

  #watch(): Disposable[] {
    const isOurs = (uri: Uri) => uri.toString() === this.uri.toString();
    const onChange = (uri: Uri) => isOurs(uri) && this.#readSoon();
    // The name may hold what has a meaning in a pattern, and can't be escaped.
    const pattern = new RelativePattern(Uri.joinPath(this.uri, '..'), this.name.replace(/[*?[\]{}!,\\]/g, '?'));
    const watcher = workspace.createFileSystemWatcher(pattern);
    return [
      watcher,
      watcher.onDidCreate(onChange),
      watcher.onDidChange(onChange),
      watcher.onDidDelete(onChange),
      // Not every file system is watched.
      workspace.onDidSaveTextDocument(({ uri }) => onChange(uri)),
    ];
  }

  #readSoon(): void {
    const now = performance.now();
    this.#dueAt ??= now + MAX_DELAY;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#dueAt = undefined;
        void this.read();
      },
      Math.min(GATHER_DELAY, this.#dueAt - now),
    );
  }
}

function newReading(number: number): Reading {
  return { number, abort: new AbortController(), hasBegun: false };
}
