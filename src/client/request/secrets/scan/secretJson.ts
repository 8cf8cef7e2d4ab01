// Finds secrets in JSON, which is read just far enough to see the names of its values.

import {
  bracketEnd,
  closedAt,
  commentEnd,
  decodedName,
  isComment,
  isQuote,
  skipSpace,
  skipSpaceBack,
  stringEnd,
  wordEnd,
} from './jsonSigns';
import { type Holder, isValue, type Names } from './nameMeanings';
import type { Finder } from './secretFinder';
import { MAX_NAME } from './secretNames';
import { isHeld, isPart, Pairing, Parts } from './secretPairs';
import { Signs } from './signs';

/** An object or a list that is being read. */
interface Frame {
  /** Name of the object or list; empty if it has none. */
  name: string;
  start: number;
  /** Secret that the object is named after. */
  holder: Holder | undefined;
  isList: boolean;
  pairing: Pairing | undefined;
  /** Whether it is an operation of a patch (RFC 6902, SCIM). */
  isPatch: boolean;
  parts: Parts | undefined;
}

/** Characters that end a value without quotes. */
const VALUE_ENDS = new Signs(',}] \t\r\n');
const OPERATION = /^op(?:eration)?$/i;
/** Objects whose members describe data: their members aren't data. */
const SCHEMA = /^(?:properties|patternProperties|definitions|schemas|\$defs)$/;

/** Finds members of JSON at any depth, including JSON with single quotes or comments, and objects of JavaScript and PHP. */
export function scanJson(text: string, finder: Finder): void {
  new JsonReader(text, finder).read();
}

class JsonReader {
  readonly #text: string;
  readonly #finder: Finder;
  readonly #names: Names;
  readonly #frames: Frame[] = [newFrame('', 0, false)];
  /** Latest value without quotes whose end was searched for: names in it have the same end. */
  #plain = { start: 0, end: 0 };

  constructor(text: string, finder: Finder) {
    [this.#text, this.#finder, this.#names] = [text, finder, finder.names];
  }

  read(): void {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const sign = text.charAt(at);
      if (sign === '{' || sign === '[') this.#open(at);
      else if (sign === '}' || sign === ']') this.#close(at);
      if (isQuote(text, at) || /[\w$]/.test(sign)) at = this.#word(at);
      else at = isComment(text, at) ? this.#comment(at) : at + 1;
    }
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  /** Enters an object or list. Without a name of its own, in a list named after a secret, it belongs to that secret. */
  #open(at: number): void {
    const { isList, holder } = this.#frame;
    this.#frames.push(newFrame('', at, this.#text[at] === '[', isList ? holder : undefined));
  }

  #close(at: number): void {
    if (this.#frames.length === 1) return;
    const { name, start } = this.#frames.pop() as Frame;
    if (isValue(name)) this.#pairing.value(start, at + 1);
  }

  get #pairing(): Pairing {
    const frame = this.#frame;
    frame.pairing ??= new Pairing(this.#finder, false);
    return frame.pairing;
  }

  /** Reads a comment, which may be a disabled member. */
  #comment(at: number): number {
    const end = commentEnd(this.#text, at);
    this.#finder.inside(at + 2, end);
    return end;
  }

