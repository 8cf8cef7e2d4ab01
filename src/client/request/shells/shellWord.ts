// Writes the words of a command line for each shell, with variables in them.
import { quoted } from './shellQuotes';

/** A part of a word: a text, or a variable of the shell. */
export type Piece = string | { variable: string };
export type Word = readonly Piece[];

/** Words that every shell accepts unquoted. */
const PLAIN = /^(?:--?[A-Za-z][a-z-]*|[A-Za-z\d][\w:./-]*)$/;
/** Characters that are literal in double quotes, even for bash at a prompt. */
const IN_DOUBLE = /^[^\\"$`!\p{Cc}\u2028\u2029]*$/u;
/** Characters that PowerShell takes for a single quote. */
const SINGLES = /['‘’‚‛]/g;

/** Returns the text of a word, without its variables. */
export function literalOf(word: Word): string {
  return word.filter((piece) => typeof piece === 'string').join('');
}

export function hasVariable(word: Word): boolean {
  return word.some((piece) => typeof piece !== 'string');
}

/** Whether every shell accepts the word unquoted. */
export function isPlain(word: Word): boolean {
  return !hasVariable(word) && PLAIN.test(literalOf(word));
}

/** Returns the word quoted for bash and zsh. */
export function posixWord(word: Word): string {
  if (!hasVariable(word)) return quoted(literalOf(word));
  if (!IN_DOUBLE.test(literalOf(word)))
    return word.map((piece) => (typeof piece === 'string' ? quoted(piece) : `"$${piece.variable}"`)).join('');
  return `"${word.map((piece, index) => pieceInDouble(piece, word[index + 1])).join('')}"`;
}

function pieceInDouble(piece: Piece, next: Piece | undefined): string {
  if (typeof piece === 'string') return piece;
  return typeof next === 'string' && /^\w/.test(next) ? `\${${piece.variable}}` : `$${piece.variable}`;
}

/**
 * A writer of words as Windows' programs read them from their command line ("Parsing C command-line arguments"), after
 * cmd, or PowerShell after `--%`, has expanded variables, which both also do within quotes. These shells count every
 * quote, even one that is part of the text: a special character that would then be outside of quotes is put between two
 * more quotes.
 */
export class WindowsLine {
  /** Whether the shell takes what follows for quoted. */
  #isQuoted = false;
  /** Number of backslashes written last: a quote after them would be part of the text. */
  #slashes = 0;
  #text = '';

  write(word: Word): string {
    if (isPlain(word)) return literalOf(word);
    this.#text = '';
    this.#add('"');
    for (const piece of word) {
      if (typeof piece !== 'string') this.#protect(`%${piece.variable}%`);
      else for (const [part] of piece.matchAll(/\\|"|%\w|[&|<>^]+|[^\\"%&|<>^]+|%/g)) this.#addText(part);
    }
    this.#add('"');
    return this.#text;
  }

  #addText(part: string): void {
    if (part === '\\') {
      this.#text += part;
      this.#slashes += 1;
    } else if (part === '"') {
      this.#text += '\\'.repeat(this.#slashes + 1) + part;
      [this.#slashes, this.#isQuoted] = [0, !this.#isQuoted];
      // A quote within the name prevents it from being a variable; the program joins the parts.
    } else if (/^%\w/.test(part)) this.#add(`%"${part.charAt(1)}"`);
    else if (/^[&|<>^]/.test(part)) this.#protect(part);
    else this.#add(part);
  }

  #protect(part: string): void {
    this.#add(this.#isQuoted ? part : `"${part}"`);
  }

  /** Adds literal text, whose quotes aren't part of the word's text. */
  #add(part: string): void {
    if (part.startsWith('"')) this.#text += '\\'.repeat(this.#slashes);
    this.#slashes = 0;
    this.#text += part;
    if (part === '"') this.#isQuoted = !this.#isQuoted;
  }
}

/**
 * Returns the word quoted for PowerShell.
 * @param isLegacy whether PowerShell passes quotes on as they are, so that they need a backslash
 */
export function powerShellWord(word: Word, isLegacy = false): string {
  const passed = (text: string) => (isLegacy ? text.replace(/(\\*)"/g, '$1$1\\"') : text);
  const text = passed(literalOf(word));
  if (text === '' && !hasVariable(word)) return isLegacy ? `'""'` : `''`;
  if (!hasVariable(word)) {
    if (PLAIN.test(text)) return text;
    const isOfOneLine = !/[\p{Cc}\u2028\u2029]/u.test(text);
    // `$'`, `'\\''` and `"'"` would make it look like a command for bash.
    if (isOfOneLine && /[$`"“”„]/.test(text) && !/\$$|[$\\]['‘’‚‛]|"['‘’‚‛]+"/.test(text))
      return `'${text.replace(SINGLES, '$&$&')}'`;
  }
  return `"${word.map((piece, index) => powerShellPiece(piece, word[index + 1], passed)).join('')}"`;
}

function powerShellPiece(piece: Piece, next: Piece | undefined, passed: (text: string) => string): string {
  if (typeof piece !== 'string') {
    const isJoined = typeof next === 'string' && /^[\w:?]/.test(next);
    return isJoined ? `\${env:${piece.variable}}` : `$env:${piece.variable}`;
  }
  return passed(piece).replace(/[$`"“”„]|[\p{Cc}\u2028\u2029]/gu, (sign) => {
    if (!/[\p{Cc}\u2028\u2029]/u.test(sign)) return `\`${sign}`;
    return ESCAPES[sign] ?? `$([char]${sign.charCodeAt(0)})`;
  });
}

const ESCAPES: Record<string, string> = { '\n': '`n', '\r': '`r', '\t': '`t', '\0': '`0' };
