import { DecodedText } from './decodedText';
import { scanJson } from './secretJson';
import { scanMarkup, scanParts } from './secretMarkup';
import { isSecretName } from './secretNames';
import { type Finder, type ParameterSyntax, scanLines, scanParameters } from './secretScan';

/** A secret in a text, and how it is called there. */
export interface Span {
  start: number;
  end: number;
  /** Same number for the same secret, wherever it stands in the text. */
  place: string;
}

/** How often a text in a text is read: JSON in a parameter of an address in a header is three. */
const MAX_DEPTH = 4;
/** The scheme of an Authorization header is none. */
const SCHEME = /^(?:basic|bearer|digest|negotiate|token|dpop|apikey|bot|ssws) +/i;
/** Behind them a secret is known without a name; each begins behind what can't be a part of it, so that all is read once. */
const SHAPES = [
  // OpenAI, Anthropic, Stripe, Slack, GitHub, GitLab, npm, Hugging Face, Google, AWS.
  /(?<![\w-])(?:sk|rk)[-_](?=[\w-]{0,100}\d)[\w-]{20,}/g,
  /(?<![\w-])(?:xox[abeoprs]-|gh[oprsu]_|github_pat_|glpat-|npm_|hf_|ya29\.|AIza)[\w-]{16,}/g,
  /(?<![\w-])A(?:KI|SI)A[A-Z\d]{16}(?![\w-])/g,
  // A JSON Web Token.
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  // User and password of an address in the text.
  /(?<=:\/\/)[^\s/?#@"'<>\\:]*:[^\s/?#@"'<>\\]+(?=@)/g,
];
/** What is behind it is base64, in which a colon is between user and password. */
const BASIC = /\bbasic(?: |%20|\+){1,3}([\w+/-]{6,}={0,2})/gi;
const BEARER = /\b(?:bearer|dpop|ssws|ntlm)(?: |%20|\+){1,3}([\w.~+/-]{8,}=*)/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;
/** Somewhere in a text a name, a colon and a quote. */
const MEMBER = /\w["']?\s*:\s*\\?["']/;
/** Scheme and authority of an address; tabs and line ends in it are dropped (URL Standard, "basic URL parser"). */
const AUTHORITY = /^(\s*h[\t\r\n]*t[\t\r\n]*t[\t\r\n]*p[\t\r\n]*(?:s[\t\r\n]*)?:[\\/\t\r\n]*)([^/?#\\]*)/i;
const ADDRESS: ParameterSyntax = { before: '?&#;', end: '&#', atStart: false };
/** Ends of a value of an address in a text: also characters that can't be in an address. */
const IN_TEXT: ParameterSyntax = { before: '?&#;', end: '&#"\'<>\\ \t\r\n', atStart: false };
const HEADER: ParameterSyntax = { before: '?&#;, ', end: '&#"\'<> \t', atStart: true };
const FORM: ParameterSyntax = { before: '&', end: '&', atStart: true };
const LINES: ParameterSyntax = { before: '\r\n', end: '\r\n', atStart: true };

/** Returns the secrets of an address: user information, parameters of query and fragment, and what looks like one. */
export function urlSpans(url: string): Span[] {
  const spans: Span[] = [];
  const [found = '', begin = '', authority = ''] = AUTHORITY.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  if (at >= 0) spans.push({ start: begin.length, end: begin.length + at, place: 'user' });
  // Behind the authority: a host may be called like a key, and is no secret.
  const text = new DecodedText(url).slice(found.length, url.length);
  scanParameters(text.text, ADDRESS, finderIn(text, 'parameter', spans, 1));
  addShapes(text, 'url', spans, [...SHAPES, BEARER]);
  return inOrder(spans, url);
}

/** Returns the secrets of a header: where its name says so its value without the scheme, else those in its value. */
export function headerSpans(name: string, value: string): Span[] {
  const place = `header ${name.toLowerCase()}`;
  if (isSecretName(name, 'header')) {
    const [scheme = ''] = SCHEME.exec(value) ?? [];
    return inOrder([{ start: scheme.length, end: value.length, place }], value);
  }
  const spans: Span[] = [];
  const text = new DecodedText(value);
  scanParameters(value, HEADER, finderIn(text, place, spans, 1));
  if (isJson(value)) scanJson(value, finderIn(text, place, spans, 1));
  addShapes(text, place, spans, [...SHAPES, BEARER]);
  return inOrder(spans, value);
}

/** Returns the secrets of a body: JSON, XML, multipart, a form, or lines. */
export function bodySpans(body: string): Span[] {
  const spans: Span[] = [];
  const text = new DecodedText(body);
  const finder = finderIn(text, 'body', spans, 1);
  if (isJson(body)) scanJson(body, finder);
  else if (/^\s*</.test(body)) scanMarkup(body, finder);
  else if (body.startsWith('--')) scanParts(body, finder);
  else {
    scanParameters(body, body.includes('&') ? FORM : LINES, finder);
    if (!body.includes('&')) scanLines(body, finder);
    if (MEMBER.test(body)) scanJson(body, finder);
  }
  addShapes(text, 'body', spans, SHAPES);
  return inOrder(spans, body);
}

/** @param part what of the request the text is, with which the place begins */
function finderIn(text: DecodedText, part: string, spans: Span[], depth: number): Finder {
  return {
    secret: (name, start, end) => {
      const called = name.toLowerCase().replace(/\s/g, '');
      spans.push({ start: text.place(start), end: text.place(end), place: `${part} ${called}` });
    },
    inside: (start, end) => {
      // Shorter ones have no room for a name and a value.
      if (end - start >= 3) scanInside(text.slice(start, end), part, spans, depth + 1);
    },
  };
}

/** A value that may be JSON, an address or a form of its own; or that, encoded once more. */
function scanInside(text: DecodedText, part: string, spans: Span[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  const value = text.text;
  if (/\\["'\\/u]/.test(value)) {
    scanInside(text.withoutEscapes(), part, spans, depth + 1);
    return;
  }
  const finder = finderIn(text, part, spans, depth);
  // A query of GraphQL has arguments in it.
  if (isJson(value) || MEMBER.test(value)) scanJson(value, finder);
  if (!isJson(value) && value.includes('=')) {
    // A sentence is no form.
    const atStart = /^[^\s=]+=/.test(value.slice(0, 200));
    scanParameters(value, { ...IN_TEXT, atStart }, finder);
  }
  // A header, in a list of lines.
  if (/^[\w-]+: \S[^\r\n]*$/.test(value)) scanLines(value, finder);
  // A value's end may be encoded, too: both readings count.
  if (/%(?:[2-5][\da-f]|7b)/i.test(value)) scanInside(text.withoutPercents(), part, spans, depth + 1);
}

function addShapes(decoded: DecodedText, place: string, spans: Span[], shapes: RegExp[]): void {
  const { text } = decoded;
  const add = (start: number, end: number) =>
    spans.push({ start: decoded.place(start), end: decoded.place(end), place });
  for (const shape of shapes)
    for (const { 0: found, 1: value = found, index } of text.matchAll(shape)) {
      const end = index + found.length;
      add(end - value.length, end);
    }
  for (const { 0: found, 1: value = '', index } of text.matchAll(BASIC)) {
    const end = index + found.length;
    if (/^[^\p{Cc}\ufffd:]*:/u.test(Buffer.from(value, 'base64').toString('utf8'))) add(end - value.length, end);
  }
  let from = 0;
  for (const { index } of text.matchAll(PRIVATE_KEY)) {
    if (index < from) continue;
    const end = text.indexOf('-----END', index);
    from = end < 0 ? text.length : end;
    add(index, from);
  }
}

function isJson(text: string): boolean {
  return /^\s*["'[{]/.test(text);
}

/** Without those that are empty; of those that overlap, one that covers them. */
function inOrder(spans: Span[], text: string): Span[] {
  const ordered: Span[] = [];
  for (const span of spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else ordered.push({ ...span });
    // A digit behind a mask would be taken for one of its number.
    const end = ordered.at(-1) ?? span;
    while (/\d/.test(text.charAt(end.end))) end.end += 1;
  }
  return ordered;
}
