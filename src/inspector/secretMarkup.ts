// XML and multipart bodies, read as far as it takes to see which names their values have.
import { MAX_NAME } from './secretNames';
import { type Finder, isSecret, LABEL, nextOf } from './secretScan';

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
  // As in JSON: `key="Password" value="…"`.
  let label = '';
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      const closed = text.indexOf(sign, at + 1);
      const end = closed < 0 ? text.length : closed;
      const value = end - at <= MAX_NAME ? text.slice(at + 1, end) : '';
      const called = label !== '' && /^value$/i.test(name) ? label : name;
      if (LABEL.test(name) && isSecret(value, 'member', '')) label = value;
      else if (isSecret(called, 'member', '')) finder.secret(called, at + 1, end);
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

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
