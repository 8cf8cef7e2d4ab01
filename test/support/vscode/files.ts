// Fakes of VS Code's files and documents, for tests without VS Code.
import type { Uri } from './index';

/** A fake of VS Code's `EventEmitter`. */
export class FakeEvent<T> {
  readonly #listeners = new Set<(value: T) => void>();

  event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  get listenerCount(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class FileSystemError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface FakeDocument {
  uri: Uri;
  languageId: string;
  isDirty: boolean;
  isUntitled: boolean;
}

interface FakeFile {
  bytes: Uint8Array;
  /** Size in bytes. Default: that of the content. */
  size?: number;
  /** A VS Code file type. Default: a regular file. */
  type?: number;
}

export class FakeFiles {
  readonly documents: FakeDocument[] = [];
  active: FakeDocument | undefined;
  readonly saved = new FakeEvent<{ uri: Uri }>();
  /** Emitter for watchers of changed files. */
  readonly changed = new FakeEvent<Uri>();
  /** The patterns that are watched. */
  readonly watched: string[] = [];
  readonly #files = new Map<string, FakeFile>();
  /** Returns the file that a document is saved as; undefined if the user cancels. Default: its own file. */
  saveAs: ((uri: Uri) => Uri | undefined) | undefined;

  /** Writes a file without notifying watchers. @param size reported size, if larger than the content */
  write(path: string, content: string | Uint8Array, size?: number): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#files.set(path, size === undefined ? { bytes } : { bytes, size });
  }

  /** Changes a file's type, to a directory or a pipe. */
  setType(path: string, type: number): void {
    this.#get(path).type = type;
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  async stat(path: string): Promise<{ size: number; type: number }> {
    const { bytes, size = bytes.length, type = 1 } = this.#get(path);
    return { size, type };
  }

  async read(path: string): Promise<Uint8Array> {
    return this.#get(path).bytes;
  }

  watch(pattern: string) {
    this.watched.push(pattern);
    const { event } = this.changed;
    const silent = () => ({ dispose: () => undefined });
    const dispose = () => void this.watched.splice(this.watched.indexOf(pattern), 1);
    return { onDidChange: event, onDidCreate: silent, onDidDelete: silent, dispose };
  }

  save(uri: Uri): Uri | undefined {
    return this.saveAs ? this.saveAs(uri) : uri;
  }

  #get(path: string): FakeFile {
    const file = this.#files.get(path);
    if (!file) throw new FileSystemError('FileNotFound', `No ${path}`);
    return file;
  }
}
