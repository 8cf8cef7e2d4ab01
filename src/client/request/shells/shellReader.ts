import type { Environment } from '../environment';
import { type CommandLine, goesOn, MAX_VAIN, PLACEHOLDER, TYPOGRAPHIC } from './commandLine';
import type { CommandReader } from './dialect';
import { type HereDocument, hereDocument } from './hereDocument';
import { anyOf, matchAt } from './patterns';
import { areSeveral, hasLostQuotes } from './shellFaults';
import { ANSI_C_QUOTED, decodeAnsiC } from './shellQuotes';
import { assign, isBeforeCommand } from './shellSettings';
import { expanded, expandIn, SUBSTITUTION, VARIABLE } from './shellVariables';

/** A gap with backslashes that ended a line. */
const GAP =
  /(?<gap>(?:[^\S\n\u2028\u2029]+|\\[ \t]+(?=\n[ \t]*-))(?:\\[ \t]*(?:[\n\u2028\u2029]\s*|$))*)|(?<joint>\\(?:[\n\u2028\u2029]|$))/;
/**
 * The same where a one-line input box has put a space for the line's end. Where the backslash touches the word, one space that
 * no option follows may be meant, as in `a\ b`.
 */
const GAP_ON_ONE_LINE = /(?<gap>\s+(?:\\(?:\s+|$))*)|(?<joint>\\(?:(?=[ \t]{2}|[ \t]-|$)))/;

