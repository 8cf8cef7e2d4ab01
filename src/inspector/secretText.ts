// Texts of all kinds, and texts in them.
import type { DecodedText } from './decodedText';
import { scanJson } from './secretJson';
import { isOfLines, scanLines } from './secretLines';
import { scanMarkup } from './secretMarkup';
import { hasParts, scanParts } from './secretParts';
import { type Finder, type ParameterSyntax, scanParameters } from './secretScan';
import { scanAddresses } from './secretShapes';

/** A secret in a text, and how it is called there. */
export interface Span {
  start: number;
  end: number;
  /** Same number for the same secret, wherever it stands in the text. */
  place: string;
}

/** How often a text in a text is read: JSON in a parameter of an address in a header is three. */
const MAX_DEPTH = 4;
/** Somewhere in a text a name, a colon or an equals sign, and a quote. */
const MEMBER = /\w["']?\s*(?::|=>?)\s*\\?["']/;
/** The head of a section, of settings: no JSON, though it begins so. */
const SECTION = /^\s*\[{1,2}(?!\d|(?:true|false|null)\b)\w[\w. :"/-]{0,200}\]{1,2}[ \t]*(?:[#;].*)?(?:[\r\n]|$)/;
/** Ends of a value of an address in a text: also characters that can't be in an address. */
const IN_TEXT: ParameterSyntax = { before: '?&#;', end: '&#"\'<>\\ \t\r\n', atStart: false };
/** `host=a user=b password=c`. */
const WORDS: ParameterSyntax = { before: ' \t\r\n', end: ' \t\r\n', atStart: true };
const FORM: ParameterSyntax = { before: '&', end: '&', atStart: true };
const LINES: ParameterSyntax = { before: '\r\n', end: '\r\n', atStart: true };

/** Whether the text is JSON, or begins like it. */
export function isJson(text: string): boolean {
  return /^\s*["'[{]/.test(text) && !SECTION.test(text);
}

/** Whether it may have members in it. */
export function hasMembers(text: string): boolean {
  return isJson(text) || MEMBER.test(text);
}

/** Finds the secrets of a body, or a part of one: JSON, XML, multipart, a form, or lines. */
export function scanBody(text: DecodedText, part: string, spans: Span[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  const body = text.text;
  const finder = finderIn(text, part, spans, depth);
  if (isJson(body)) scanJson(body, finder);
  else if (/^\s*</.test(body)) scanMarkup(body, finder);
  else if (hasParts(body)) scanParts(body, finder);
  else {
    const isForm = body.includes('&');
    if (isForm) scanParameters(body, FORM, finder);
    if (!isForm || /[\r\n]\S/.test(body)) {
      scanParameters(body, LINES, finder);
      scanParameters(body, IN_TEXT, finder);
    }
    scanLines(body, finder);
    if (MEMBER.test(body)) scanJson(body, finder);
  }
}

/** @param part what of the request the text is, with which the place begins */
export function finderIn(text: DecodedText, part: string, spans: Span[], depth: number): Finder {
  return {
    secret: (name, start, end) => {
      const called = name.toLowerCase().replace(/\s/g, '');
      spans.push({ start: text.place(start), end: text.place(end), place: `${part} ${called}` });
    },
    inside: (start, end) => {
      // Shorter ones have no room for a name and a value.
      if (end - start >= 3) scanInside(text.slice(start, end), part, spans, depth + 1);
    },
    body: (start, end) => scanBody(text.slice(start, end), part, spans, depth + 1),
  };
}

/** A value that may be JSON, an address or a form of its own; or that, encoded once more. */
function scanInside(text: DecodedText, part: string, spans: Span[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  const value = text.text;
  if (/\\["'\\/unr]/.test(value)) {
    scanDecoded(text.withoutEscapes(), part, spans, depth + 1);
    return;
  }
  const finder = finderIn(text, part, spans, depth);
  const startsAsJson = isJson(value);
  // A query of GraphQL has arguments in it.
  if (startsAsJson || MEMBER.test(value)) scanJson(value, finder);
  if (/^\s*<[\w?!]/.test(value)) scanMarkup(value, finder);
  if (!startsAsJson && value.includes('=')) {
    // A sentence is no form.
    const atStart = /^[^\s=]+=/.test(value.slice(0, 200));
    scanParameters(value, { ...IN_TEXT, atStart }, finder);
    if (/^\w+=\S*(?:\s+\w+=\S*)+\s*$/.test(value)) scanParameters(value, WORDS, finder);
  }
  const isOne = /^[\w-]+: \S[^\r\n]*$/.test(value);
  // Headers, settings.
  if (isOne || (/[\r\n]/.test(value) && isOfLines(value))) {
    scanLines(value, finder);
    if (!isOne) scanParameters(value, LINES, finder);
  }
  // A value's end may be encoded, too: both readings count.
  if (/%(?:[2-5][\da-f]|7b)/i.test(value)) scanDecoded(text.withoutPercents(), part, spans, depth + 1);
}

/** Reads a text that was decoded; addresses in it, too, which could not be seen before. */
export function scanDecoded(text: DecodedText, part: string, spans: Span[], depth: number): void {
  scanInside(text, part, spans, depth);
  // Where nothing is called so, it is a part of the URL.
  const place = part === 'parameter' ? 'url' : part;
  scanAddresses(text, (start, end) => spans.push({ start, end, place }));
}
