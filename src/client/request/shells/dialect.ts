import type { Environment } from '../environment';
import type { CommandLine } from './commandLine';

/** Reads the commands of a script, one after the other. */
export interface CommandReader {
  /** Reads the command that begins there. @param isNested whether a `)` ends it */
  command(start: number, environment: Environment, isNested?: boolean): CommandLine;
  /**
   * Reads a statement that sets variables, if there is one. Returns the index behind it.
   * @param environment takes them, where their values are known
   */
  settings(start: number, environment: Environment): number | undefined;
  /** Returns a reader of the same text that has met no here-document yet. */
  another(): CommandReader;
  /** Reads the here-documents whose text begins there. Returns the index behind them. */
  hereDocuments?(start: number, environment: Environment): number;
}

/** The shell that a text is written for. */
export type Dialect = 'bash' | 'cmd' | 'powershell';

/** A browser's copy for Windows' cmd, whose first argument begins with `^"`. */
const CMD_COPY = /(?:^|\n)[^\n'"]{0,200}curl(?:\.exe)?\s+\^"/;
/** Carets at the end of a line (in a one-line input box, before blanks). */
const CARETS = /\s\^[ \t]*(?:\n|$)|\s\^\s+(?:-|["']?https?:)/;
/** Carets before quotes, as browsers have them: before the first of a word, and within one. */
const QUOTED_CARETS = /(?<=[\s=:])\^"|\^\\\^"/;
/** What is no text of cmd: a comment, and a `$` that is escaped. */
const NO_CMD = /(?:^|\n)[ \t]*#|\\\$/;
const POWERSHELL =
  /\s`[ \t]*\n|\s`\s+-|\$env:\w|\$\{env:|(?:^|\n)PS[ >]|[\s=(]@['"]\n|\s--%\s|\\`"\w|(?:^|\n)[ \t]*\$\w+\s*=\s*['"@]/i;
const CMD = /(?:^|\n)[A-Za-z]:\\[^\n>]{0,200}>|(?:^|\n)[ \t]*(?:@echo off|rem |::|set "?\w+=)|%[A-Z][A-Z\d_]{2,}%/i;

/** Returns the shell that a text with a curl command is written for. */
export function dialectOf(text: string): Dialect {
  if (CMD_COPY.test(text)) return 'cmd';
  // Line ends of bash, or quotes that it alone has.
  if (/\\\n|'\\''|\$'/.test(text)) return 'bash';
  const hasSingle = /[\s=:<(]'/.test(text);
  // A word in single quotes may hold the signs of any shell.
  if (POWERSHELL.test(text.replace(/(?<=\s)'[^']*'(?=\s|$)/g, "''"))) return 'powershell';
  const hasQuotedCarets = QUOTED_CARETS.test(text) && !NO_CMD.test(text);
  if (!hasSingle && (CARETS.test(text) || hasQuotedCarets || CMD.test(text) || hasDoubledQuotes(text))) return 'cmd';
  if (!/curl\.exe/i.test(text)) return 'bash';
  return hasSingle ? 'powershell' : 'cmd';
}

/** Whether `""` stands for a quote, as Windows' programs have it: in bash, both vanish. */
function hasDoubledQuotes(text: string): boolean {
  return /[\s=]"[^"\n$`\\]{0,1000}[^\s"\\$`]""[^\s"$`][^"\n]{0,1000}""/.test(text);
}