/** What else a command is made of, piece after piece; at each place, the first that fits (Bash Reference Manual §3.1.2). */
const PIECES = [
  PLACEHOLDER,
  // The output of a command, as a file.
  /<\([^()]{0,1000}\)/,
  /(?<here><<-?[ \t]*(?:\\?[\w.-]+|'[^'\n]*'|"[^"\n]*"))/,
  /(?<redirection><<<|&>>?|(?:(?<![^\s;|&])\d+)?(?:>>|>\||>&|<&|<>|[<>]))/,
  /(?<comment>(?<=\s)#[^\n\u2028\u2029]*)/,
  /(?<operator>\|[|&]?|&&?|;+|[\n\u2028\u2029]|\))/,
  // In single quotes, in those of ANSI C, in double quotes: a command in them may have quotes of its own.
  /'(?<single>[^']*)'/,
  ANSI_C_QUOTED,
  new RegExp(`\\$?"(?<double>[^"\\\\$]*(?:(?:\\\\.|${SUBSTITUTION.source}|\\$(?!\\())[^"\\\\$]*)*)"`),
  // Escaped, a variable, and what is no more than itself.
  /\\(?<escaped>.)/,
  new RegExp(`(?<variable>${VARIABLE.source})`),
  /[^\s'"\\$`|&;<>)]+|\$+(?=\$)|\$(?!['"])[^\s'"\\$`|&;<>)]*/,
];

const SETTING =
  /(?:(?:export|declare|local|readonly|typeset)[ \t]+(?:-\w+[ \t]+){0,10})?[A-Za-z_]\w*\+?=|set[ \t]+-\w*x\w*[ \t]|setenv[ \t]/y;

/** What stands before a value that is assigned. */
const ASSIGNMENT = /^(?:export|declare|local|readonly|typeset|-\w+|[A-Za-z_]\w{0,200}\+?=.*)$/s;

/** Cost of a word that a value is split into, in characters. */
const WORD_COST = 16;
/** Options whose value is the body. */
const DATA = /^(?:-\w{0,50}d|--data[\w-]{0,50}|--json)$/;

/** Reads the commands of a script for bash, one after the other. */
export class ShellReader implements CommandReader {
  readonly #text: string;
  readonly #pattern: RegExp;
  /** Here-documents whose text begins with the next line. */
  #open: { command: CommandLine; document: HereDocument }[] = [];
  /** How many statements that set variables had a quote that isn't closed. */
  #vain = 0;

  /** @param pattern of another reader of the text. Default: it is made */
  constructor(text: string, pattern?: RegExp) {
    this.#text = text;
    this.#pattern = new RegExp(pattern ?? anyOf('sy', [text.includes('\n') ? GAP : GAP_ON_ONE_LINE, ...PIECES]));
  }

  another(): ShellReader {
    return new ShellReader(this.#text, this.#pattern);
  }

  /** Reads the command that begins there. @param isNested whether a `)` ends it */
  command(start: number, environment: Environment, isNested = false): CommandLine {
    const command: CommandLine = { words: [], asides: [], operator: '', end: start, next: start };
    const words = new Words(this.#text, command, environment);
    const isArray = this.#isArrayAt(start);
    this.#pattern.lastIndex = start;
    for (let piece = this.#pattern.exec(this.#text); piece; piece = this.#pattern.exec(this.#text)) {
      environment.countPiece();
      const { gap, joint, operator, here, redirection, comment } = piece.groups ?? {};
      if (here !== undefined) this.#open.push({ command, document: hereDocument(here) });
      if (gap !== undefined || here !== undefined) words.finish(command.end);
      else if (comment !== undefined) command.asides.push(comment);
      else if (redirection !== undefined) words.redirect(redirection, piece.index);
      else if (operator === '\n' && isArray && !words.isClosed) words.finish(command.end);
      else if (operator !== undefined && !this.#isPart(operator, words, isNested)) {
        command.operator = operator;
        break;
      } else if (operator !== undefined) words.addSign(operator);
      else if (joint === undefined) words.read(piece);
      command.end = this.#pattern.lastIndex;
    }
    words.finish(command.end);
    command.next = command.end + command.operator.length;
    if (command.operator === '') command.openQuote = /^\$?./s.exec(this.#text.slice(command.end))?.[0];
    if (/^[\n\u2028\u2029]$/.test(command.operator)) command.next = this.hereDocuments(command.next, environment);
    return command;
  }

  /** `NAME=value`, `export NAME=value`, `NAME=(array)`; `set -x NAME value` of fish, `setenv NAME value` of csh. */
  settings(start: number, environment: Environment): number | undefined {
    if (this.#vain >= MAX_VAIN || !matchAt(SETTING, this.#text, start)) return undefined;
    const trial = environment.trial();
    const { words, operator, next, openQuote } = this.command(start, trial);
    if (openQuote !== undefined) {
      this.#vain += 1;
      return undefined;
    }
    // A shell of its own sets them.
    if (/^(?:\|&?|&)$/.test(operator)) return next;
    const isArray = this.#isArrayAt(start);
    // `NAME=value command` sets it for the command alone.
    if (!isArray && isBeforeCommand(words)) return undefined;
    // A parenthesis on a line of its own.
    const all = operator === ')' ? [...words, operator] : words;
    assign(all, isArray, environment, trial.missing);
    return next;
  }

  /** Reads the here-documents whose text begins there, a line's beginning. Returns the index behind them. */
  hereDocuments(start: number, environment: Environment): number {
    let at = start;
    for (const { command, document } of this.#open) {
      const { text, end } = document.read(this.#text, at);
      command.input = document.isQuoted ? text : expandIn(text, environment);
      at = end;
    }
    this.#open = [];
    return at;
  }

  /** Whether an array begins there, `NAME=(…)`: in it, line ends are blanks. */
  #isArrayAt(start: number): boolean {
    const setting = matchAt(SETTING, this.#text, start)?.[0];
    return setting !== undefined && this.#text.charAt(start + setting.length) === '(';
  }

  /** Whether an operator stands for itself. */
  #isPart(operator: string, words: Words, isNested: boolean): boolean {
    if (operator === ')') return !isNested && words.isWithin;
    return operator === '&' && words.join(this.#pattern.lastIndex);
  }
}

/** Puts pieces together to the words of a command. */
class Words {
  readonly #text: string;
  readonly #command: CommandLine;
  readonly #environment: Environment;
  #word: string | undefined;
  /** Where the word begins. */
  #start: number | undefined;
  /** Whether all words up to this one are part of what sets variables. */
  #areSettings = true;
  /** Whether the word is such a part. Undefined: it isn't known yet. */
  #isSetting: boolean | undefined;
  /** Whether the word is a body. Undefined: it isn't known yet. */
  #isData: boolean | undefined;
  /** What of the word isn't quoted. */
  #bare = '';
  /** The redirection that the next word belongs to. */
  #redirection: { operator: string; start: number } | undefined;

  constructor(text: string, command: CommandLine, environment: Environment) {
    [this.#text, this.#command, this.#environment] = [text, command, environment];
  }

  /** Whether a word has begun. */
  get isWithin(): boolean {
    return this.#word !== undefined;
  }

  get #isAssigned(): boolean {
    // Once for a word: it may have as many variables as there is room for.
    if (this.#areSettings) this.#isSetting ??= ASSIGNMENT.test(this.#word ?? '');
    return this.#areSettings && this.#isSetting === true;
  }

  /** Whether a parenthesis that isn't quoted ends the word. */
  get isClosed(): boolean {
    return this.#bare.endsWith(')');
  }

  /** Adds what isn't quoted. */
  addSign(sign: string): void {
    this.#bare += sign;
    this.add(sign);
  }

  add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  read(piece: RegExpExecArray): void {
    const { single, ansiC, double, escaped, variable, placeholder } = piece.groups ?? {};
    this.#start ??= piece.index;
    // Once for a word: it may have as many pieces as there is room for, and the one before as many letters.
    this.#isData ??= DATA.test(this.#command.words.at(-1) ?? '');
    this.#environment.isBody = this.#isData;
    if (variable !== undefined) this.#expand(variable, false);
    else if (placeholder !== undefined) this.add(this.#environment.fill(placeholder, placeholder, undefined));
    else if (double === undefined) {
      const text = single ?? escaped ?? (ansiC === undefined ? piece[0] : decodeAnsiC(ansiC));
      if (text === piece[0]) this.#bare += text;
      if (text === piece[0] && this.#word === undefined) this.#command.typographic ??= TYPOGRAPHIC.exec(text)?.[0];
      this.add(text);
    } else if (/^\$\{\w+\[@\]\}$/.test(double)) this.#expand(double, true);
    else this.add(expandIn(double, this.#environment, true));
  }

  redirect(operator: string, start: number): void {
    this.finish(start);
    this.#redirection = { operator, start };
  }

  /** Whether an `&` goes on with the word. */
  join(behind: number): boolean {
    return this.#redirection === undefined && goesOn(this.#command, this.#word, this.#text, behind);
  }

  /** @param end of the word */
  finish(end: number): void {
    const [word, redirection, command] = [this.#word, this.#redirection, this.#command];
    if (word === undefined) return;
    if (areSeveral(this.#bare)) command.isSeveral = true;
    if (hasLostQuotes(word, this.#text.slice(this.#start, end))) command.hasLostQuotes = true;
    this.#start = undefined;
    [this.#word, this.#redirection, this.#bare] = [undefined, undefined, ''];
    this.#areSettings &&= ASSIGNMENT.test(word);
    [this.#isSetting, this.#isData] = [undefined, undefined];
    if (redirection === undefined) command.words.push(word);
    else if (redirection.operator === '<<<') command.input = `${word}\n`;
    else if (redirection.operator === '<') command.input = this.#environment.file(word);
    else {
      if (/^1?>/.test(redirection.operator) && !redirection.operator.endsWith('&'))
        [command.output, command.isAppended] = [word, redirection.operator.endsWith('>>')];
      command.asides.push(this.#text.slice(redirection.start, end));
    }
  }

  /** Without quotes, a value is split into words, but for one that is assigned; and an array is as many of them. */
  #expand(variable: string, isQuoted: boolean): void {
    const values = expanded(variable, this.#environment);
    const parts = isQuoted || this.#isAssigned ? values : values.flatMap((value) => value.split(/[ \t\n]+/));
    this.#environment.count(parts.length * WORD_COST);
    for (const [at, part] of parts.entries()) {
      if (at > 0) this.finish(this.#command.end);
      if (part !== '' || isQuoted) this.add(part);
    }
  }
}
