// Finds secrets in texts of all kinds.
import { scanComparisons } from './secretComparisons';
import type { Finder } from './secretFinder';
import { scanJson } from './secretJson';
import { isOfLines, scanLines } from './secretLines';
import { scanMarkup } from './secretMarkup';
import { hasParts, scanParts } from './secretParts';
import { type ParameterSyntax, scanParameters } from './secretScan';
import { IN_TEXT, scanSettings, WORDS } from './secretSettings';
import { LINE_ENDS, Signs } from './signs';

/** A member anywhere in a text: a name, a colon or an equals sign, and a quote. */
const MEMBER = /\w\\*["']?\s*(?::|=>?)\s*\\*["']/;
/** The beginning of a call, `cb({a:1})`, or of an object in a URL, `(a:1)`, `~(a~'b)`. */
const CALL = /^\s*[\w$.]*[~!]?\(/;
/** The head of a section of settings, which begins like JSON. */
const SECTION = /^\s*\[{1,2}(?!\d|(?:true|false|null)\b)\w[\w. :"/-]{0,200}\]{1,2}[ \t]*(?:[#;].*)?(?:[\r\n]|$)/;
/** Names of headers, which no permission or event has. */
const HEADER_NAME = /^(?:[A-Z]\w*-|[Xx]-|(?:[Pp]roxy-)?[Aa]uthorization$|(?:[Ss]et-)?[Cc]ookie$)/;
const AMPERSAND = new Signs('&');
const FORM: ParameterSyntax = { before: AMPERSAND, end: AMPERSAND, atStart: true };
const LINES: ParameterSyntax = { before: LINE_ENDS, end: LINE_ENDS, atStart: true };

/** Whether the text is JSON, or begins like it. */
export function isJson(text: string): boolean {
  return /^\s*["'[{]/.test(text) && !SECTION.test(text);
}

/** Whether the text may have members in it. */
export function hasMembers(text: string): boolean {
  return isJson(text) || MEMBER.test(text) || CALL.test(text);
}

/** Finds the secrets of a body, or of a part of one: JSON, XML, multipart, a form, or lines. */
export function scanBody(body: string, finder: Finder): void {
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
    // A form has no blanks.
    if (/\s/.test(body)) scanParameters(body, WORDS, finder);
    scanLines(body, finder);
    scanComparisons(body, finder);
    if (hasMembers(body)) scanJson(body, finder);
  }
}

/**
 * Whether the value is a header, or a setting. Without a blank after the colon, it may be a permission or an event,
 * `token:read`, unless the name is certainly a header's, or a secret-like text follows.
 */
function isLine(value: string): boolean {
  const line = /^([\w-]+):( ?)(?=(\S+))[^\r\n]*$/.exec(value);
  if (!line) return false;
  const [, name = '', blank, text = ''] = line;
  // A mask stands for such a text.
  const isNoWord = text.startsWith('•') || (text.length >= 8 && /\d/.test(text) && /[a-z]/i.test(text));
  return blank === ' ' || HEADER_NAME.test(name) || isNoWord;
}

/** Finds the secrets of a value that may itself be JSON, a URL or a form. */
export function scanInside(value: string, finder: Finder): void {
  const startsAsJson = isJson(value);
  // A query of GraphQL has arguments in it.
  if (hasMembers(value)) scanJson(value, finder);
  if (/^\s*<[\w?!]/.test(value)) scanMarkup(value, finder);
  if (!startsAsJson && value.includes('=')) scanSettings(value, finder);
  if (!startsAsJson) scanComparisons(value, finder);
  const isOne = isLine(value);
  // Headers or settings.
  if (isOne || isOfLines(value)) {
    scanLines(value, finder);
    if (/[\r\n]/.test(value)) scanParameters(value, LINES, finder);
  }
}
