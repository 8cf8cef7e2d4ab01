import type { Environment } from '../environment';
import { type CommandLine, goesOn, MAX_UNCLOSED, PLACEHOLDER, TYPOGRAPHIC } from './commandLine';
import type { CommandReader } from './dialect';
import { type HereDocument, hereDocument } from './hereDocument';
import { anyOf, matchAt } from './patterns';
import { areSeveral, hasLostQuotes } from './shellFaults';
import { ANSI_C_QUOTED, decodeAnsiC } from './shellQuotes';
import { assign, isBeforeCommand } from './shellSettings';
import { expanded, expandIn, SUBSTITUTION, VARIABLE } from './shellVariables';

/** A gap between words, which may contain line continuations. */
const GAP =
  /(?<gap>(?:[^\S\n\u2028\u2029]+|\\[ \t]+(?=\n[ \t]*-))(?:\\[ \t]*(?:[\n\u2028\u2029]\s*|$))*)|(?<joint>\\(?:[\n\u2028\u2029]|$))/;
/**
 * A gap in a text from a one-line input box, which has replaced line ends by spaces. If a backslash touches the word
 * before it, a single space may be an escaped one, as in `a\ b`, unless an option follows.
 */
const GAP_ON_ONE_LINE = /(?<gap>\s+(?:\\(?:\s+|$))*)|(?<joint>\\(?:(?=[ \t]{2}|[ \t]-|$)))/;

/** Other pieces of a command; at each position, the first that matches (Bash Reference Manual §3.1.2). */
const PIECES = [
  PLACEHOLDER,
  // A command's output, as a file.
  /<\([^()]{0,1000}\)/,
  /(?<here><<-?[ \t]*(?:\\?[\w.-]+|'[^'\n]*'|"[^"\n]*"))/,
  /(?<redirection><<<|&>>?|(?:(?<![^\s;|&])\d+)?(?:>>|>\||>&|<&|<>|[<>]))/,
  /(?<comment>(?<=\s)#[^\n\u2028\u2029]*)/,
  /(?<operator>\|[|&]?|&&?|;+|[\n\u2028\u2029]|\))/,
  // Single quotes, ANSI-C quotes, double quotes: a command within them may have quotes of its own.
  /'(?<single>[^']*)'/,
  ANSI_C_QUOTED,
  new RegExp(`\\$?"(?<double>[^"\\\\$]*(?:(?:\\\\.|${SUBSTITUTION.source}|\\$(?!\\())[^"\\\\$]*)*)"`),
  // An escaped character, a variable, and literal text.
  /\\(?<escaped>.)/,
  new RegExp(`(?<variable>${VARIABLE.source})`),
  /[^\s'"\\$`|&;<>)]+|\$+(?=\$)|\$(?!['"])[^\s'"\\$`|&;<>)]*/,
];

const SETTING =
  /(?:(?:export|declare|local|readonly|typeset)[ \t]+(?:-\w+[ \t]+){0,10})?[A-Za-z_]\w*\+?=|set[ \t]+-\w*x\w*[ \t]|setenv[ \t]/y;

/** Prefix of a value that is assigned. */
const ASSIGNMENT = /^(?:export|declare|local|readonly|typeset|-\w+|[A-Za-z_]\w{0,200}\+?=.*)$/s;

/** Cost of each word that a value is split into, in characters. */
const WORD_COST = 16;
/** Options whose value is the body. */
const DATA = /^(?:-\w{0,50}d|--data[\w-]{0,50}|--json)$/;

/** A reader of the commands of a script for bash, one after the other. */
export class ShellReader implements CommandReader {
  readonly #text: string;
  readonly #pattern: RegExp;
  /** Here-documents whose text begins with the next line. */
  #open: { command: CommandLine; document: HereDocument }[] = [];
  /** Number of statements that set variables and had an unclosed quote. */
  #unclosedCount = 0;

  /** @param pattern of another reader of the text. Default: a new one */
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

  /** Reads `NAME=value`, `export NAME=value`, `NAME=(array)`; fish's `set -x NAME value`, and csh's `setenv NAME value`. */
  settings(start: number, environment: Environment): number | undefined {
    if (this.#unclosedCount >= MAX_UNCLOSED || !matchAt(SETTING, this.#text, start)) return undefined;
    const trial = environment.trial();
    const { words, operator, next, openQuote } = this.command(start, trial);
    if (openQuote !== undefined) {
      this.#unclosedCount += 1;
      return undefined;
    }
    // They are set in a subshell.
    if (/^(?:\|&?|&)$/.test(operator)) return next;
    const isArray = this.#isArrayAt(start);
    // `NAME=value command` sets it for the command alone.
    if (!isArray && isBeforeCommand(words)) return undefined;
    // The parenthesis may be on a line of its own.
    const all = operator === ')' ? [...words, operator] : words;
    assign(all, isArray, environment, trial.missing);
    return next;
  }

  /** Reads the here-documents whose text begins there, at the beginning of a line. Returns the index after them. */
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

  /** Whether an operator is literal. */
  #isPart(operator: string, words: Words, isNested: boolean): boolean {
    if (operator === ')') return !isNested && words.isWithin;
    return operator === '&' && words.join(this.#pattern.lastIndex);
  }
}

/** A builder of a command's words from their pieces. */
class Words {
  readonly #text: string;
  readonly #command: CommandLine;
  readonly #environment: Environment;
  #word: string | undefined;
  /** Start of the word. */
  #start: number | undefined;
  /** Whether all words up to this one belong to an assignment of variables. */
  #areSettings = true;
  /** Whether the word belongs to one; undefined until it is known. */
  #isSetting: boolean | undefined;
  /** Whether the word is a body; undefined until it is known. */
  #isData: boolean | undefined;
  /** Unquoted part of the word. */
  #bare = '';
  /** Redirection that the next word belongs to. */
  #redirection: { operator: string; start: number } | undefined;

  constructor(text: string, command: CommandLine, environment: Environment) {
    [this.#text, this.#command, this.#environment] = [text, command, environment];
  }

  /** Whether a word has begun. */
  get isWithin(): boolean {
    return this.#word !== undefined;
  }

  get #isAssigned(): boolean {
    // Determined once for a word, which may have very many variables.
    if (this.#areSettings) this.#isSetting ??= ASSIGNMENT.test(this.#word ?? '');
    return this.#areSettings && this.#isSetting === true;
  }

  /** Whether the word ends with an unquoted parenthesis. */
  get isClosed(): boolean {
    return this.#bare.endsWith(')');
  }

  /** Adds an unquoted character. */
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
    // Determined once for a word, which may have very many pieces, after one that is very long.
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

  /** Whether the word continues after an `&`. */
  join(behind: number): boolean {
    return this.#redirection === undefined && goesOn(this.#command, this.#word, this.#text, behind);
  }

  /** Completes the word. @param end of the word */
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

  /** Adds a variable's value: without quotes it is split into words, unless assigned; an array becomes several words. */
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
