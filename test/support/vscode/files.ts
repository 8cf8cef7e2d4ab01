// Files and documents as VS Code has them, for tests without VS Code.
import type { Uri } from './index';

/** As VS Code's `EventEmitter`. */
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
  getText(): string;
}

interface FakeFile {
  bytes: Uint8Array;
  /** Default: that of the bytes. */
  size?: number;
  /** Of VS Code's file types. Default: a regular file. */
  type?: number;
}

export class FakeFiles {
  readonly documents: FakeDocument[] = [];
  active: FakeDocument | undefined;
  readonly saved = new FakeEvent<{ uri: Uri }>();
  /** What was changed, to those who watch. */
  readonly changed = new FakeEvent<Uri>();
  /** The patterns that are watched. */
  readonly watched: string[] = [];
  readonly #files = new Map<string, FakeFile>();
  /** What a document is saved as. Default: its own file; undefined: the user cancels. */
  saveAs: ((uri: Uri) => Uri | undefined) | undefined;

  /** Writes a file, and tells no one. @param size where it is said to be larger than it is */
  write(path: string, content: string | Uint8Array, size?: number): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#files.set(path, size === undefined ? { bytes } : { bytes, size });
  }

  /** Makes it something else: a directory, a pipe. */
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
