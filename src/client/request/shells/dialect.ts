import type { Environment } from '../environment';
import type { CommandLine } from './commandLine';

/** A reader of the commands of a script, one after the other. */
export interface CommandReader {
  /** Reads the command that begins there. @param isNested whether a `)` ends it */
  command(start: number, environment: Environment, isNested?: boolean): CommandLine;
  /**
   * Reads a statement that sets variables. Returns the index after it; undefined if there is none.
   * @param environment gets the variables whose values are known
   */
  settings(start: number, environment: Environment): number | undefined;
  /** Returns a reader of the same text that has met no here-document yet. */
  another(): CommandReader;
  /** Reads the here-documents whose text begins there. Returns the index after them. */
  hereDocuments?(start: number, environment: Environment): number;
}

/** The shell that a text is written for. */
export type Dialect = 'bash' | 'cmd' | 'powershell';

/** Pattern of a browser's copy for Windows' cmd, whose first argument begins with `^"`. */
const CMD_COPY = /(?:^|\n)[^\n'"]{0,200}curl(?:\.exe)?\s+\^"/;
/** Carets at the end of a line (in a one-line input box, before blanks). */
const CARETS = /\s\^[ \t]*(?:\n|$)|\s\^\s+(?:-|["']?https?:)/;
/** Carets before quotes, as in browsers' copies: before the first quote of a word, and within a word. */
const QUOTED_CARETS = /(?<=[\s=:])\^"|\^\\\^"/;
/** Signs of a text that isn't for cmd: a comment, or an escaped `$`. */
const NO_CMD = /(?:^|\n)[ \t]*#|\\\$/;
const POWERSHELL =
  /\s`[ \t]*\n|\s`\s+-|\$env:\w|\$\{env:|(?:^|\n)PS[ >]|\s--%\s|\\`"\w|(?:^|\n)[ \t]*\$\w+\s*=\s*['"@]/i;
/** A here-string of PowerShell. Its end is looked for, too: in bash, a quoted value may end with `=@`. */
const [HERE_STRING, HERE_STRING_END] = [/[\s=(]@['"]\n/, /\n['"]@/];
const CMD = /(?:^|\n)[A-Za-z]:\\[^\n>]{0,200}>|(?:^|\n)[ \t]*(?:@echo off|rem |::|set "?\w+=)|%[A-Z][A-Z\d_]{2,}%/i;

/** Returns the shell that a text with a curl command is written for. */
export function dialectOf(text: string): Dialect {
  if (CMD_COPY.test(text)) return 'cmd';
  // Line continuations of bash, or quotes and here-documents that only bash has.
  if (/\\\n|'\\''|'"'+"|"'+"'|\$'/.test(text) || hasHereDocument(text)) return 'bash';
  const hasSingle = /[\s=:<(]'/.test(text);
  // A word in single quotes may contain the signs of any shell.
  const bare = text.replace(/(?<=\s)'[^']*'(?=\s|$)/g, "''");
  if (POWERSHELL.test(bare) || hasHereString(bare)) return 'powershell';
  const hasQuotedCarets = QUOTED_CARETS.test(text) && !NO_CMD.test(text);
  if (!hasSingle && (CARETS.test(text) || hasQuotedCarets || CMD.test(text) || hasDoubledQuotes(text))) return 'cmd';
  if (!/curl\.exe/i.test(text)) return 'bash';
  return hasSingle ? 'powershell' : 'cmd';
}

/** Whether a here-document begins and ends: its lines may have the signs of any shell. */
function hasHereDocument(text: string): boolean {
  if (!text.includes('<<') || hasHereString(text)) return false;
  const ends = new Map<string, number>();
  let start = 0;
  for (const line of text.split('\n')) {
    ends.set(line.trim(), start);
    start += line.length + 1;
  }
  for (const { 1: end = '', index } of text.matchAll(/<<-?[ \t]*["'\\]?(\w{1,100})/g))
    if ((ends.get(end) ?? 0) > index) return true;
  return false;
}

function hasHereString(text: string): boolean {
  return HERE_STRING.test(text) && HERE_STRING_END.test(text);
}

/** Whether `""` stands for a quote, as in Windows' programs: in bash, both vanish. */
function hasDoubledQuotes(text: string): boolean {
  return /[\s=]"[^"\n$`\\]{0,1000}[^\s"\\$`]""[^\s"$`][^"\n]{0,1000}""/.test(text);
}
