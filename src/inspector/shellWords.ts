import { type CommandLine, isPartOf, TYPOGRAPHIC } from './commandLine';
import type { CommandReader } from './dialect';
import type { Environment } from './environment';
import { type HereDocument, hereDocument } from './hereDocument';
import { ANSI_C_QUOTED, decodeAnsiC } from './shellQuotes';
import { expanded, expandIn, VARIABLE } from './shellVariables';

/** A gap with backslashes that ended a line. */
const GAP = /(?<gap>[^\S\n\u2028\u2029]+(?:\\[ \t]*(?:[\n\u2028\u2029]\s*|$))*)|(?<joint>\\(?:[\n\u2028\u2029]|$))/;
/**
 * The same where a one-line input box has put a space for the line's end. Where the backslash touches the word, one space that
 * no option follows may be meant, as in `a\ b`.
 */
const GAP_ON_ONE_LINE = /(?<gap>\s+(?:\\(?:\s+|$))*)|(?<joint>\\(?:(?=[ \t]{2}|[ \t]-|$)))/;

/** What else a command is made of, piece after piece; at each place, the first that fits (Bash Reference Manual §3.1.2). */
const PIECES = [
  // A placeholder of documentation, which a shell would take for two redirections.
  /(?<placeholder><[A-Za-z](?:[\w .-]{0,60}\w)?>)/,
  /(?<here><<-?[ \t]*(?:\\?[\w.-]+|'[^'\n]*'|"[^"\n]*"))/,
  /(?<redirection><<<|&>>?|(?:(?<![^\s;|&])\d+)?(?:>>|>\||>&|<&|<>|[<>]))/,
  /(?<comment>(?<=\s)#[^\n\u2028\u2029]*)/,
  /(?<operator>\|[|&]?|&&?|;+|[\n\u2028\u2029]|\))/,
  // In single quotes, in those of ANSI C, in double quotes: a command in them may have quotes of its own.
  /'(?<single>[^']*)'/,
  ANSI_C_QUOTED,
  /\$?"(?<double>[^"\\$]*(?:(?:\\.|\$\([^)]*\)|\$(?!\())[^"\\$]*)*)"/,
  // Escaped, a variable, and what is no more than itself.
  /\\(?<escaped>.)/,
  new RegExp(`(?<variable>${VARIABLE.source})`),
  /[^\s'"\\$`|&;<>)]+|\$+(?=\$)|\$(?!['"])[^\s'"\\$`|&;<>)]*/,
];

const SETTING = /(?:(?:export|declare|local|readonly|typeset)\s+)?(?:-\w+\s+)*[A-Za-z_]\w*=|set\s+-\w*x\w*\s|setenv\s/y;

/** Reads the commands of a script for bash, one after the other. */
export class ShellReader implements CommandReader {
  readonly #text: string;
  readonly #pattern: RegExp;
  /** Here-documents whose text begins with the next line. */
  #open: { command: CommandLine; document: HereDocument }[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#pattern = anyOf('sy', [text.includes('\n') ? GAP : GAP_ON_ONE_LINE, ...PIECES]);
  }

  /** Reads the command that begins there. @param isNested whether a `)` ends it */
  command(start: number, environment: Environment, isNested = false): CommandLine {
    const command: CommandLine = { words: [], asides: [], operator: '', end: start, next: start };
    const words = new Words(this.#text, command, environment);
    this.#pattern.lastIndex = start;
    for (let piece = this.#pattern.exec(this.#text); piece; piece = this.#pattern.exec(this.#text)) {
      const { gap, joint, operator, here, redirection, comment } = piece.groups ?? {};
      if (here !== undefined) this.#open.push({ command, document: hereDocument(here) });
      if (gap !== undefined || here !== undefined) words.finish(command.end);
      else if (comment !== undefined) command.asides.push(comment);
      else if (redirection !== undefined) words.redirect(redirection, piece.index);
      else if (operator !== undefined && !this.#isPart(operator, words, isNested)) {
        command.operator = operator;
        break;
      } else if (operator !== undefined) words.add(operator);
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
    const isSetting = new RegExp(SETTING);
    isSetting.lastIndex = start;
    if (!isSetting.test(this.#text)) return undefined;
    const trial = environment.trial();
    const { words, next, openQuote } = this.command(start, trial);
    if (openQuote !== undefined) return undefined;
    // With a value that isn't known, the variable's own is asked for.
    if (trial.missing.length === 0) assign(words, this.#text.charAt(isSetting.lastIndex) === '(', environment);
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

  /** Whether an operator stands for itself. */
  #isPart(operator: string, words: Words, isNested: boolean): boolean {
    if (operator === ')') return !isNested;
    return operator === '&' && words.join(this.#text.slice(this.#pattern.lastIndex, this.#pattern.lastIndex + 300));
  }
}

function assign(words: readonly string[], isArray: boolean, environment: Environment): void {
  const [first = '', ...others] = words;
  const [, name, begin = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(first) ?? [];
  if (isArray && name !== undefined) {
    const values = [begin.replace(/^\(/, ''), ...others];
    const last = values.pop() ?? '';
    environment.assign(name, [...values, last.replace(/\)$/, '')].filter(Boolean));
    return;
  }
  assignEach(words, environment);
}

function assignEach(words: readonly string[], environment: Environment): void {
  const [first = '', ...others] = words;
  const [name, ...values] = others.filter((word) => !word.startsWith('-'));
  if (/^set(?:env)?$/.test(first) && name !== undefined) environment.assign(name, values);
  for (const word of words) {
    const [, assigned, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (assigned !== undefined) environment.assign(assigned, [value]);
  }
}

/** Puts pieces together to the words of a command. */
class Words {
  readonly #text: string;
  readonly #command: CommandLine;
  readonly #environment: Environment;
  #word: string | undefined;
  /** The redirection that the next word belongs to. */
  #redirection: { operator: string; start: number } | undefined;

  constructor(text: string, command: CommandLine, environment: Environment) {
    [this.#text, this.#command, this.#environment] = [text, command, environment];
  }

  add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  read(piece: RegExpExecArray): void {
    const { single, ansiC, double, escaped, variable } = piece.groups ?? {};
    if (variable !== undefined) this.#expand(variable, false);
    else if (double === undefined) {
      const text = single ?? escaped ?? (ansiC === undefined ? piece[0] : decodeAnsiC(ansiC));
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
  join(behind: string): boolean {
    const isPart = this.#redirection === undefined && isPartOf(this.#word, behind);
    if (isPart) this.#command.isJoined = true;
    return isPart;
  }

  /** @param end of the word */
  finish(end: number): void {
    const [word, redirection, command] = [this.#word, this.#redirection, this.#command];
    if (word === undefined) return;
    [this.#word, this.#redirection] = [undefined, undefined];
    if (redirection === undefined) command.words.push(word);
    else if (redirection.operator === '<<<') command.input = `${word}\n`;
    else if (redirection.operator === '<') command.input = this.#environment.file(word);
    else {
      if (/^1?>/.test(redirection.operator) && !redirection.operator.endsWith('&')) command.output = word;
      command.asides.push(this.#text.slice(redirection.start, end));
    }
  }

  /** Without quotes, a value is split into words, and an array is as many of them. */
  #expand(variable: string, isQuoted: boolean): void {
    const values = expanded(variable, this.#environment);
    const parts = isQuoted ? values : values.flatMap((value) => value.split(/[ \t\n]+/));
    for (const [at, part] of parts.entries()) {
      if (at > 0) this.finish(this.#command.end);
      if (part !== '' || isQuoted) this.add(part);
    }
  }
}

/** @param flags theirs are dropped */
function anyOf(flags: string, patterns: RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), flags);
}
