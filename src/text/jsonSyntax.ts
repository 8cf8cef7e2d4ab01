// A JSON validator (RFC 8259) that creates no values.

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [ARRAY, OBJECT] = [0x5b, 0x7b];
/** Distance from an opening bracket to the closing one, in ASCII. */
const CLOSING = 2;
const [PLUS, MINUS, DOT, ZERO, E, U] = [0x2b, 0x2d, 0x2e, 0x30, 0x65, 0x75];
/** Characters that may follow a backslash, except the `u` of a code. */
const ESCAPED = '"\\/bfnrt';

/**
 * Whether the text is JSON, with the same result as JSON.parse. That creates strings, and V8 looks up those of up to nine
 * digits by a hash that many of them share: a megabyte of such strings took three seconds.
 */
export function isJson(text: string): boolean {
  /** Open brackets, the outermost first: with this list, deep nesting takes no call stack. */
  const open: number[] = [];
  let at = skipSpace(text, 0);
  while (at >= 0) {
    // A value begins here.
    const code = text.charCodeAt(at);
    if (code === ARRAY || code === OBJECT) {
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) !== code + CLOSING) {
        open.push(code);
        if (code === OBJECT) at = keyEnd(text, at);
        continue;
      }
      at += 1;
    } else at = scalarEnd(text, at, code);
    at = closed(text, skipSpace(text, at), open);
    if (open.length === 0) return at === text.length;
    if (text.charCodeAt(at) !== COMMA) return false;
    at = skipSpace(text, at + 1);
    if (open.at(-1) === OBJECT) at = keyEnd(text, at);
  }
  return false;
}

/** Closes the arrays and objects that end at the index, after a value, and returns the index after them. */
function closed(text: string, from: number, open: number[]): number {
  let at = from;
  for (let last = open.at(-1); last !== undefined && text.charCodeAt(at) === last + CLOSING; last = open.at(-1)) {
    open.pop();
    at = skipSpace(text, at + 1);
  }
  return at;
}

// Each of these functions returns the index after the element that begins at the given index; -1 if it is malformed.

/** Reads a string, a number or a word. @param code of the character at the index */
function scalarEnd(text: string, at: number, code: number): number {
  if (code === QUOTE) return stringEnd(text, at);
  if (code === MINUS || isDigit(code)) return numberEnd(text, at);
  const word = ['true', 'false', 'null'].find((word) => text.startsWith(word, at));
  return word === undefined ? -1 : at + word.length;
}

/** Reads an object's key and the colon after it. */
function keyEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== QUOTE) return -1;
  const colon = skipSpace(text, stringEnd(text, at));
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : -1;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return -1;
    if (code !== BACKSLASH) continue;
    at += 1;
    if (text.charCodeAt(at) !== U) {
      if (at === text.length || !ESCAPED.includes(text.charAt(at))) return -1;
    } else {
      if (!/^[\da-f]{4}$/i.test(text.slice(at + 1, at + 5))) return -1;
      at += 4;
    }
  }
  return -1;
}

function numberEnd(text: string, from: number): number {
  const whole = text.charCodeAt(from) === MINUS ? from + 1 : from;
  let at = digitsEnd(text, whole);
  if (at > whole + 1 && text.charCodeAt(whole) === ZERO) return -1;
  if (at >= 0 && text.charCodeAt(at) === DOT) at = digitsEnd(text, at + 1);
  if (at < 0 || (text.charCodeAt(at) | 0x20) !== E) return at;
  const sign = text.charCodeAt(at + 1);
  return digitsEnd(text, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

/** Reads at least one digit. */
function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at > from ? at : -1;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code < ZERO + 10;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}
