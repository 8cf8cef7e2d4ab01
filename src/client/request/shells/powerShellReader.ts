import type { Environment } from '../environment';
import { CmdReader } from './cmdReader';
import { type CommandLine, goesOn, MAX_UNCLOSED, noteRedirection, PLACEHOLDER } from './commandLine';
import type { CommandReader } from './dialect';
import { anyOf, matchAt } from './patterns';

/** Pieces of a command (PowerShell, about_Parsing and about_Quoting_Rules); at each position, the first that matches. */
const PIECE = anyOf('iy', [
  // Also if a one-line input box has replaced the line end by a space.
  /(?<gap>(?:[^\S\n]|`[ \t]*\n|`(?=\s))+)/,
  /@(?<here>['"])[ \t]*\n/,
  /'(?<single>(?:[^']|'')*)'/,
  // JSON that is written as for cmd: PowerShell would end the string at its first quote. It can't begin within another
  // string.
  /(?<![\\`])"(?<json>\s*[[{]\s*\\"(?:[^"\\`]|[\\`][\s\S])*)"(?=[\s;|)]|$)/,
  /"(?<double>(?:[^"`]|`[\s\S]|"")*)"/,
  /`(?<escaped>[\s\S])/,
  /(?<variable>\$env:\w+|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$[A-Za-z_]\w*)/,
  PLACEHOLDER,
  /(?<redirection>[\d*]?>>?(?:&\d)?)/,
  /(?<comment>(?<=\s)#[^\n]*)/,
  /(?<operator>\|{1,2}|&{1,2}|[;\n]|\))/,
  /[^\s'"`$|;&<>)]+|[\s\S]/,
]);
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0', e: '\x1b' };
const INSIDE =
  /`(?<escaped>[\s\S])|(?<two>"")|(?<variable>\$env:\w+|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$[A-Za-z_]\w*)/gi;
const SETTING = /\$(?:\{?(env:\w+)\}?|(\w+))[ \t]*=[ \t]*/iy;
/** A value that makes up the whole statement. */
const VALUE =
  /^(?:'(?:[^']|'')*'|"(?:[^"`]|`[\s\S]|"")*"|@(['"])[ \t]*\n[\s\S]*\n[ \t]*\1@|\$env:\w+|\d+)\s*(?:#[^\n]*)?$/i;
/** The target of a redirection. */
const TARGET = /^[ \t]*[^\s|;]+/;
/** The variable that says how arguments are passed to programs. */
const PASSING = 'psnativecommandargumentpassing';
/** The stop-parsing token: after it, the line is taken literally. */
const STOP = /^--%\s/;

/** A reader of commands for PowerShell. */
export class PowerShellReader implements CommandReader {
  readonly #text: string;
  /** Start of a here-string that isn't closed, by its quote: then no later one is, either. */
  readonly #unclosed = new Map<string, number>();
  /** Number of statements that set variables and had an unclosed quote. */
  #unclosedCount = 0;

  constructor(text: string) {
    this.#text = text;
  }

  command(start: number, environment: Environment, isNested = false): CommandLine {
    const command: CommandLine = { words: [], asides: [], operator: '', end: start, next: start };
    const passing = environment.valuesOf(PASSING)?.[0];
    const pattern = new RegExp(PIECE);
    pattern.lastIndex = start;
    let word: string | undefined;
    for (let piece = pattern.exec(this.#text); piece; piece = pattern.exec(this.#text)) {
      environment.countPiece();
      const { gap, operator = '', redirection, comment } = piece.groups ?? {};
      if (word === undefined && STOP.test(this.#text.slice(piece.index, piece.index + 4)))
        return this.#stop(piece.index + 3, command, environment);
      const isText =
        operator === (isNested ? '' : ')') ||
        (operator === '&' && goesOn(command, word, this.#text, pattern.lastIndex));
      if (operator !== '' && !isText) {
        command.operator = operator;
        break;
      }
      if (gap !== undefined) word = finish(word, command, passing);
      else if (redirection !== undefined)
        pattern.lastIndex += noteRedirection(command, redirection, TARGET, this.#text, pattern.lastIndex);
      else if (comment !== undefined) command.asides.push(comment);
      else {
        word = (word ?? '') + this.#textOf(piece, pattern, environment);
        if (piece.groups?.['json'] !== undefined) command.readAsQuote = '\\"';
      }
      command.end = pattern.lastIndex;
      command.openQuote ??=
        /^@?['"]\s*$/.test(piece[0]) && pattern.lastIndex === piece.index + piece[0].length
          ? piece[0].trim()
          : undefined;
    }
    finish(word, command, passing);
    command.next = command.end + command.operator.length;
    return command;
  }

  another(): PowerShellReader {
    return this;
  }

  settings(start: number, environment: Environment): number | undefined {
    const [found, ofEnvironment, plain = ''] = matchAt(SETTING, this.#text, start) ?? [];
    if (found === undefined || this.#unclosedCount >= MAX_UNCLOSED) return undefined;
    const trial = environment.trial();
    const { words, operator, end, next, openQuote } = this.command(start + found.length, trial);
    if (openQuote !== undefined) {
      this.#unclosedCount += 1;
      return undefined;
    }
    const [value] = words;
    const isText = operator !== '|' && VALUE.test(this.#text.slice(start + found.length, end));
    const isKnown = trial.missing.length === 0 && isText && words.length === 1 && value !== undefined;
    environment.assign((ofEnvironment ?? plain).toLowerCase(), isKnown ? [value] : []);
    return next;
  }

  /** Returns the text of a piece. @param pattern is moved after a here-string */
  #textOf(piece: RegExpExecArray, pattern: RegExp, environment: Environment): string {
    const quote = piece.groups?.['here'];
    if (quote === undefined) return textOf(piece, environment);
    const start = pattern.lastIndex;
    if (start >= (this.#unclosed.get(quote) ?? Number.POSITIVE_INFINITY)) return '';
    const close = new RegExp(`\\n[ \\t]*${quote}@`, 'g');
    close.lastIndex = start - 1;
    const end = close.exec(this.#text);
    if (!end) {
      this.#unclosed.set(quote, start);
      return '';
    }
    pattern.lastIndex = close.lastIndex;
    const lines = this.#text.slice(start, end.index);
    return quote === "'" ? lines : inside(lines, environment, false);
  }

  /** Reads the rest of the line as Windows' programs do. */
  #stop(at: number, command: CommandLine, environment: Environment): CommandLine {
    const lineEnd = this.#text.indexOf('\n', at);
    const end = lineEnd < 0 ? this.#text.length : lineEnd;
    const { words, openQuote } = new CmdReader(this.#text.slice(at, end), false).command(0, environment);
    return { ...command, words: [...command.words, ...words], end, next: end, openQuote };
  }
}

/**
 * Adds a finished word. PowerShell 5 passes it to programs so that a backslash before a quote escapes it; later versions pass it
 * unchanged, where the script says so.
 */
function finish(word: string | undefined, { words }: CommandLine, passing: string | undefined): undefined {
  if (word !== undefined)
    words.push(/^(?:standard|windows)$/i.test(passing ?? '') ? word : word.replaceAll('\\"', '"'));
}

function textOf(piece: RegExpExecArray, environment: Environment): string {
  const { single, json, double = json, escaped, variable, placeholder } = piece.groups ?? {};
  if (placeholder !== undefined) return environment.fill(placeholder, placeholder, undefined);
  // Typographic quotes count, too.
  if (single !== undefined) return single.replace(/(['‘’‚‛])\1/g, '$1');
  if (variable !== undefined) return valueNamed(variable, environment);
  if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
  return double === undefined ? piece[0] : inside(double, environment, true);
}

/** Returns a text with its escapes and variables replaced. @param isQuoted whether `""` is a quote */
function inside(text: string, environment: Environment, isQuoted: boolean): string {
  return text.replace(INSIDE, (written: string, ...found: unknown[]) => {
    const { escaped, two } = found.at(-1) as Record<string, string | undefined>;
    if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
    if (two !== undefined) return isQuoted ? '"' : written;
    return valueNamed(written, environment);
  });
}

/** Returns the value of `$NAME`, `${NAME}`, `$env:NAME` and `$($env:NAME)`. */
function valueNamed(written: string, environment: Environment): string {
  if (/^\$(?:true|false|null)$/i.test(written)) return written;
  const name = /^\$(?:\(\$)?\{?((?:env:)?\w+)\}?\)?$/i.exec(written)?.[1];
  if (name === undefined) return environment.fill(written, written, undefined);
  return environment.fill(`$${name}`, written, environment.valuesOf(name.toLowerCase())?.[0]);
}
