/** A command line as bash splits it. */
export interface ShellWords {
  /** The words of the first command, without their quotes. */
  words: string[];
  /** What bash would have replaced, as it is written: `$NAME`, `${NAME}`, `$(command)`. It stays in the words. */
  variables: string[];
  /** What follows the first command: from a pipe, a redirection, a comment or the line's end on. Empty: nothing. */
  rest: string;
  /** The quote that isn't closed; the words end before it. None where all are closed. */
  openQuote: string | undefined;
}

/** A string that isn't closed ends where the next one begins: without this, each would be looked for through all of the text. */
const VARIABLE = /\$(?:\w+|\{[^}$]*\}|\((?:[^)$]|\$(?!\()|\$\([^)$]*\))*\))|`[^`]*`/;

/** What a command is made of, piece after piece; at each place, the first that fits (Bash Reference Manual §3.1.2). */
const PIECE = anyOf('sy', [
  // A gap. With backslashes that ended a line, also where a one-line input box has put a space for the line's end.
  /([^\S\r\n]+(?:\\(?:\s+|$))*)/,
  // The same where the backslash touches the word: one space that no option follows may be meant, as in `a\ b`.
  /(\\(?:\r?\n|(?=[ \t]{2}|[ \t]-|$)))/,
  // The end of the command.
  /([|&;<>\r\n]|(?<=\s)(?:#|\d+[<>]))/,
  // In single quotes, in those of ANSI C, in double quotes: a command in them may have quotes of its own.
  /'([^']*)'/,
  /\$'([^'\\]*(?:\\.[^'\\]*)*)'/s,
  /\$?"([^"\\$]*(?:(?:\\.|\$\([^)]*\)|\$(?!\())[^"\\$]*)*)"/s,
  // Escaped, a variable, and what is no more than itself.
  /\\(.)/s,
  new RegExp(`(${VARIABLE.source})`),
  /[^\s'"\\$`|&;<>]+|\$+(?=\$)|\$(?!['"])[^\s'"\\$`|&;<>]*/,
]);

/** In double quotes, a backslash is one unless it stands before one of these. */
const IN_DOUBLE = anyOf('g', [/\\(?:(?<escaped>[$`"\\])|\r?\n)/, new RegExp(`(?<variable>${VARIABLE.source})`)]);

/** A browser's copy for Windows' cmd: its first argument begins with `^"` or, in older ones, a `^` follows it. */
const CMD = /^\S+\s+(?:\^"|"[^"]*"\s+\^\s)/;

/** Splits a command line as bash does, but replaces nothing. A browser's copy for Windows' cmd is known by its `^`. */
export function shellWords(text: string): ShellWords {
  if (!CMD.test(text)) return split(text);
  // cmd drops each ^ and a line's end after it, and keeps what follows. What is left is quoted as for bash.
  const plain = text.replaceAll('\r\n', '\n').replace(/\^\n?(.)/gs, '$1');
  return { ...split(plain), variables: [] };
}

function split(text: string): ShellWords {
  const words: string[] = [];
  const variables = new Set<string>();
  let word: string | undefined;
  let rest = '';
  let end = 0;
  // Its own, since it keeps the place. Groups without names: a megabyte of quotes is half a million pieces.
  const pattern = new RegExp(PIECE);
  for (let piece = pattern.exec(text); piece; piece = pattern.exec(text)) {
    if (piece[3] !== undefined) {
      rest = text.slice(end).trim();
      end = text.length;
      break;
    }
    end = pattern.lastIndex;
    if (piece[1] === undefined) word = (word ?? '') + unquoted(piece, variables);
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  const openQuote = /^\$?./s.exec(text.slice(end))?.[0];
  return { words, variables: [...variables], rest, openQuote };
}

/** @param variables added to */
function unquoted(found: RegExpExecArray, variables: Set<string>): string {
  const [piece, , joint, , single, ansiC, double, escaped, variable] = found;
  if (joint !== undefined) return '';
  if (ansiC !== undefined) return decodeAnsiC(ansiC);
  if (variable !== undefined) variables.add(variable);
  if (double === undefined) return single ?? escaped ?? piece;
  if (!/[\\$`]/.test(double)) return double;
  for (const { groups: inner } of double.matchAll(IN_DOUBLE)) {
    if (inner?.['variable'] !== undefined) variables.add(inner['variable']);
  }
  return double.replace(IN_DOUBLE, (written, kept?: string) => kept ?? (written.startsWith('\\') ? '' : written));
}

const ANSI_C = /((?:\\x[\da-fA-F]{1,2}|\\[0-7]{1,3})+)|\\u([\da-fA-F]{1,4})|\\U([\da-fA-F]{1,8})|\\(.)/gs;
const LETTERS: Record<string, string> = {
  'a': '\x07',
  'b': '\b',
  'e': '\x1b',
  'E': '\x1b',
  'f': '\f',
  'n': '\n',
  'r': '\r',
  't': '\t',
  'v': '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** Bash Reference Manual §3.1.2.4 "ANSI-C Quoting". */
function decodeAnsiC(text: string): string {
  return text.replace(ANSI_C, (found, bytes?: string, four?: string, eight?: string, letter?: string) => {
    if (bytes !== undefined) return decodeBytes(bytes);
    if (letter !== undefined) return LETTERS[letter] ?? found;
    // Half of a surrogate pair too: browsers write a character beyond U+FFFF as two.
    const codePoint = Number.parseInt(four ?? eight ?? '', 16);
    return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : '\ufffd';
  });
}

/** `\x` and octal escapes are the bytes of UTF-8, as for bash; else characters up to U+00FF, as Firefox writes them. */
function decodeBytes(escapes: string): string {
  const codes = [...escapes.matchAll(/\\(?:x([\da-fA-F]+)|([0-7]+))/g)];
  const bytes = Buffer.from(codes.map(([, hex, octal]) => Number.parseInt(hex ?? octal ?? '', hex ? 16 : 8)));
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
}

const WRITTEN: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A word as a shell reads it back, on one line: as it is or in single quotes; with line ends or control characters in
 * `$'…'`, which bash, zsh and ksh read, and POSIX since 2024.
 */
export function quoted(word: string): string {
  if (/^[\w@%+:,./-]+$/.test(word)) return word;
  if (!/[\p{Cc}\u2028\u2029]/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replace(/[\\']/g, '\\$&').replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
    return WRITTEN[character] ?? `\\u${hex}`;
  });
  return `$'${escaped}'`;
}

/** @param flags theirs are dropped */
function anyOf(flags: string, patterns: RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), flags);
}
