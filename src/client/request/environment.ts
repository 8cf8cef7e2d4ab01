import { CurlError } from './curlError';
import type { RequestNote } from './requestNote';

/** The values and files that were given for the notes on a text. */
export interface Given {
  /** Values, by the subjects of `placeholder` notes. */
  values?: ReadonlyMap<string, string>;
  /** Texts, by the subjects of `file` notes. */
  files?: ReadonlyMap<string, string>;
}

/** Maximum number of notes on one text. */
const MAX_NOTES = 1000;
/** Maximum number of pieces that are read of a text: twice as many as a megabyte can have. */
const MAX_PIECES = 2 * 1024 * 1024;
/** Maximum number of times that a script writes a file anew: each may contain the one before. */
const MAX_WRITTEN = 200;
/** Maximum length of everything that replaces variables, in characters: a text may name a long one a thousand times. */
const MAX_FILLED = 4 * 1024 * 1024;

/** A file that a script writes, piece by piece. Its text is built once, when it is needed. */
class WrittenFile {
  #pieces: (() => string | undefined)[];
  /** Whether its text is being built: a file may contain itself. */
  #isMaking = false;
  /** Whether another file contains its present content. */
  isSource = false;

  constructor(piece: () => string | undefined) {
    this.#pieces = [piece];
  }

  append(piece: () => string | undefined): void {
    this.#pieces.push(piece);
  }

  /** Returns the file's text; undefined if it isn't known. */
  text(): string | undefined {
    if (this.#isMaking) return undefined;
    this.#isMaking = true;
    const texts = this.#pieces.map((piece) => piece());
    this.#isMaking = false;
    const text = texts.includes(undefined) ? undefined : texts.join('');
    this.#pieces = [() => text];
    return text;
  }
}

/** The variables and files that a pasted script knows, and those that are missing. */
export class Environment {
  readonly #assigned: Map<string, { values: readonly string[]; missing: RequestNote[] }>;
  readonly #written: Map<string, WrittenFile>;
  /**
   * Variables and files that are set in a block that may not be executed: after it, they aren't known. undefined outside
   * of such a block.
   */
  readonly #branch: { names: Set<string> | undefined; paths: Set<string> };
  readonly #given: Given;
  /** Whether a body, or a part of one, is being read. */
  isBody = false;
  readonly #missing = new Map<string, RequestNote>();
  /** Total length filled in, in characters; number of pieces of the text that were read; and number of files written. */
  readonly #filled: { length: number; pieces: number; writes: number };

  constructor(given: Given, from?: Environment) {
    this.#given = given;
    this.#assigned = from ? from.#assigned : new Map();
    this.#written = from ? from.#written : new Map();
    this.#filled = from ? from.#filled : { length: 0, pieces: 0, writes: 0 };
    this.#branch = from ? from.#branch : { names: undefined, paths: new Set() };
  }