  /** Reads a string or a word. @param at start of it @returns where to continue */
  #word(at: number): number {
    const text = this.#text;
    const quoted = isQuote(text, at);
    const [start, end] = quoted ? [at + 1, stringEnd(text, at)] : [at, wordEnd(text, at)];
    const next = quoted ? end + 1 : end;
    const sign = skipSpace(text, next);
    // In URLs, a string may begin with `~'`.
    if (text[sign] === ':' || text[sign] === '=' || (!quoted && text.startsWith("~'", next))) {
      const value = skipSpace(text, sign + (text.startsWith('=>', sign) ? 2 : 1));
      const name = decodedName(text.slice(start, Math.min(end, start + 6 * MAX_NAME)));
      // An unquoted value after an equals sign is read by `scanParameters`.
      if (text[sign] !== '=' || isQuote(text, value)) return this.#named(name, value);
    }
    if (quoted && text[sign] === ',' && isPair(text, at, end, this.#names))
      return this.#member(decodedName(text.slice(start, end)), skipSpace(text, sign + 1));
    if (quoted) this.#finder.inside(start, end);
    return next;
  }

  /** Reads a member. @param start of its value @returns where to continue */
  #named(written: string, start: number): number {
    const text = this.#text;
    const frame = this.#frame;
    const quoted = isQuote(text, start);
    const { isLabel, isValue: isOther, isSecret } = this.#names.of(written);
    if (OPERATION.test(written)) frame.isPatch = true;
    if (isPart(written)) this.#part(written, start);
    const isPath = written === 'path' && (frame.isPatch || isBeforeOperation(text, start));
    if (isLabel || isPath) {
      const { label, end } = isPath ? this.#pathAt(start) : this.#labelAt(start);
      if (this.#pairing.name(written, label)) return end;
    }
    const isObject = text[start] === '{' || text[start] === '[';
    if (SCHEMA.test(frame.name) && text[start] === '{' && isSecret)
      return this.#enter(written, start, { name: written, isOpen: false, isSession: false, isAuth: false });
    const label = isOther ? (frame.pairing?.label ?? '') : '';
    // A mask may stand for an object.
    const isText = quoted || isObject || text[start] === '•';
    const held = isHeld(frame.holder, written, isText) ? frame.holder?.name : undefined;
    const name = label || held || written;
    if (isOther && label === '' && !isObject) this.#noteValue(start, quoted);
    const next = this.#member(name, start);
    return isObject && next <= start + 1 ? this.#enter(written, start, this.#names.of(name).holder) : next;
  }

  /** Notes a member that says what the object is, or that is secret in objects of one kind. */
  #part(name: string, start: number): void {
    const frame = this.#frame;
    frame.parts ??= new Parts(this.#finder);
    const isText = isQuote(this.#text, start);
    frame.parts.add(name, isText ? { start: start + 1, end: stringEnd(this.#text, start) } : undefined);
  }

  #enter(name: string, start: number, holder: Holder | undefined): number {
    this.#frames.push(newFrame(name, start, this.#text[start] === '[', holder));
    return start + 1;
  }

  /** Notes a value whose name may follow. */
  #noteValue(start: number, quoted: boolean): void {
    const text = this.#text;
    if (quoted) this.#pairing.value(start + 1, stringEnd(text, start));
    else if (!/^(?:true|false|null)/.test(text.slice(start, start + 5)))
      this.#pairing.value(start, this.#plainEnd(start));
  }

  /** Returns the end of a value without quotes. */
  #plainEnd(start: number): number {
    const isKnown = this.#plain.start <= start && start < this.#plain.end;
    if (!isKnown) this.#plain = { start, end: VALUE_ENDS.next(this.#text, start) };
    return this.#plain.end;
  }

  /** Returns the name that begins there, and its end. */
  #labelAt(start: number): { label: string; end: number } {
    const text = this.#text;
    const quoted = isQuote(text, start);
    const begin = quoted ? start + 1 : start;
    const end = quoted ? stringEnd(text, start) : this.#plainEnd(start);
    // A longer text isn't a name.
    return { label: end - begin > MAX_NAME ? '' : text.slice(begin, end), end: quoted ? end + 1 : end };
  }

  /** Returns the name of the member that a path leads to, ignoring indexes: a pointer (RFC 6901), or a list of names. */
  #pathAt(start: number): { label: string; end: number } {
    const text = this.#text;
    const list = text[start] === '[' ? /^\[([^[\]]*)\]/.exec(text.slice(start, start + MAX_NAME)) : null;
    const { label, end } = list ? { label: list[1] ?? '', end: start + list[0].length } : this.#labelAt(start);
    const names = label.replace(/~1/g, '-').split(list ? /[\s,"']+/ : '/');
    return { label: names.findLast((name) => /[^\d-]/.test(name)) ?? '', end };
  }

  /** Reports a member's value, if the member is secret. @param start of its value @returns where to continue */
  #member(name: string, start: number): number {
    const text = this.#text;
    const { isSecret, isWhole } = this.#names.of(name);
    if (!isSecret) return start;
    if (isQuote(text, start)) {
      const triple = text.startsWith('"""', start) ? 2 : 0;
      const end = triple ? closedAt(text, '"""', start + 3) : stringEnd(text, start);
      const value = text.slice(start + 1, Math.min(end, start + 2 + MAX_NAME));
      if (/tokens?$/i.test(name) || !this.#names.isHarmless(name, value))
        this.#finder.secret(name, start + 1 + triple, Math.min(end, text.length));
      return end + 1 + triple;
    }
    const isList = text[start] === '[';
    if (isList || text[start] === '{') {
      const isAll = isWhole || (isList && text[skipSpace(text, start + 1)] !== '{');
      if (!isAll) return start + 1;
      const end = bracketEnd(text, start);
      const value = text.slice(start, end);
      if (!this.#names.isHarmless(name, value) && !/^[[{]\s*[\]}]?$/.test(value)) this.#finder.secret(name, start, end);
      return end;
    }
    const end = this.#plainEnd(start);
    const value = text.slice(start, end);
    // A type, as in GraphQL: `$token: String = "…"`.
    const [equals, given] = [skipSpace(text, end), skipSpace(text, skipSpace(text, end) + 1)];
    if (text[equals] === '=' && isQuote(text, given)) return this.#member(name, given);
    // A nested member of YAML on the line below isn't the value.
    if (value.endsWith(':') && /[\r\n]/.test(text.slice(skipSpaceBack(text, start - 1), start))) return start;
    // Neither is the sign of a block.
    if (!/^(?:true|false|null|undefined|[|>][-+\d]*)?$/.test(value) && !this.#names.isHarmless(name, value))
      this.#finder.secret(name, start, end);
    return end;
  }
}

/** Whether an operation follows the path: the members may be in any order. */
function isBeforeOperation(text: string, start: number): boolean {
  return /^[^{}]*["']?(?<!\w)op["']?\s*:/.test(text.slice(start, start + 2 * MAX_NAME));
}

function newFrame(name: string, start: number, isList: boolean, holder?: Holder): Frame {
  return { name, start, holder, isList, pairing: undefined, isPatch: false, parts: undefined };
}

/**
 * Whether the string names the secret after it: as the first of a list in a list, `[["Authorization", "…"]]`, or as an
 * option of a command, `["--password", "…"]`.
 */
function isPair(text: string, at: number, end: number, names: Names): boolean {
  if (end - at > MAX_NAME) return false;
  // Checked before the meaning of the name: in a list of 100,000 texts, all differ, and the cache is of no use.
  const bracket = skipSpaceBack(text, at - 1);
  const isFirst = text[bracket] === '[' && /[[,]/.test(text[skipSpaceBack(text, bracket - 1)] ?? '');
  const isOption = text[at + 1] === '-' && /[[,]/.test(text.charAt(bracket));
  return (text[at + 1] === '-' ? isOption : isFirst) && names.isSecret(text.slice(at + 1, end), 'member');
}
