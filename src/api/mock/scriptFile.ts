import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseInTurns } from '../../client/files/parseInTurns';
import { type FileRefusal, readRegularFile } from '../../client/files/readRegularFile';
import { isMissing } from '../../client/files/regularFile';
import { problemText } from '../../script/problemText';
import type { Problem, Script } from '../../script/script';
import { withCodes } from '../../text/foreignText';
import { reasonOf } from '../../text/reason';
import { inEnglish } from '../../text/translate';
import type { Turns } from '../../turns/turns';
import type { ScriptLocation } from './eventStreamMock';
import type { ScriptProblem } from './scriptCheck';
import { ScriptError } from './scriptError';

/** Maximum size of a script, in bytes. */
const MAX_SIZE = 64 * 1024 * 1024;
const NO_SCRIPT = 'A script is given by its path, its file: URL, or as { text }.';

/** A script's file, or its text. */
export class ScriptFile {
  /** Name for messages: the path as it was given, or `text`. */
  readonly name: string;
  /** Absolute path; undefined if the text was given. */
  readonly path: string | undefined;
  readonly #text: string;
  readonly #turns: Turns;
  /** Digest of the bytes that were read last. */
  #digest: string | undefined;

  /** @throws {TypeError} if it is neither a path, nor a `file:` URL, nor a text */
  constructor(location: ScriptLocation, turns: Turns) {
    const path = pathOf(location);
    this.name = withCodes(path ?? 'text');
    this.path = path === undefined ? undefined : resolve(path);
    this.#text = textOf(location);
    this.#turns = turns;
  }

  /** Reads and parses the script; it may have errors. @throws {ScriptError} if it can't be read */
  async parse(): Promise<Script> {
    return parseInTurns(await this.#read(), this.#turns);
  }

  /** Reads a script that is to be played. @throws {ScriptError} if it can't be read, or has errors */
  async read(): Promise<Script> {
    return this.#playable(await this.#readNoted());
  }

  /** Reads it again, as `read` does. Resolves with undefined if the file is what it was the last time. */
  async readChanged(): Promise<Script | undefined> {
    const before = this.#digest;
    const bytes = await this.#readNoted();
    return this.#digest === before ? undefined : this.#playable(bytes);
  }

  async #playable(bytes: Uint8Array): Promise<Script> {
    const script = await parseInTurns(bytes, this.#turns);
    const errors = script.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw ScriptError.of(this.name, errors.map(described));
    return script;
  }

  async #readNoted(): Promise<Uint8Array> {
    // A file that can't be read has changed.
    this.#digest = undefined;
    const bytes = await this.#read();
    this.#digest = createHash('sha256').update(bytes).digest('base64');
    return bytes;
  }

  async #read(): Promise<Uint8Array> {
    const bytes = this.path === undefined ? Buffer.from(this.#text) : await this.#readFile(this.path);
    if (typeof bytes === 'string') throw new ScriptError(refusalText(bytes, this.name));
    if (bytes.length > MAX_SIZE) throw new ScriptError(refusalText('tooLarge', this.name));
    return bytes;
  }

  async #readFile(path: string): Promise<Uint8Array | FileRefusal> {
    try {
      return await readRegularFile(path, MAX_SIZE);
    } catch (error) {
      if (isMissing(error)) return 'gone';
      throw new ScriptError(`${this.name} can’t be read: ${withCodes(reasonOf(error))}`);
    }
  }
}

/** Returns a problem as others read it: with numbers from 1, and in words. */
export function described(problem: Problem): ScriptProblem {
  const { severity, line, column } = problem;
  // It quotes the file.
  const message = withCodes(problemText(inEnglish, problem));
  return { severity, line: line + 1, column: column + 1, message };
}

function pathOf(location: ScriptLocation): string | undefined {
  if (!(location instanceof URL) && typeof location !== 'string') return undefined;
  return typeof location === 'string' && !location.startsWith('file://') ? location : pathOfUrl(location);
}

function pathOfUrl(url: string | URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    // It is of another scheme, or of another machine.
    throw new TypeError(NO_SCRIPT);
  }
}

function textOf(location: ScriptLocation): string {
  if (typeof location === 'string' || location instanceof URL) return '';
  if (typeof location?.text === 'string') return location.text;
  throw new TypeError(NO_SCRIPT);
}

function refusalText(refusal: FileRefusal, name: string): string {
  switch (refusal) {
    case 'gone':
      return `${name} can’t be read: there is no such file. Check its path.`;
    case 'tooLarge':
      return `${name} can’t be read: it is larger than ${MAX_SIZE / 2 ** 20} MB. Split it.`;
    case 'notRegular':
      return `${name} can’t be read: it is not a regular file.`;
  }
}
