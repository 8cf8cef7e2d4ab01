/** A command of a script, as its shell reads it. */
export interface CommandLine {
  /** Words of the command, without their quotes. */
  words: string[];
  /** Text on its standard input; undefined if that is a pipe or a terminal. */
  input?: string | undefined;
  /** File that its output goes to. */
  output?: string | undefined;
  /** Whether the output is appended to the file. */
  isAppended?: boolean;
  /** Redirections, and a comment, as they are written. */
  asides: string[];
  /** Operator that ends it: a pipe, `;`, `&`, `)`, a line end. Empty at the end of the text. */
  operator: string;
  /** Index of the operator, and the index after it. */
  end: number;
  next: number;
  /** Quote that isn't closed; the words end before it. undefined if all are closed. */
  openQuote?: string | undefined;
  /** First typographic quote or dash that a word begins with. */
  typographic?: string | undefined;
  /** Whether a URL or form data continued after an unquoted `&`. */
  isJoined?: boolean;
  /** Whether quotes of JSON vanish, since they are within quotes of the same kind. */
  hasLostQuotes?: boolean;
  /** Whether braces expand a word to several. */
  isSeveral?: boolean;
  /** Characters that were read as a quote, as in C, though the shell may differ: `""`, `\"`. */
  readAsQuote?: string;
}

/** Typographic quotes and dashes, which a word processor substitutes for plain ones. */
export const TYPOGRAPHIC = /^[“”„‟‘’‚‛«»‐‑–—―−]/;

/** Maximum length of a word that continues in this way, in characters: a URL can't be longer. */
const MAX_JOINED = 64 * 1024;

/**
 * Maximum number of statements that are read to the end of the text because of an unclosed quote: further ones aren't
 * tried.
 */
export const MAX_UNCLOSED = 10;

/** A placeholder of documentation, which a shell would read as two redirections. */
export const PLACEHOLDER = /(?<placeholder><[A-Za-z](?:[\w .-]{0,60}\w)?>)/;

/** Maximum number of characters that are examined after an `&`. */
const MAX_EXAMINED = 300;

/**
 * Whether a word continues after an unquoted `&`, because the next field of a query or a form follows. Notes that in the
 * command.
 */
export function goesOn(command: CommandLine, word: string | undefined, text: string, behind: number): boolean {
  const isField =
    word !== undefined &&
    word.length < MAX_JOINED &&
    /[?=]/.test(word) &&
    /^[\w.%~[\]-]{1,200}=/.test(text.slice(behind, behind + MAX_EXAMINED));
  if (isField) command.isJoined = true;
  return isField;
}

/** Notes a redirection as it is written. Returns the length of its target. @param at index after its sign */
export function noteRedirection(command: CommandLine, sign: string, target: RegExp, text: string, at: number): number {
  const found = target.exec(text.slice(at, at + MAX_EXAMINED))?.[0] ?? '';
  command.asides.push(sign + found);
  return found.length;
}
