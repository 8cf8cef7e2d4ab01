// Reads texts of several kinds as far as it takes to see which names their values have. All take what is broken, since
// it may be half typed, and look at each character a few times at the most: a megabyte of quotes takes milliseconds.
import { isCount, isSecretName, isSecretObject, MAX_NAME } from './secretNames';

/** What is told of the values in a text. Places count characters of it. */
export interface Finder {
  /** The value of that name is a secret. */
  secret(name: string, start: number, end: number): void;
  /** A value of no secret name, which may have names of its own in it. */
  inside(start: number, end: number): void;
}

export interface ParameterSyntax {
  /** Characters behind which a name may begin. */
  before: string;
  /** Characters that end a value. */
  end: string;
  /** Whether the first name may begin with the text. */
  atStart: boolean;
}

/** Finds `name=value`. A value goes on to the next sign that surely ends it: better too much is masked than too little. */
export function scanParameters(text: string, { before, end, atStart }: ParameterSyntax, finder: Finder): void {
  let name = atStart ? 0 : -1;
  let valueEnd = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign !== '=') {
      if (before.includes(sign)) name = at + 1;
    } else if (name >= 0) {
      const isNew = at >= valueEnd;
      if (isNew) valueEnd = nextOf(text, at + 1, end);
      const called = at - name <= MAX_NAME ? text.slice(name, at) : '';
      if (isSecret(called, 'parameter', text.slice(at + 1, Math.min(valueEnd, at + 1 + MAX_NAME)))) {
        finder.secret(called, at + 1, valueEnd);
        at = valueEnd - 1;
      } else if (isNew && at > name) finder.inside(at + 1, valueEnd);
      name = -1;
    }
  }
}

/** Finds `name: value`, `name = value` or `export name=value`, one a line. */
export function scanLines(text: string, finder: Finder): void {
  let start = 0;
  while (start < text.length) {
    const end = nextOf(text, start, '\r\n');
    const head = text.slice(start, Math.min(end, start + MAX_NAME + 20));
    const [found = '', name = ''] =
      /^\s*(?:-\s+|export\s+(?=.*=))?["']?([\w.[\]-]+)["']?(?::\s+|\s+=\s*|(?<=^\s*export\s.*)=)/.exec(head) ?? [];
    if (isSecret(name, 'parameter', '')) finder.secret(name, start + found.length, end);
    start = end + 1;
  }
}

/** Names of members that name another one's value: `{"name": "password", "value": "…"}`. */
export const LABEL = /^(?:name|key|header|param|field)$/i;

/** Finds members of JSON at any depth; also with single quotes, and of JavaScript's objects. */
export function scanJson(text: string, finder: Finder): void {
  let at = 0;
  // The name of a secret, which a label has given to the value that is to come.
  let label = '';
  while (at < text.length) {
    const sign = text.charAt(at);
    const isQuote = sign === '"' || sign === "'";
    if (!isQuote && !/[\w$]/.test(sign)) {
      at += 1;
      continue;
    }
    const [start, end] = isQuote ? [at + 1, stringEnd(text, at)] : [at, wordEnd(text, at)];
    const next = isQuote ? end + 1 : end;
    const colon = skipSpace(text, next);
    if (text[colon] === ':') {
      const written = decodedName(text.slice(start, Math.min(end, start + 6 * MAX_NAME)));
      const value = skipSpace(text, colon + 1);
      const given = LABEL.test(written) ? labelAt(text, value) : '';
      const name = label !== '' && /^value$/i.test(written) ? label : written;
      if (given !== '' || name === label) label = given;
      at = given !== '' ? value + given.length + 2 : scanMember(text, name, value, finder);
    } else {
      if (isQuote) finder.inside(start, end);
      at = next;
    }
  }
}

function decodedName(written: string): string {
  return written.replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Returns the string that stands there, if it is the name of a secret; else nothing. */
function labelAt(text: string, at: number): string {
  const [, , name = ''] = /^(["'])([\w.[\]-]{1,200})\1/.exec(text.slice(at, at + MAX_NAME + 2)) ?? [];
  return isSecretName(name, 'member') ? name : '';
}

/** @param start where its value begins @returns where to go on */
function scanMember(text: string, name: string, start: number, finder: Finder): number {
  if (!isSecretName(name, 'member')) return start;
  const sign = text[start] ?? '';
  if (sign === '"' || sign === "'") {
    const end = stringEnd(text, start);
    finder.secret(name, start + 1, end);
    return end + 1;
  }
  if (sign === '[' || sign === '{') {
    const isWhole = isSecretObject(name) || (sign === '[' && text[skipSpace(text, start + 1)] !== '{');
    if (!isWhole) return start + 1;
    const end = bracketEnd(text, start);
    const value = text.slice(start, end);
    if (isCount(name, value) || /^[[{]\s*[\]}]?$/.test(value)) return end;
    finder.secret(name, start, end);
    return end;
  }
  const end = nextOf(text, start, ',}] \t\r\n');
  const value = text.slice(start, end);
  if (!/^(?:true|false|null|undefined)?$/.test(value) && !isCount(name, value)) finder.secret(name, start, end);
  return end;
}

/** Whether it is a name, and a secret's. @param value the beginning of what it names; empty: anything */
export function isSecret(name: string, place: 'parameter' | 'member', value: string): boolean {
  // An address loses its tabs and line ends on the way.
  return (
    name !== '' &&
    !/[^\S\t\r\n]|["'{}<>]/.test(name) &&
    isSecretName(name, place) &&
    !(value !== '' && isCount(name, value))
  );
}

/** Returns where the first of the signs is, from there on; the text's end where there is none. */
export function nextOf(text: string, from: number, signs: string): number {
  let at = from;
  while (at < text.length && !signs.includes(text.charAt(at))) at += 1;
  return Math.min(at, text.length);
}

/** Returns where the string that begins there is closed; the text's end where it isn't. */
function stringEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[\w$.-]/.test(text.charAt(at))) at += 1;
  return at;
}

function bracketEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") at = stringEnd(text, at);
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth === 0) return Math.min(at + 1, text.length);
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
