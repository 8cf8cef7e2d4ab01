/** A word in ANSI-C quotes, `$'…'`. */
export const ANSI_C_QUOTED = /\$'(?<ansiC>[^'\\]*(?:\\.[^'\\]*)*)'/s;

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

/** Decodes the escapes of ANSI-C quotes (Bash Reference Manual §3.1.2.4 "ANSI-C Quoting"). */
export function decodeAnsiC(text: string): string {
  return text.replace(ANSI_C, (found, bytes?: string, four?: string, eight?: string, letter?: string) => {
    if (bytes !== undefined) return decodeBytes(bytes);
    if (letter !== undefined) return LETTERS[letter] ?? found;
    // A code point may be half of a surrogate pair: browsers write a character beyond U+FFFF as two.
    const codePoint = Number.parseInt(four ?? eight ?? '', 16);
    return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : '\ufffd';
  });
}

/** Decodes `\x` and octal escapes as UTF-8, like bash; otherwise as characters up to U+00FF, as Firefox writes them. */
function decodeBytes(escapes: string): string {
  const codes = [...escapes.matchAll(/\\(?:x([\da-fA-F]+)|([0-7]+))/g)];
  const bytes = Buffer.from(codes.map(([, hex, octal]) => Number.parseInt(hex ?? octal ?? '', hex ? 16 : 8)));
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
}

const WRITTEN: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Returns a word quoted for a shell, on one line: as it is, or in single quotes; with line ends or control characters in
 * `$'…'`, which bash, zsh and ksh read, and POSIX since 2024, but not fish.
 */
export function quoted(word: string): string {
  if (/^[\w@%+:,./-]+$/.test(word)) return word;
  if (!/[\p{Cc}\u2028\u2029]/u.test(word)) {
    if (word === '') return "''";
    // Backslashes are put outside of the single quotes, within which fish reads them as escapes, and apostrophes in double
    // ones: Elvish and Nushell have no `\'`, and would run what follows.
    return word.replace(/'+|\\+|[^'\\]+/g, (part) => {
      if (part.startsWith("'")) return `"${part}"`;
      return part.startsWith('\\') ? part.replaceAll('\\', '\\\\') : `'${part}'`;
    });
  }
  // Neither `\'` nor parentheses: Nushell, where `$'…'` has no escapes, would run what stands behind or in them.
  const escaped = word.replaceAll('\\', '\\\\').replace(/[\p{Cc}\u2028\u2029'()]/gu, (character) => {
    const code = character.charCodeAt(0);
    // The bash of macOS has no `\u`.
    const octal = code.toString(8).padStart(3, '0');
    return WRITTEN[character] ?? (code < 128 ? `\\${octal}` : `\\u${code.toString(16).padStart(4, '0')}`);
  });
  return `$'${escaped}'`;
}
