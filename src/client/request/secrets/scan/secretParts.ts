// Finds secrets in multipart bodies (RFC 2046 §5.1, RFC 7578).

import type { Finder } from './secretFinder';
import { Pairing } from './secretPairs';
import { isSecret } from './secretScan';

/** A boundary with the first header after it; a line of three dashes is YAML. */
const BEGIN = /(?:^|\n)(--(?!-\s)[^\r\n]{1,200})\r?\n[\w-]+[ \t]*:/;
/** Maximum length of the headers of a part, in characters. */
const MAX_HEADERS = 10_000;

/** Whether the text has parts; other text may precede the first. */
export function hasParts(text: string): boolean {
  return BEGIN.test(text);
}

/** Finds the parts of a multipart body. */
export function scanParts(text: string, finder: Finder): void {
  const begin = BEGIN.exec(text);
  if (!begin) return;
  const { 0: found, 1: boundary = '', index } = begin;
  const pairing = new Pairing(finder, true);
  const first = index + (found.startsWith('\n') ? 1 : 0);
  if (first > 0) finder.body(0, first);
  for (let at = first; at >= 0; ) {
    const lineEnd = text.indexOf('\n', at);
    const next = text.indexOf(`\n${boundary}`, at + boundary.length);
    const end = next < 0 ? text.length : next - (text[next - 1] === '\r' ? 1 : 0);
    if (lineEnd >= 0 && lineEnd < end) scanPart(text, lineEnd + 1, end, pairing, finder);
    at = next < 0 ? -1 : next + 1;
  }
}

function scanPart(text: string, from: number, end: number, pairing: Pairing, finder: Finder): void {
  const head = text.slice(from, Math.min(end, from + MAX_HEADERS));
  const blank = /(?:^|\r?\n)\r?\n/.exec(head);
  const length = blank?.index ?? head.length;
  const headers = head.slice(0, length);
  if (/^(?!content-)[\w-]+[ \t]*:/im.test(headers)) finder.body(from, from + length);
  const start = from + length + (blank?.[0].length ?? 0);
  if (start >= end) return;
  const name = nameOf(headers);
  const value = text.slice(start, Math.min(end, start + 201));
  const { isLabel, isValue } = finder.names.of(name);
  if (isLabel && pairing.name(name, value)) return;
  const label = isValue ? pairing.label : '';
  const called = label || name;
  // In an upload to S3, the `key` is a file's name.
  if (isSecret(finder.names, called, /^key$/i.test(called) ? 'member' : 'parameter', value))
    finder.secret(called, start, end);
  else finder.body(start, end);
  if (isValue && label === '') pairing.value(start, end);
}

/** Returns the `name` of the field, ignoring one within another parameter's quotes. */
function nameOf(headers: string): string {
  const [, disposition = ''] = /^content-disposition[ \t]*:(.*(?:\r?\n[ \t].*)*)/im.exec(headers) ?? [];
  const parameters = /;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|'([^']*)'|([^;\s]*))/gs;
  for (const [, name = '', double, single, plain = ''] of disposition.matchAll(parameters)) {
    if (/^name$/i.test(name)) return double?.replace(/\\?["']|\\/g, '') ?? single ?? plain;
    if (/^name\*$/i.test(name)) return plain.replace(/^[^']*'[^']*'/, '');
  }
  return '';
}