  /** Placeholders and files that are missing, in their order. */
  get missing(): RequestNote[] {
    return [...this.#missing.values()];
  }

  /** Returns an environment that shares the variables, but notes separately what is missing. */
  trial(): Environment {
    return new Environment(this.#given, this);
  }

  /**
   * Sets a variable.
   * @param values several for an array
   * @param missing parts of the values that aren't known: noted when the values are used
   */
  assign(name: string, values: readonly string[], missing: RequestNote[] = []): void {
    this.#assigned.set(name, { values, missing });
    this.#branch.names?.add(name);
  }

  /** Removes the value of a variable that may have been set to something unknown. */
  unsettle(name: string): void {
    if (this.#assigned.has(name)) this.assign(name, []);
  }

  /** Forgets a file that may have been changed. */
  forget(path: string): void {
    this.#written.delete(path);
  }

  /** Whether the variable has a known value, even an empty one. */
  isSet(name: string): boolean {
    return (this.#assigned.get(name)?.values.length ?? 0) > 0;
  }

  /** Enters a block that may not be executed, or leaves all of them. */
  setBranch(isWithin: boolean): void {
    if (!isWithin) this.#branch.names = undefined;
    else this.#branch.names ??= new Set();
  }

  /** Unsettles everything that was set in the open blocks. */
  endBranch(): void {
    for (const name of this.#branch.names ?? []) this.#assigned.set(name, { values: [], missing: [] });
    this.#branch.names?.clear();
    for (const path of this.#branch.paths) this.forget(path);
    this.#branch.paths.clear();
  }

  /**
   * Writes a file.
   * @param text called after the lines that follow the command were read; returns undefined if the text isn't known
   * @param isAppended whether it is appended. Default: false
   */
  write(path: string, text: () => string | undefined, isAppended = false): void {
    const before = isAppended ? this.#written.get(path) : undefined;
    if (this.#branch.names) this.#branch.paths.add(path);
    if (before && !before.isSource) {
      before.append(text);
      return;
    }
    this.#filled.writes += 1;
    // Further files have to be asked for.
    if (this.#filled.writes > MAX_WRITTEN) {
      this.forget(path);
      return;
    }
    const file = new WrittenFile(isAppended ? this.source(path) : text);
    if (isAppended) file.append(text);
    this.#written.set(path, file);
  }

  /**
   * Returns the values of a variable; undefined if none is assigned or all are empty: an empty one is there to be filled
   * in.
   */
  valuesOf(name: string): readonly string[] | undefined {
    const { values, missing = [] } = this.#assigned.get(name) ?? {};
    if (!values?.some((value) => value !== '')) return undefined;
    for (const note of missing) this.#note(note);
    return values;
  }

  /**
   * Returns the value of a placeholder; if there is none, notes that and returns the placeholder as it is written.
   * @param subject name to ask for
   * @throws {CurlError} `tooComplex`
   */
  fill(subject: string, written: string, value: string | undefined): string {
    const filled = value ?? this.#given.values?.get(subject);
    if (filled === undefined) this.#note({ code: 'placeholder', subject });
    return this.counted(filled ?? written);
  }

  /** Whether a file's text is known. */
  hasFile(path: string): boolean {
    return this.#written.has(path) || this.#given.files?.has(path) === true;
  }

  /** Returns a file's text; if it isn't known, notes that and returns an empty text. @throws {CurlError} `tooComplex` */
  file(path: string): string {
    return this.#textOf(path, this.#written.get(path));
  }

  /** Returns a function that returns the text that the file has at this point. */
  source(path: string): () => string {
    const written = this.#written.get(path);
    if (written) written.isSource = true;
    return () => this.#textOf(path, written);
  }

  #textOf(path: string, written: WrittenFile | undefined): string {
    // A command's output, as a file.
    if (path.startsWith('<(')) return this.fill(path, path, undefined);
    const text = path === '/dev/null' ? '' : (written?.text() ?? this.#given.files?.get(path));
    if (text === undefined) this.#note({ code: 'file', subject: path });
    return this.counted(text ?? '');
  }

  /**
   * Returns the text, which becomes part of another one, and counts its length.
   * @throws {CurlError} `tooComplex`, if all together are too long
   */
  counted(text: string): string {
    this.count(text.length);
    return text;
  }

  /** Counts a length. @throws {CurlError} the same as `counted` */
  count(length: number): void {
    this.#filled.length += length;
    if (this.#filled.length > MAX_FILLED) throw new CurlError('tooComplex');
  }

  /**
   * Counts a piece that was read: the beginning of a statement may be read again for the next one.
   * @throws {CurlError} the same as `counted`
   */
  countPiece(): void {
    this.#filled.pieces += 1;
    if (this.#filled.pieces > MAX_PIECES) throw new CurlError('tooComplex');
  }

  #note(note: RequestNote): void {
    if (this.#missing.size < MAX_NOTES) this.#missing.set(`${note.code} ${note.subject}`, note);
  }
}
