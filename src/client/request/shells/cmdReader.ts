import type { Environment } from '../environment';
import { type CommandLine, goesOn, noteRedirection, PLACEHOLDER, TYPOGRAPHIC } from './commandLine';
import type { CommandReader } from './dialect';
import { anyOf, matchAt } from './patterns';

/** Pieces of a command: carets that continue a line or escape, quotes, and operators. */
const PIECE = anyOf('y', [
  /\^[ \t]*\n(?<kept>\n?)/,
  /\^(?<escaped>[\s\S])/,
  /(?<quote>")/,
  /(?<operator>[&|]{1,2}|\n)/,
  PLACEHOLDER,
  /(?<redirection>\d?>>?|<)/,
  /(?<plain>[^^"&|\n<>]+|\^)/,
]);
/** Pieces within unescaped quotes, where a caret is literal. */
const QUOTED = /(?<quote>")|(?<plain>[^"]+)/y;
/** `%NAME%`, and a part of it, `%NAME:~0,3%`; `%C3%A9%` isn't a variable, but bytes of a URL. */
const VARIABLE = /%([A-Za-z_]\w*)(:[^%\n]{1,100})?(?=%)/g;
const SETTING = /@?set\s+(?:"([A-Za-z_]\w*)=([^\n]*)"|([A-Za-z_]\w*)=([^\n&]*))[ \t\r]*(?:\n|&&?|$)/iy;

/** A browser's copy: by its beginning, or a quote within a word. */
const COPY = /curl(?:\.exe)?\s+\^"|\^\\\^"/i;
/** Signs of one, and of a command that a browser doesn't write: there, a caret before a quote may be the text's. */
const [COPIED, OTHER] = [/\^["\\]|"\^/, /curl\.exe\s/i];

/** Maximum number of characters that are examined before an `&`. */
const MAX_TAIL = 300;

/** A reader of commands for Windows' cmd, which splits words like Windows' programs. */
export class CmdReader implements CommandReader {
  readonly #text: string;
  /** Whether quotes are escaped, as in browsers' copies: then carets are dropped everywhere, and backslashes are doubled. */
  readonly #isCopy: boolean;

  /** @param isCopy see `#isCopy`. Default: by its look */
  constructor(text: string, isCopy = looksCopied(text)) {
    [this.#text, this.#isCopy] = [text, isCopy];
  }

  command(start: number, environment: Environment): CommandLine {
    const command: CommandLine = { words: [], asides: [], operator: '', end: start, next: start };
    const line = this.#line(start, command);
    const filled = this.#isCopy ? line : fill(line, environment);
    readWords(filled, this.#isCopy, command);
    return command;
  }

  another(): CmdReader {
    return this;
  }

  settings(start: number, environment: Environment): number | undefined {
    const [found, quotedName, quotedValue, plainName = '', plainValue = ''] = matchAt(SETTING, this.#text, start) ?? [];
    if (found === undefined) return undefined;
    const trial = environment.trial();
    const value = fill((quotedValue ?? plainValue).replace(/\^([\s\S])/g, '$1'), trial);
    // An earlier value is no longer valid.
    const values = trial.missing.length === 0 ? [value.trimEnd()] : [];
    environment.assign((quotedName ?? plainName).toUpperCase(), values);
    return start + found.length;
  }

  /** Returns the command without carets, as its program gets it. */
  #line(start: number, command: CommandLine): string {
    const [outside, inside] = [new RegExp(PIECE), new RegExp(QUOTED)];
    let line = '';
    // The end is kept separately: reading the end of `line` would make V8 flatten all of it each time.
    let tail = '';
    let isQuoted = false;
    for (let at = start; at < this.#text.length; ) {
      const pattern = isQuoted && !this.#isCopy ? inside : outside;
      pattern.lastIndex = at;
      const piece = pattern.exec(this.#text);
      if (!piece) break;
      at = pattern.lastIndex;
      const { kept, escaped, quote, plain, operator, redirection, placeholder } = piece.groups ?? {};
      if (quote !== undefined) isQuoted = !isQuoted;
      let added = '';
      if (isQuoted || plain !== undefined || quote !== undefined || placeholder !== undefined)
        added = kept ?? escaped ?? piece[0];
      else if (kept !== undefined || escaped !== undefined) added = kept ?? escaped ?? '';
      else if (redirection !== undefined) at += noteRedirection(command, redirection, /^[ \t]*\S+/, this.#text, at);
      else if (operator !== undefined && this.#isPart(operator, tail, at, command)) added = operator;
      else {
        [command.operator, command.end, command.next] = [operator ?? '', piece.index, at];
        return line;
      }
      line += added;
      tail = (tail + added.slice(-MAX_TAIL)).slice(-MAX_TAIL);
    }
    [command.end, command.next] = [this.#text.length, this.#text.length];
    return line;
  }

  /** Whether an operator is part of a word. @param tail of the line before it */
  #isPart(operator: string, tail: string, behind: number, command: CommandLine): boolean {
    const word = /\S+$/.exec(tail)?.[0];
    return operator === '&' && goesOn(command, word, this.#text, behind);
  }
}

function looksCopied(text: string): boolean {
  return COPY.test(text) || (COPIED.test(text) && !OTHER.test(text));
}

/** Replaces variables. If a name looks like bytes of a URL, it has to be in capitals. */
function fill(line: string, environment: Environment): string {
  let done = 0;
  let result = '';
  for (const { 0: found, 1: name = '', 2: part, index } of line.matchAll(VARIABLE)) {
    const isName = part === undefined || /^[A-Z_][A-Z\d_]+$/.test(name) || environment.isSet(name.toUpperCase());
    const values = part === undefined ? environment.valuesOf(name.toUpperCase()) : undefined;
    const isBytes = /^[\dA-F]{2}$/i.test(name) || (/^[\dA-F]{2}/i.test(name) && !/^[A-Z][A-Z\d_]+$/.test(name));
    if (index < done || (isBytes && !values) || !isName) continue;
    const written = `${found}%`;
    result += line.slice(done, index) + environment.fill(written, written, values?.[0]);
    done = index + written.length;
  }
  return result + line.slice(done);
}

/**
 * Splits a line as Windows' programs do (Microsoft C, "Parsing C command-line arguments"): a backslash escapes only before
 * a quote, and `""` within quotes is a quote.
 * @param isCopy whether each backslash is doubled, as by browsers
 */
function readWords(line: string, isCopy: boolean, command: CommandLine): void {
  let word: string | undefined;
  let isQuoted = false;
  for (const [piece, blank, backslashes, quote, second = ''] of line.matchAll(/(\s+)|(\\*)(")("?)|[^\s"\\]+|\\+/g)) {
    if (blank !== undefined && !isQuoted) {
      if (word !== undefined) command.words.push(word);
      word = undefined;
      continue;
    }
    if (quote === undefined) {
      if (word === undefined) command.typographic ??= TYPOGRAPHIC.exec(piece)?.[0];
      word = (word ?? '') + (isCopy ? piece.replaceAll('\\\\', '\\') : piece);
      continue;
    }
    const count = backslashes?.length ?? 0;
    word = (word ?? '') + '\\'.repeat(count >> 1);
    const isEscaped = count % 2 === 1;
    if (isEscaped) word += '"';
    // Within quotes, two quotes are an escaped one; outside, they are empty.
    const isDoubled = !isEscaped && second !== '' && isQuoted;
    if (isDoubled) {
      word += '"';
      if (!isCopy) command.readAsQuote = '""';
    } else if (isEscaped ? second !== '' : second === '') isQuoted = !isQuoted;
  }
  if (isQuoted) command.openQuote = '"';
  if (word !== undefined) command.words.push(word);
}
