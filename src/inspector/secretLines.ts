// Texts of lines: headers, YAML, settings.
import { isHarmlessValue, isSecretObject, MAX_NAME } from './secretNames';
import { isLabel, isValue, Pairing } from './secretPairs';
import { type Finder, isSecret, nextOf } from './secretScan';

/** `name: value`, `name = value`, `- name: value`, `export name=value`. */
const LINE =
  /^(\s*(?:-\s+)*(?:(?:export|set)\s+(?=.*=))?)["']?([\w.[\]/-]+)["']?(?:\s?:(?![:/])[ \t]*|[ \t]+=[ \t]*|(?<=^\s*(?:export|set)\s.*)=)/;
/** What stands for the lines below, in YAML. */
const BLOCK = /^(?:[|>][-+\d]*)?\s*(?:#.*)?$/;
/** How data looks, not data: of OpenAPI. */
const SCHEMA = /^\s*(?:type|\$ref|description|format)\s*:/;

/** Finds `name: value` and its like, one a line, and what of YAML stands below a name. */
export function scanLines(text: string, finder: Finder): void {
  const pairing = new Pairing(finder, true);
  let start = 0;
  while (start < text.length) {
    const end = nextOf(text, start, '\r\n');
    start = Math.max(end, scanLine(text, start, end, pairing, finder)) + 1;
  }
}

/** @returns where what it names ends */
function scanLine(text: string, start: number, end: number, pairing: Pairing, finder: Finder): number {
  const head = text.slice(start, Math.min(end, start + MAX_NAME + 20));
  const [found = '', before = '', name = ''] = LINE.exec(head) ?? [];
  if (name === '') return end;
  const at = start + found.length;
  const value = text.slice(at, Math.min(end, at + MAX_NAME));
  if (isLabel(name) && pairing.name(name, value.trim().replace(/^(["'])(.*)\1$/, '$2'))) return end;
  const label = isValue(name) ? pairing.label : '';
  const called = label || name;
  // As the header that it may be.
  const place = /^x-/i.test(called) ? 'header' : 'member';
  if (BLOCK.test(value)) {
    if (isSecret(called, place, '') && (value.trim() !== '' || isSecretObject(called)))
      return scanBlock(text, called, { from: end, indent: before.length, isText: value.trim() !== '' }, finder);
    return end;
  }
  if (isSecret(called, place, value)) finder.secret(called, at, end);
  else if (/^["'[{%]/.test(value)) finder.inside(at, end);
  if (isValue(name) && label === '') pairing.value(at, end);
  return end;
}

/** Finds the lines that are further in. @returns where they end */
function scanBlock(
  text: string,
  name: string,
  { from, indent, isText }: { from: number; indent: number; isText: boolean },
  finder: Finder,
): number {
  if (!isText && SCHEMA.test(text.slice(from, from + MAX_NAME))) return from;
  let [first, last] = [-1, from];
  for (let at = from; at < text.length; ) {
    const begin = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
    const end = nextOf(text, begin, '\r\n');
    const content = skipBlanks(text, begin, end);
    const isIn = content - begin > indent || (!isText && content - begin === indent && text[content] === '-');
    if (content < end && !isIn) break;
    if (content < end) [first, last] = [first < 0 ? content : first, end];
    at = end;
  }
  if (first < 0) return from;
  const value = text.slice(first, Math.min(last, first + MAX_NAME));
  if (!isHarmlessValue(name, value)) finder.secret(name, first, last);
  return last;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /[ \t]/.test(text.charAt(at))) at += 1;
  return at;
}

/** Whether the text is of such lines alone, at least two: a letter has others. */
export function isOfLines(text: string): boolean {
  let count = 0;
  for (let start = 0; start < text.length; ) {
    const end = nextOf(text, start, '\r\n');
    const line = text.slice(start, Math.min(end, start + MAX_NAME + 20));
    if (line.trim() !== '') {
      if (/^[\w.-]+=/.test(line) || LINE.test(line)) count += 1;
      else if (!/^(?:\s*[-#;[\]}]|\s+\S)/.test(line) && !/^[A-Z]+ \S+ HTTP\//.test(line)) return false;
    }
    start = end + 1;
  }
  return count > 1;
}
