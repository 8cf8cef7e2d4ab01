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
/** Maximum number of files that a script writes. */
const MAX_WRITTEN = 200;
/** Maximum length of what variables are replaced with, in all, in characters: a text may name a long one a thousand times. */
const MAX_FILLED = 4 * 1024 * 1024;

/** A file that a script writes, piece by piece. Its text is made once, when it is asked for. */
class WrittenFile {
  #pieces: (() => string | undefined)[];
  /** Whether its text is being made: a file may be made of itself. */
  #isMaking = false;

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
  readonly #given: Given;
  /** Whether what is read is a body, or a part of one. */
  isBody = false;
  readonly #missing = new Map<string, RequestNote>();
  /** How much was filled in, in characters, and how many pieces of the text were read. */
  readonly #filled: { length: number; pieces: number };

  constructor(given: Given, from?: Environment) {
    this.#given = given;
    this.#assigned = from ? from.#assigned : new Map();
    this.#written = from ? from.#written : new Map();
    this.#filled = from ? from.#filled : { length: 0, pieces: 0 };
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
  }

  /**
   * A file that the script writes.
   * @param text comes with the lines that follow the command; undefined where it isn't known
   * @param isAppended whether it goes behind what was written before. Default: no
   */
  write(path: string, text: () => string | undefined, isAppended = false): void {
    // One more is asked for: each may be made of the one before.
    if (this.#written.size >= MAX_WRITTEN && !this.#written.has(path)) return;
    let file = isAppended ? this.#written.get(path) : undefined;
    if (file) file.append(text);
    else if (isAppended) {
      file = new WrittenFile(() => this.#given.files?.get(path));
      file.append(text);
    } else file = new WrittenFile(text);
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
   * @throws {CurlError} `tooLong`
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

  /** Returns a file's text; none where it isn't given, which is noted. @throws {CurlError} `tooLong` */
  file(path: string): string {
    // What a command would write.
    if (path.startsWith('<(')) return this.fill(path, path, undefined);
    const text = path === '/dev/null' ? '' : (this.#written.get(path)?.text() ?? this.#given.files?.get(path));
    if (text === undefined) this.#note({ code: 'file', subject: path });
    return this.counted(text ?? '');
  }

  /** Returns the text, which another one is put together of. @throws {CurlError} `tooLong`, where all are too long */
  counted(text: string): string {
    this.count(text.length);
    return text;
  }

  /** @throws {CurlError} as `counted` */
  count(length: number): void {
    this.#filled.length += length;
    if (this.#filled.length > MAX_FILLED) throw new CurlError('tooLong');
  }

  /** Counts a piece that is read: what a statement begins with may be read again for the next. @throws {CurlError} as `counted` */
  countPiece(): void {
    this.#filled.pieces += 1;
    if (this.#filled.pieces > MAX_PIECES) throw new CurlError('tooLong');
  }

  #note(note: RequestNote): void {
    if (this.#missing.size < MAX_NOTES) this.#missing.set(`${note.code} ${note.subject}`, note);
  }
}
