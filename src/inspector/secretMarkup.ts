// XML and multipart bodies, read as far as it takes to see which names their values have.
import { HELD, LABEL } from './secretJson';
import { isSecretObject, MAX_NAME } from './secretNames';
import { type Finder, isSecret, nextOf } from './secretScan';

/** Whether an element is secret: with all that is in it, or but for the elements in it. */
type Kind = 'none' | 'holder' | 'whole';

/** Finds elements and attributes of XML. */
export function scanMarkup(text: string, finder: Finder): void {
  let at = text.indexOf('<');
  // The secret that the next value is of: a name has stood before it, or it is in an element that is called so.
  let [label, holder] = ['', ''];
  // Of the same name, which may be there 100,000 times.
  const kinds = new Map<string, Kind>();
  const kindOf = (name: string): Kind => {
    const known = kinds.get(name);
    if (known) return known;
    const kind = !isSecret(name, 'member', '') ? 'none' : isSecretObject(name) ? 'whole' : 'holder';
    kinds.set(name, kind);
    return kind;
  };
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
    if (!isElement || name === '') {
      if (text[at + 1] === '/' && localName(text.slice(at + 2, nextOf(text, at + 2, ' \t\r\n></'))) === holder)
        holder = '';
      at = text.indexOf('<', tagEnd);
      continue;
    }
    const given = LABEL.test(name) ? labelAt(text, tagEnd + 1) : '';
    const called = (/^value$/i.test(name) && label) || (HELD.test(name) && holder) || name;
    if (given !== '') label = given;
    else if (called === label) label = '';
    if (kindOf(called) === 'holder') holder = called;
    at =
      given === ''
        ? scanContent(text, { name: called, kind: kindOf(called), from: tagEnd + 1 }, finder)
        : text.indexOf('<', tagEnd);
  }
}

/** @returns where the tag's `>` or the next tag is */
function scanAttributes(text: string, from: number, finder: Finder): number {
  let at = from;
  let name = '';
  // As in JSON: `key="Password" value="…"`.
  let label = '';
  // Or the name comes behind its value.
  let unnamed: { start: number; end: number } | undefined;
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      const closed = text.indexOf(sign, at + 1);
      const end = closed < 0 ? text.length : closed;
      const value = end - at <= MAX_NAME ? text.slice(at + 1, end) : '';
      const called = label !== '' && /^value$/i.test(name) ? label : name;
      if (/^value$/i.test(name)) unnamed = { start: at + 1, end };
      if (LABEL.test(name) && isSecret(value, 'member', '')) {
        label = value;
        if (unnamed) finder.secret(label, unnamed.start, unnamed.end);
      } else if (isSecret(called, 'member', '')) finder.secret(called, at + 1, end);
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
function scanContent(
  text: string,
  { name, kind, from }: { name: string; kind: Kind; from: number },
  finder: Finder,
): number {
  const begin = behindComments(text, from);
  const isData = text.startsWith('<![CDATA[', begin);
  const start = isData ? begin + '<![CDATA['.length : begin;
  const found = text.indexOf(isData ? ']]>' : '<', start);
  const end = found < 0 ? text.length : found;
  if (!isData && kind === 'whole' && end < text.length && text[end + 1] !== '/') {
    const close = closeOf(text, end);
    finder.secret(name, start, close);
    return close < text.length ? close : -1;
  }
  if (text.slice(start, Math.min(end, start + 100)).trim() !== '') {
    if (kind !== 'none') finder.secret(name, start, end);
    else finder.inside(start, end);
  }
  return isData ? text.indexOf('<', end) : found;
}

/** Returns where the text begins behind comments; where the tag ends, if it begins there. */
function behindComments(text: string, from: number): number {
  let at = from;
  for (;;) {
    const next = at + (/\S/.exec(text.slice(at, at + 100))?.index ?? 0);
    if (!text.startsWith('<!--', next)) return at === from ? from : next;
    const end = text.indexOf('-->', next + 4);
    if (end < 0) return text.length;
    at = end + 3;
  }
}

/** Returns where the element is closed that the tag there is in; the text's end where it isn't. */
function closeOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at >= 0; ) {
    const isComment = text.startsWith('<!--', at);
    const isData = text.startsWith('<![CDATA[', at);
    const end = text.indexOf(isComment ? '-->' : isData ? ']]>' : '>', at + 1);
    if (end < 0) return text.length;
    if (text[at + 1] === '/') depth -= 1;
    else if (/\w/.test(text.charAt(at + 1)) && text[end - 1] !== '/') depth += 1;
    if (depth === 0) return at;
    at = text.indexOf('<', end);
  }
  return text.length;
}

/** Returns the element's text, if it is the name of a secret; else nothing. */
function labelAt(text: string, at: number): string {
  const [, name = ''] = /^\s*([\w.[\]-]+)\s*</.exec(text.slice(at, at + MAX_NAME)) ?? [];
  return isSecret(name, 'member', '') ? name : '';
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
      // The `key` of an upload to S3 is a file's name.
      if (isSecret(name, /^key$/i.test(name) ? 'member' : 'parameter', '')) finder.secret(name, start, end);
      else finder.inside(start, end);
    }
    at = found < 0 ? -1 : found + 1;
  }
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
