// JSON, read as far as it takes to see which names its values have.
import { isHarmlessValue, isSecretName, isSecretObject, MAX_NAME } from './secretNames';
import { type Finder, nextOf } from './secretScan';

/** Names of members that name another one's value: `{"name": "password", "value": "…"}`. */
export const LABEL = /^(?:name|key|header|param|field)$/i;
/** Names that say nothing but how a secret is written, in what is called like one: `{"auth": {"basic": "…"}}`. */
export const HELD = /^(?:basic|value|raw|plain|data|digest|custom)$/i;

/** An object that is being read. */
interface Frame {
  /** The name of a secret, whose value is to come. */
  label: string;
  /** The name of a secret that the object is called by. */
  holder: string;
  /** Where the value is, for which a name may come yet. */
  value: { start: number; end: number } | undefined;
}

/** Finds members of JSON at any depth; also with single quotes, and of JavaScript's objects. */
export function scanJson(text: string, finder: Finder): void {
  const outer = [newFrame('')];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    const isQuote = sign === '"' || sign === "'";
    if (!isQuote && !/[\w$]/.test(sign)) {
      if (sign === '{') outer.push(newFrame(''));
      else if (sign === '}' && outer.length > 1) outer.pop();
      at += 1;
      continue;
    }
    const [start, end] = isQuote ? [at + 1, stringEnd(text, at)] : [at, wordEnd(text, at)];
    const next = isQuote ? end + 1 : end;
    const colon = skipSpace(text, next);
    if (text[colon] === ':') {
      const written = decodedName(text.slice(start, Math.min(end, start + 6 * MAX_NAME)));
      at = scanNamed(text, written, skipSpace(text, colon + 1), outer, finder);
    } else if (isQuote && text[colon] === ',' && isPair(text, at, end)) {
      at = scanMember(text, decodedName(text.slice(start, end)), skipSpace(text, colon + 1), finder);
    } else {
      if (isQuote) finder.inside(start, end);
      at = next;
    }
  }
}

function newFrame(holder: string): Frame {
  return { label: '', holder, value: undefined };
}

/** @param start where the member's value begins @returns where to go on */
function scanNamed(text: string, written: string, start: number, outer: Frame[], finder: Finder): number {
  const frame = outer.at(-1) ?? newFrame('');
  const given = LABEL.test(written) ? labelAt(text, start) : '';
  if (given !== '') {
    frame.label = given;
    if (frame.value) finder.secret(given, frame.value.start, frame.value.end);
    return start + given.length + 2;
  }
  const isValue = /^value$/i.test(written);
  const name = (isValue && frame.label) || (HELD.test(written) && frame.holder) || written;
  const quote = text[start];
  if (isValue && name === written) {
    if (quote === '"' || quote === "'") frame.value = { start: start + 1, end: stringEnd(text, start) };
    else if (!/^(?:[[{]|true|false|null)/.test(text.slice(start, start + 5)))
      frame.value = { start, end: nextOf(text, start, ',}] \t\r\n') };
  }
  const next = scanMember(text, name, start, finder);
  // It goes on inside of an object, whose brace it has passed.
  if (quote === '{' && next === start + 1) outer.push(newFrame(name));
  return next;
}

/** Whether the string is the first of a list in a list, and names a secret behind it: `[["Authorization", "…"]]`. */
function isPair(text: string, at: number, end: number): boolean {
  const bracket = skipSpaceBack(text, at - 1);
  if (text[bracket] !== '[' || end - at > MAX_NAME) return false;
  return /[[,]/.test(text[skipSpaceBack(text, bracket - 1)] ?? '') && isSecretName(text.slice(at + 1, end), 'member');
}

function skipSpaceBack(text: string, from: number): number {
  let at = from;
  while (at >= 0 && /\s/.test(text.charAt(at))) at -= 1;
  return at;
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
    if (isHarmlessValue(name, value) || /^[[{]\s*[\]}]?$/.test(value)) return end;
    finder.secret(name, start, end);
    return end;
  }
  const end = nextOf(text, start, ',}] \t\r\n');
  const value = text.slice(start, end);
  if (!/^(?:true|false|null|undefined)?$/.test(value) && !isHarmlessValue(name, value)) finder.secret(name, start, end);
  return end;
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
