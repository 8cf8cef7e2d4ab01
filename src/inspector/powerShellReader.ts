import { CmdReader } from './cmdReader';
import { type CommandLine, isPartOf, PLACEHOLDER } from './commandLine';
import type { CommandReader } from './dialect';
import type { Environment } from './environment';

/** Pieces of a command (PowerShell, about_Parsing and about_Quoting_Rules); at each place, the first that fits. */
const PIECE = new RegExp(
  [
    // Also where a one-line input box has put a space for the line's end.
    /(?<gap>(?:[^\S\n]|`[ \t]*\n|`(?=\s))+)/,
    /@'[ \t]*\n(?<lines>[\s\S]*?)\n[ \t]*'@/,
    /@"[ \t]*\n(?<openLines>[\s\S]*?)\n[ \t]*"@/,
    /'(?<single>(?:[^']|'')*)'/,
    // JSON that is written as for cmd: PowerShell would end the string at its first quote.
    /"(?<json>\s*[[{]\s*\\"(?:[^"\\`]|[\\`][\s\S])*)"(?=[\s;|)]|$)/,
    /"(?<double>(?:[^"`]|`[\s\S]|"")*)"/,
    /`(?<escaped>[\s\S])/,
    /(?<variable>\$env:\w+|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$[A-Za-z_]\w*)/,
    PLACEHOLDER,
    /(?<redirection>[\d*]?>>?(?:&\d)?)/,
    /(?<comment>(?<=\s)#[^\n]*)/,
    /(?<operator>\|{1,2}|&{1,2}|[;\n]|\))/,
    /[^\s'"`$|;&<>)]+|[\s\S]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iy',
);
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0', e: '\x1b' };
const INSIDE =
  /`(?<escaped>[\s\S])|(?<two>"")|(?<variable>\$env:\w+|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$[A-Za-z_]\w*)/gi;
const SETTING = /\$(?:\{?(env:\w+)\}?|(\w+))[ \t]*=[ \t]*/iy;
/** Behind it, the line is taken as it is. */
const STOP = /^--%\s/;

/** Reads the commands of a script for PowerShell. */
export class PowerShellReader implements CommandReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  command(start: number, environment: Environment, isNested = false): CommandLine {
    const command: CommandLine = { words: [], asides: [], operator: '', end: start, next: start };
    const pattern = new RegExp(PIECE);
    pattern.lastIndex = start;
    let word: string | undefined;
    for (let piece = pattern.exec(this.#text); piece; piece = pattern.exec(this.#text)) {
      const { gap, operator = '', redirection, comment } = piece.groups ?? {};
      if (word === undefined && STOP.test(this.#text.slice(piece.index, piece.index + 4)))
        return this.#stop(piece.index + 3, command, environment);
      const isText = operator === (isNested ? '' : ')') || this.#isJoined(operator, word, pattern.lastIndex, command);
      if (operator !== '' && !isText) {
        command.operator = operator;
        break;
      }
      if (gap !== undefined) word = finish(word, command);
      else if (redirection !== undefined) pattern.lastIndex += this.#redirect(redirection, pattern.lastIndex, command);
      else if (comment !== undefined) command.asides.push(comment);
      else {
        word = (word ?? '') + textOf(piece, environment);
        if (piece.groups?.['json'] !== undefined) command.readAsQuote = '\\"';
      }
      command.end = pattern.lastIndex;
      command.openQuote ??= /^['"]$/.test(piece[0]) ? piece[0] : undefined;
    }
    finish(word, command);
    command.next = command.end + command.operator.length;
    return command;
  }

  settings(start: number, environment: Environment): number | undefined {
    const setting = new RegExp(SETTING);
    setting.lastIndex = start;
    const [found, ofEnvironment, plain = ''] = setting.exec(this.#text) ?? [];
    if (found === undefined) return undefined;
    const trial = environment.trial();
    const { words, next, openQuote } = this.command(start + found.length, trial);
    if (openQuote !== undefined) return undefined;
    const [value] = words;
    const isText = /^(?:['"]|@['"][ \t]*\n|\$env:|\d)/i.test(
      this.#text.slice(start + found.length, start + found.length + 100),
    );
    if (trial.missing.length === 0 && isText && words.length === 1 && value !== undefined)
      environment.assign((ofEnvironment ?? plain).toLowerCase(), [value]);
    return next;
  }

  #isJoined(operator: string, word: string | undefined, behind: number, command: CommandLine): boolean {
    const isJoined = operator === '&' && isPartOf(word, this.#text.slice(behind, behind + 300));
    if (isJoined) command.isJoined = true;
    return isJoined;
  }

  /** Returns the length of where it leads. */
  #redirect(redirection: string, at: number, command: CommandLine): number {
    const target = /^[ \t]*[^\s|;]+/.exec(this.#text.slice(at, at + 300))?.[0] ?? '';
    command.asides.push(redirection + target);
    return target.length;
  }

  /** Reads the rest of the line as Windows' programs do. */
  #stop(at: number, command: CommandLine, environment: Environment): CommandLine {
    const lineEnd = this.#text.indexOf('\n', at);
    const end = lineEnd < 0 ? this.#text.length : lineEnd;
    const { words, openQuote } = new CmdReader(this.#text.slice(at, end)).command(0, environment);
    return { ...command, words: [...command.words, ...words], end, next: end, openQuote };
  }
}

/** As PowerShell 5 hands a word to programs: a backslash before a quote is what escapes it. */
function finish(word: string | undefined, { words }: CommandLine): undefined {
  if (word !== undefined) words.push(word.replaceAll('\\"', '"'));
}

function textOf(piece: RegExpExecArray, environment: Environment): string {
  const { lines, openLines, single, json, double = json, escaped, variable, placeholder } = piece.groups ?? {};
  if (placeholder !== undefined) return environment.fill(placeholder, placeholder, undefined);
  if (lines !== undefined) return lines;
  if (single !== undefined) return single.replaceAll("''", "'");
  if (variable !== undefined) return valueNamed(variable, environment);
  if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
  const open = double ?? openLines;
  if (open === undefined) return piece[0];
  return open.replace(INSIDE, (written: string, ...found: unknown[]) => {
    const inner = found.at(-1) as Record<string, string | undefined>;
    if (inner['escaped'] !== undefined) return ESCAPES[inner['escaped']] ?? inner['escaped'];
    if (inner['two'] !== undefined) return double === undefined ? written : '"';
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
