import { Disposable, EventEmitter, RelativePattern, Uri, workspace } from 'vscode';
import { ChangeTimer } from '../../../client/files/changeTimer';
import { parseInTurns } from '../../../client/files/parseInTurns';
import { ownPath } from '../../../folder/ownPath';
import type { FileState } from '../../../messages/mock';
import { parseScript } from '../../../script/parseScript';
import type { Script } from '../../../script/script';
import { ScriptSource } from '../../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../../server/script/scriptSourceOptions';
import type { Turns } from '../../../turns/turns';
import { readFile, refusalText } from '../../shared/file/readFile';
import { StreamAddress } from '../../shared/server/streamAddress';
import { errorIn, type FileProblem, shownName, unreadable } from './fileProblem';
import { fileState } from './fileState';
import type { ServedContent } from './servedContent';

/**
 * Time after which a reading is no longer aborted by a change, in milliseconds. A file that is saved while it is read is
 * read anew at once, but with no such limit, reading a file that is written to all the time would never finish.
 */
const MAX_ABORTED_TIME = 2000;

/** A reading of the file. Readings are numbered in the order of their requests. */
interface Reading {
  number: number;
  abort: AbortController;
  hasBegun: boolean;
}

/** A served file as last saved; read again whenever that changes. */
export class ServedFile implements ServedContent {
  readonly isFolder = false;
  readonly uri: Uri;
  /** Name of the file in its folder. */
  readonly #name: string;
  readonly #onRead = new EventEmitter<void>();
  readonly #owned: Disposable;
  readonly #turns: Turns;
  #script: Script | undefined;
  #problem: FileProblem | undefined;
  readonly #changes = new ChangeTimer(() => void this.read());
  #reading: Promise<void> = Promise.resolve();
  /** Reading that was requested last. */
  #latest: Reading = newReading(0);
  /** Number of the last reading that was finished. */
  #finished = 0;
  /** Start of the first reading since one was finished; undefined if none has started. */
  #begunAt: number | undefined;
  #disposed = false;

  /** Fires when the file was read. */
  readonly onRead = this.#onRead.event;

  /** @param turns turn scheduler shared by all work in this window */
  constructor(uri: Uri, turns: Turns) {
    this.uri = uri;
    this.#name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    this.#turns = turns;
    this.#owned = Disposable.from(this.#onRead, ...this.#watch());
  }

  get name(): string {
    return shownName(this.#name);
  }

  /** Script of the file as last saved without an error; undefined if there was none. */
  get script(): Script | undefined {
    return this.#script;
  }

  /** Reason why the file as last saved can't be played; undefined if it can. */
  get problem(): FileProblem | undefined {
    return this.#problem;
  }

  get isReady(): boolean {
    return this.#script !== undefined;
  }

  newSource(options: ScriptSourceOptions): ScriptSource {
    const path = ownPath(this.#name);
    return new ScriptSource(this.#script ?? parseScript(new Uint8Array()), { ...options, path });
  }

  load(source: ScriptSource): boolean {
    if (!this.#script || this.#problem || source.script === this.#script) return false;
    source.load(this.#script);
    return true;
  }

  addressOn(root: string, { script }: ScriptSource): StreamAddress {
    return new StreamAddress(root, script.method, script.reply.path);
  }

  state(note?: string): FileState {
    return fileState(this, note);
  }

  /** Resolves when `script` and `problem` match the file's content at the time of the call, or later. */
  async read(): Promise<void> {
    const { abort, number, hasBegun } = this.#latest;
    if (!hasBegun || performance.now() - (this.#begunAt ?? 0) < MAX_ABORTED_TIME) abort.abort();
    const latest = newReading(number + 1);
    this.#latest = latest;
    // In sequence, so that the last reading sees the last save.
    this.#reading = this.#reading.then(() => this.#read(latest));
    let reading: Promise<void>;
    do {
      reading = this.#reading;
      await reading;
    } while (reading !== this.#reading && this.#finished < latest.number);
  }

  /** Stops watching. Can be called repeatedly. */
  dispose(): void {
    this.#disposed = true;
    this.#latest.abort.abort();
    this.#changes.stop();
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

  /** Resolves with the script, or with a problem in words; with neither if it was aborted. */
  async #readScript(signal: AbortSignal): Promise<{ script?: Script; problem?: FileProblem }> {
    try {
      const file = await readFile(this.uri);
      if (typeof file === 'string') return { problem: { text: refusalText(file, this.name) } };
      const script = await parseInTurns(file, this.#turns, signal);
      const error = script?.problems.find(({ severity }) => severity === 'error');
      if (error) return { problem: errorIn(this.name, error) };
      return script ? { script } : {};
    } catch (error) {
      return { problem: unreadable(this.name, error) };
    }
  }

  #watch(): Disposable[] {
    const isOurs = (uri: Uri) => uri.toString() === this.uri.toString();
    const onChange = (uri: Uri) => isOurs(uri) && this.#changes.note();
    // The name may contain pattern characters, which can't be escaped.
    const pattern = new RelativePattern(Uri.joinPath(this.uri, '..'), this.#name.replace(/[*?[\]{}!,\\]/g, '?'));
    const watcher = workspace.createFileSystemWatcher(pattern);
    return [
      watcher,
      watcher.onDidCreate(onChange),
      watcher.onDidChange(onChange),
      watcher.onDidDelete(onChange),
      // Not every file system can be watched.
      workspace.onDidSaveTextDocument(({ uri }) => onChange(uri)),
    ];
  }
}

function newReading(number: number): Reading {
  return { number, abort: new AbortController(), hasBegun: false };
}
