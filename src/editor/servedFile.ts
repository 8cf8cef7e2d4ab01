import { Disposable, EventEmitter, FileSystemError, l10n, RelativePattern, Uri, workspace } from 'vscode';
import { parseScript, type Script } from '../sse/script';
import { errorIn, type FileProblem } from './fileProblem';
import { reasonOf } from './reason';

/** A larger file isn't read, in bytes. */
const MAX_SIZE = 128 * 1024 * 1024;
/** How long a file must have been left alone before it is read again, in milliseconds: one save makes several events. */
const GATHER_DELAY = 100;

/** A file that is served, as it was saved last: read again whenever that changes. */
export class ServedFile {
  readonly uri: Uri;
  readonly #onRead = new EventEmitter<void>();
  readonly #owned: Disposable;
  #script: Script | undefined;
  #problem: FileProblem | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #disposed = false;

  /** It was read. */
  readonly onRead = this.#onRead.event;

  constructor(uri: Uri) {
    this.uri = uri;
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
  read(): Promise<void> {
    // One behind the other: what is read last is what was saved last.
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  /** It is watched no more. Twice is fine. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  async #read(): Promise<void> {
    if (this.#disposed) return;
    const { script, problem } = await readScript(this.uri, this.name);
    if (this.#disposed) return;
    if (script) this.#script = script;
    this.#problem = problem;
    this.#onRead.fire();
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

/** Reads a file of any scheme, in words where it can't be played. */
async function readScript(uri: Uri, name: string): Promise<{ script?: Script; problem?: FileProblem }> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > MAX_SIZE) return { problem: { text: l10n.t('{0} is larger than {1} MB.', name, MAX_SIZE / 2 ** 20) } };
    const script = parseScript(await workspace.fs.readFile(uri));
    const error = script.problems.find(({ severity }) => severity === 'error');
    return error ? { problem: errorIn(name, error) } : { script };
  } catch (error) {
    const isGone = error instanceof FileSystemError && error.code === 'FileNotFound';
    const text = isGone
      ? l10n.t('There is no file {0} any more.', name)
      : l10n.t('{0} can’t be read: {1}', name, reasonOf(error));
    return { problem: { text } };
  }
}
