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
      } else if (isNew) finder.inside(at + 1, valueEnd);
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

/** Finds members of JSON at any depth; also with single quotes, and of JavaScript's objects. */
export function scanJson(text: string, finder: Finder): void {
  let at = 0;
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
    if (text[colon] === ':')
      at = scanMember(text, text.slice(start, Math.min(end, start + 6 * MAX_NAME)), colon + 1, finder);
    else {
      if (isQuote) finder.inside(start, end);
      at = next;
    }
  }
}

/** @returns where to go on */
function scanMember(text: string, written: string, from: number, finder: Finder): number {
  const name = written.replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (!isSecretName(name, 'member')) return from;
  const start = skipSpace(text, from);
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

/** Finds elements and attributes of XML. */
export function scanMarkup(text: string, finder: Finder): void {
  let at = text.indexOf('<');
  while (at >= 0) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      at = end < 0 ? -1 : text.indexOf('<', end);
      continue;
    }
    if (!/[\w:/]/.test(text.charAt(at + 1))) {
      at = text.indexOf('<', at + 1);
      continue;
    }
    const nameEnd = nextOf(text, at + 1, ' \t\r\n/><"\'=');
    const name = localName(text.slice(at + 1, Math.min(nameEnd, at + 2 * MAX_NAME)));
    const tagEnd = name === '' ? nameEnd : scanAttributes(text, nameEnd, finder);
    const isElement = text[tagEnd] === '>' && text[tagEnd - 1] !== '/';
    at = isElement ? scanContent(text, name, tagEnd + 1, finder) : text.indexOf('<', tagEnd);
  }
}

/** @returns where the tag's `>` or the next tag is */
function scanAttributes(text: string, from: number, finder: Finder): number {
  let at = from;
  let name = '';
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      const closed = text.indexOf(sign, at + 1);
      const end = closed < 0 ? text.length : closed;
      if (isSecret(name, 'member', '')) finder.secret(name, at + 1, end);
      else finder.inside(at + 1, end);
      [at, name] = [end + 1, ''];
    } else if (/[\s=/]/.test(sign)) at += 1;
    else {
      const end = nextOf(text, at + 1, ' \t\r\n/><"\'=');
      name = localName(text.slice(at, Math.min(end, at + 2 * MAX_NAME)));
      at = end;
    }
  }
  return at;
}

/** @returns where the next tag is; -1: there is none */
function scanContent(text: string, name: string, from: number, finder: Finder): number {
  const isData = text.startsWith('<![CDATA[', from);
  const start = isData ? from + '<![CDATA['.length : from;
  const found = text.indexOf(isData ? ']]>' : '<', start);
  const end = found < 0 ? text.length : found;
  if (text.slice(start, Math.min(end, start + 100)).trim() !== '') {
    if (isSecret(name, 'member', '')) finder.secret(name, start, end);
    else finder.inside(start, end);
  }
  return isData ? text.indexOf('<', end) : found;
}

/** Finds the parts of a multipart body (RFC 7578), which begins with its boundary. */
export function scanParts(text: string, finder: Finder): void {
  const boundary = text.slice(0, Math.min(nextOf(text, 0, '\r\n'), MAX_NAME));
  for (let at = 0; at >= 0; ) {
    const found = text.indexOf(`\n${boundary}`, at + boundary.length);
    const end = found < 0 ? text.length : found - (text[found - 1] === '\r' ? 1 : 0);
    const [blank = ''] = /\r?\n\r?\n/.exec(text.slice(at, Math.min(end, at + 10_000))) ?? [];
    const start = blank === '' ? -1 : text.indexOf(blank, at) + blank.length;
    if (start >= 0 && start < end) {
      const [, quoted, plain] = /;\s*name=(?:"([^"]*)"|([^;\s]*))/i.exec(text.slice(at, start)) ?? [];
      const name = quoted ?? plain ?? '';
      if (isSecret(name, 'parameter', '')) finder.secret(name, start, end);
      else finder.inside(start, end);
    }
    at = found < 0 ? -1 : found + 1;
  }
}

function isSecret(name: string, place: 'parameter' | 'member', value: string): boolean {
  return (
    name !== '' && !/[\s"'{}<>]/.test(name) && isSecretName(name, place) && !(value !== '' && isCount(name, value))
  );
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Returns where the first of the signs is, from there on; the text's end where there is none. */
function nextOf(text: string, from: number, signs: string): number {
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
