import { Disposable, EventEmitter, l10n, RelativePattern, Uri, workspace } from 'vscode';
import type { Script } from '../sse/script';
import type { Turns } from '../turns/turns';
import { errorIn, type FileProblem } from './fileProblem';
import { parseInTurns } from './parseInTurns';
import { readFile, refusalText } from './readFile';
import { reasonOf } from './reason';

/** How long a file must have been left alone before it is read again, in milliseconds: one save makes several events. */
const GATHER_DELAY = 100;
/**
 * A file that is saved again while it is read is read anew at once, unless the reading has taken so long, in milliseconds: it
 * is finished then, as otherwise a file that is always written to would never be.
 */
const MAX_LOST = 2000;

/** A file that is served, as it was saved last: read again whenever that changes. */
export class ServedFile {
  readonly uri: Uri;
  readonly #onRead = new EventEmitter<void>();
  readonly #owned: Disposable;
  readonly #turns: Turns;
  #script: Script | undefined;
  #problem: FileProblem | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** The reading that was asked for last. */
  #latest = { abort: new AbortController(), begunAt: 0 };
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

  /** Resolves when `script` and `problem` are what the file holds. */
  async read(): Promise<void> {
    const { abort, begunAt } = this.#latest;
    if (begunAt === 0 || performance.now() - begunAt < MAX_LOST) abort.abort();
    const latest = { abort: new AbortController(), begunAt: 0 };
    this.#latest = latest;
    // One behind the other: what is read last is what was saved last.
    this.#reading = this.#reading.then(() => this.#read(latest));
    let reading: Promise<void>;
    do {
      reading = this.#reading;
      await reading;
    } while (reading !== this.#reading);
  }

  /** It is watched no more. Twice is fine. */
  dispose(): void {
    this.#disposed = true;
    this.#latest.abort.abort();
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  async #read(latest: { abort: AbortController; begunAt: number }): Promise<void> {
    const { signal } = latest.abort;
    if (signal.aborted) return;
    latest.begunAt = performance.now();
    const { script, problem } = await this.#readScript(signal);
    if (this.#disposed || signal.aborted) return;
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
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), GATHER_DELAY);
  }
}
