/** One command of a script, as its shell reads it. */
export interface CommandLine {
  /** Its words, without their quotes. */
  words: string[];
  /** The text on its standard input. None: it is what a pipe or a terminal gives. */
  input?: string | undefined;
  /** The file that its output goes to. */
  output?: string | undefined;
  /** Whether it goes behind what the file has. */
  isAppended?: boolean;
  /** Redirections, and a comment, as they are written. */
  asides: string[];
  /** The operator that ends it: a pipe, `;`, `&`, `)`, a line's end. Empty: the text's end. */
  operator: string;
  /** Index of the operator, and behind it. */
  end: number;
  next: number;
  /** The quote that isn't closed; the words end before it. None where all are closed. */
  openQuote?: string | undefined;
  /** The first typographic quote or dash that a word begins with. */
  typographic?: string | undefined;
  /** Where a URL or form data went on behind an `&` that isn't quoted. */
  isJoined?: boolean;
  /** Whether quotes of JSON vanish, since they stand in quotes of the same kind. */
  hasLostQuotes?: boolean;
  /** Whether braces make several words of one. */
  isSeveral?: boolean;
  /** What was read as a quote, as C has it, though the shell may have another way: `""`, `\"`. */
  readAsQuote?: string;
}

/** A mark that a word processor puts in the place of a quote or a dash. */
export const TYPOGRAPHIC = /^[“”„‟‘’‚‛«»‐‑–—―−]/;

/** Maximum length of a word that goes on so, in characters: a URL may be no longer. */
const MAX_JOINED = 64 * 1024;

/** How often what goes on to the text's end in vain is read: the statements behind aren't tried any more. */
export const MAX_VAIN = 10;

/** A placeholder of documentation, which a shell would take for two redirections. */
export const PLACEHOLDER = /(?<placeholder><[A-Za-z](?:[\w .-]{0,60}\w)?>)/;

/** Maximum length of what is looked at behind an `&`, in characters. */
const MAX_LOOKED_AT = 300;

/**
 * Whether a command goes on with its word behind an `&` that isn't quoted, which it notes: in a query or a form, the next field
 * follows.
 */
export function goesOn(command: CommandLine, word: string | undefined, text: string, behind: number): boolean {
  const isField =
    word !== undefined &&
    word.length < MAX_JOINED &&
    /[?=]/.test(word) &&
    /^[\w.%~[\]-]{1,200}=/.test(text.slice(behind, behind + MAX_LOOKED_AT));
  if (isField) command.isJoined = true;
  return isField;
}

/** Notes a redirection by what is written. Returns the length of where it leads. @param at behind its sign */
export function noteRedirection(command: CommandLine, sign: string, target: RegExp, text: string, at: number): number {
  const found = target.exec(text.slice(at, at + MAX_LOOKED_AT))?.[0] ?? '';
  command.asides.push(sign + found);
  return found.length;
}
