import { CurlError } from './curlError';
import type { RequestNote } from './requestNote';

/** What was given for the notes of a text that was read before. */
export interface Given {
  /** Values by the subjects of `placeholder`. */
  values?: ReadonlyMap<string, string>;
  /** Texts by the subjects of `file`. */
  files?: ReadonlyMap<string, string>;
}

/** Maximum number of notes on one text. */
const MAX_NOTES = 1000;
/** Maximum number of pieces that are read of a text: twice as many as a megabyte can have. */
const MAX_PIECES = 2 * 1024 * 1024;
/** Maximum number of times that a script writes a file anew: each may be made of the one before. */
const MAX_WRITTEN = 200;
/** Maximum length of what variables are replaced with, in all, in characters: a text may name a long one a thousand times. */
const MAX_FILLED = 4 * 1024 * 1024;

/** A file that a script writes, piece by piece. Its text is made once, when it is asked for. */
class WrittenFile {
  #pieces: (() => string | undefined)[];
  /** Whether its text is being made: a file may be made of itself. */
  #isMaking = false;
  /** Whether another one is made of what it has now. */
  isSource = false;

  constructor(piece: () => string | undefined) {
    this.#pieces = [piece];
  }

  append(piece: () => string | undefined): void {
    this.#pieces.push(piece);
  }

  /** Returns its text; undefined where it isn't known. */
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

/** Variables and files that a pasted script knows, and what it asks for in vain. */
export class Environment {
  readonly #assigned: Map<string, { values: readonly string[]; missing: RequestNote[] }>;
  readonly #written: Map<string, WrittenFile>;
  /** Variables and files that are set in a block that may not be run: by its end, they aren't known. Undefined: there is none. */
  readonly #branch: { names: Set<string> | undefined; paths: Set<string> };
  readonly #given: Given;
  /** Whether what is read is a body, or a part of one. */
  isBody = false;
  readonly #missing = new Map<string, RequestNote>();
  /** How much was filled in, in characters, and how many pieces of the text were read, and files written. */
  readonly #filled: { length: number; pieces: number; writes: number };

  constructor(given: Given, from?: Environment) {
    this.#given = given;
    this.#assigned = from ? from.#assigned : new Map();
    this.#written = from ? from.#written : new Map();
    this.#filled = from ? from.#filled : { length: 0, pieces: 0, writes: 0 };
    this.#branch = from ? from.#branch : { names: undefined, paths: new Set() };
  }

  /** Placeholders and files that are missing, in order of their places. */
  get missing(): RequestNote[] {
    return [...this.#missing.values()];
  }

  /** Returns one that knows and takes the same variables, and notes apart what is missing. */
  trial(): Environment {
    return new Environment(this.#given, this);
  }

  /** @param values several of an array @param missing what of them isn't known: it is noted when they are used */
  assign(name: string, values: readonly string[], missing: RequestNote[] = []): void {
    this.#assigned.set(name, { values, missing });
    this.#branch.names?.add(name);
  }

  /** A variable that may have been set to what isn't known: it has no value any more. */
  unsettle(name: string): void {
    if (this.#assigned.has(name)) this.assign(name, []);
  }

  /** A file that may have been changed: its text isn't known any more. */
  forget(path: string): void {
    this.#written.delete(path);
  }

  /** Whether the variable has been set to what is known, be it nothing. */
  isSet(name: string): boolean {
    return (this.#assigned.get(name)?.values.length ?? 0) > 0;
  }

  /** Begins a block that may not be run, or leaves all of them. */
  setBranch(isWithin: boolean): void {
    if (!isWithin) this.#branch.names = undefined;
    else this.#branch.names ??= new Set();
  }

  /** Unsettles what was set in the blocks that are open. */
  endBranch(): void {
    for (const name of this.#branch.names ?? []) this.#assigned.set(name, { values: [], missing: [] });
    this.#branch.names?.clear();
    for (const path of this.#branch.paths) this.forget(path);
    this.#branch.paths.clear();
  }

  /**
   * A file that the script writes.
   * @param text comes with the lines that follow the command; undefined where it isn't known
   * @param isAppended whether it goes behind what was written before. Default: no
   */
  write(path: string, text: () => string | undefined, isAppended = false): void {
    const before = isAppended ? this.#written.get(path) : undefined;
    if (this.#branch.names) this.#branch.paths.add(path);
    if (before && !before.isSource) {
      before.append(text);
      return;
    }
    this.#filled.writes += 1;
    // One more is asked for.
    if (this.#filled.writes > MAX_WRITTEN) {
      this.forget(path);
      return;
    }
    const file = new WrittenFile(isAppended ? this.source(path) : text);
    if (isAppended) file.append(text);
    this.#written.set(path, file);
  }

  /** Returns the values of a variable, where any is assigned that isn't empty: an empty one is there to be filled in. */
  valuesOf(name: string): readonly string[] | undefined {
    const { values, missing = [] } = this.#assigned.get(name) ?? {};
    if (!values?.some((value) => value !== '')) return undefined;
    for (const note of missing) this.#note(note);
    return values;
  }

  /**
   * Returns the value of a placeholder; as it is written where there is none, which is noted.
   * @param subject its name, as it is asked for
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

  /** Returns a file's text; none where it isn't given, which is noted. @throws {CurlError} `tooComplex` */
  file(path: string): string {
    return this.#textOf(path, this.#written.get(path));
  }

  /** Returns a function that gives the text that a file has by now. */
  source(path: string): () => string {
    const written = this.#written.get(path);
    if (written) written.isSource = true;
    return () => this.#textOf(path, written);
  }

  #textOf(path: string, written: WrittenFile | undefined): string {
    // What a command would write.
    if (path.startsWith('<(')) return this.fill(path, path, undefined);
    const text = path === '/dev/null' ? '' : (written?.text() ?? this.#given.files?.get(path));
    if (text === undefined) this.#note({ code: 'file', subject: path });
    return this.counted(text ?? '');
  }

  /** Returns the text, which another one is put together of. @throws {CurlError} `tooComplex`, where all are too long */
  counted(text: string): string {
    this.count(text.length);
    return text;
  }

  /** @throws {CurlError} as `counted` */
  count(length: number): void {
    this.#filled.length += length;
    if (this.#filled.length > MAX_FILLED) throw new CurlError('tooComplex');
  }

  /** Counts a piece that is read: what a statement begins with may be read again for the next. @throws {CurlError} as `counted` */
  countPiece(): void {
    this.#filled.pieces += 1;
    if (this.#filled.pieces > MAX_PIECES) throw new CurlError('tooComplex');
  }

  #note(note: RequestNote): void {
    if (this.#missing.size < MAX_NOTES) this.#missing.set(`${note.code} ${note.subject}`, note);
  }
}
