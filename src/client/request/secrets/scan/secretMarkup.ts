// Finds secrets in XML, which is read just far enough to see the names of its values.
import type { Holder } from './nameMeanings';
import type { Finder } from './secretFinder';
import { MAX_NAME } from './secretNames';
import { isHeld, Pairing } from './secretPairs';
import { isSecret } from './secretScan';
import { Signs } from './signs';

/** The secrecy of an element: with everything in it, or without the elements in it. */
type Kind = 'none' | 'holder' | 'whole';

/** An element with attributes: the end of its tag, and the name of a secret that an attribute gives it. */
interface Tag {
  name: string;
  end: number;
  label: string;
}

/** Elements without end tags. */
const VOID = /^(?:input|meta|link|img)$/i;
/** Elements that follow a `key` in a property list. */
const LISTED = /^(?:string|data|integer|array|dict)$/i;

const DATA = '<![CDATA[';
/** Characters that end the name of an element or attribute, the name in an end tag, and a value without quotes. */
const NAME_ENDS = new Signs(' \t\r\n/><"\'=');
const CLOSING_ENDS = new Signs(' \t\r\n></');
const VALUE_ENDS = new Signs(' \t\r\n><');

/** Finds elements and attributes of XML. */
export function scanMarkup(text: string, finder: Finder): void {
  new MarkupReader(text, finder).read();
}

class MarkupReader {
  readonly #text: string;
  readonly #finder: Finder;
  readonly #pairing: Pairing;
  /** Elements around the position that are named after a secret and have members, outermost first. */
  readonly #holders: { element: string; holder: Holder }[] = [];

  constructor(text: string, finder: Finder) {
    [this.#text, this.#finder, this.#pairing] = [text, finder, new Pairing(finder, true)];
  }

  read(): void {
    const text = this.#text;
    let at = text.indexOf('<');
    while (at >= 0) {
      if (text.startsWith('<!--', at)) {
        const end = text.indexOf('-->', at + 4);
        at = end < 0 ? -1 : text.indexOf('<', end);
      } else at = /[\w:/]/.test(text.charAt(at + 1)) ? this.#tag(at) : text.indexOf('<', at + 1);
    }
  }

  /** Reads a tag. @returns the position of the next tag; -1 if there is none */
  #tag(at: number): number {
    const text = this.#text;
    const nameEnd = NAME_ENDS.next(text, at + 1);
    const name = localName(text.slice(at + 1, Math.min(nameEnd, at + 2 * MAX_NAME)));
    const { end, label } =
      name === '' ? { end: nameEnd, label: '' } : scanAttributes(text, nameEnd, name, this.#finder);
    if (name !== '' && text[end] === '>' && text[end - 1] !== '/' && !VOID.test(name))
      return this.#element({ name, end, label });
    if (text[at + 1] === '/') this.#close(localName(text.slice(at + 2, CLOSING_ENDS.next(text, at + 2))));
    return text.indexOf('<', end);
  }

  #element({ name, end, label }: Tag): number {
    const { isLabel, isValue } = this.#finder.names.of(name);
    if (isLabel && this.#pairing.name(name, textAt(this.#text, end + 1))) return this.#text.indexOf('<', end);
    const isOther = isValue || LISTED.test(name);
    const holder = this.#holders.at(-1)?.holder;
    const called = label || (isOther && this.#pairing.label) || (isHeld(holder, name, true) && holder?.name) || name;
    const kind = this.#kindOf(called);
    const own = kind === 'holder' && called !== holder?.name ? this.#finder.names.of(called).holder : undefined;
    if (own) this.#holders.push({ element: name, holder: own });
    const content = { name: called, kind, from: end + 1 };
    const waits = isOther && kind === 'none';
    return scanContent(this.#text, content, this.#finder, waits ? this.#pairing : undefined);
  }

  #close(name: string): void {
    if (this.#holders.at(-1)?.element === name) this.#holders.pop();
  }

  #kindOf(name: string): Kind {
    const { names } = this.#finder;
    if (!isSecret(names, name, 'member', '')) return 'none';
    return names.of(name).isWhole ? 'whole' : 'holder';
  }
}

/**
 * Reads the attributes of a tag.
 * @param element its name: an attribute may say how the element's secret is written
 * @returns the position of the tag's `>` or of the next tag, and the name of a secret that an attribute gives the element
 */
function scanAttributes(text: string, from: number, element: string, finder: Finder): Pick<Tag, 'end' | 'label'> {
  const reader = { element, finder, pairing: new Pairing(finder, false) };
  let at = from;
  let name = '';
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      const closed = text.indexOf(sign, at + 1);
      const end = closed < 0 ? text.length : closed;
      scanAttribute(text, { name, start: at + 1, end }, reader);
      [at, name] = [end + 1, ''];
    } else if (sign === '=' && name !== '') {
      at += /^\s*/.exec(text.slice(at + 1, at + MAX_NAME))?.[0].length ?? 0;
      at += 1;
      if (/["'>]/.test(text.charAt(at))) continue;
      const end = VALUE_ENDS.next(text, at);
      scanAttribute(text, { name, start: at, end }, reader);
      [at, name] = [end, ''];
    } else if (/[\s=/]/.test(sign)) at += 1;
    else {
      const end = NAME_ENDS.next(text, at + 1);
      name = localName(text.slice(at, Math.min(end, at + 2 * MAX_NAME)));
      at = end;
    }
  }
  return { end: at, label: reader.pairing.label };
}

interface AttributeReader {
  element: string;
  finder: Finder;
  pairing: Pairing;
}

function scanAttribute(
  text: string,
  { name, start, end }: { name: string; start: number; end: number },
  { element, finder, pairing }: AttributeReader,
): void {
  const { names } = finder;
  const value = end - start < MAX_NAME ? text.slice(start, end) : '';
  if (names.of(name).isLabel && pairing.name(name, value)) return;
  // For example, `<meta name="csrf-token" content="…">`.
  const isOther = names.of(name).isValue || /^content$/i.test(name);
  const isAuth = names.of(element).holder?.isAuth ?? false;
  const holder = { name: element, isOpen: true, isSession: false, isAuth };
  const isElements = isHeld(holder, name, true) && isSecret(names, element, 'member', value);
  const called = (isOther && pairing.label) || (isElements && element) || name;
  if (isOther && pairing.label === '') pairing.value(start, end);
  if (isSecret(names, called, 'member', value)) finder.secret(called, start, end);
  else finder.inside(start, end);
}

/**
 * Reads the pieces of an element's text.
 * @param pairing gets a value that comes before its name
 * @returns the position of the next tag; -1 if there is none
 */
function scanContent(
  text: string,
  { name, kind, from }: { name: string; kind: Kind; from: number },
  finder: Finder,
  pairing: Pairing | undefined,
): number {
  for (let at = from; ; ) {
    const begin = skipComments(text, at);
    const isData = text.startsWith(DATA, begin);
    const start = isData ? begin + DATA.length : begin;
    const found = text.indexOf(isData ? ']]>' : '<', start);
    const end = found < 0 ? text.length : found;
    if (!isData && kind === 'whole' && end < text.length && text[end + 1] !== '/') {
      const close = closeOf(text, end);
      finder.secret(name, start, close);
      return close < text.length ? close : -1;
    }
    if (text.slice(start, Math.min(end, start + 100)).trim() !== '') {
      if (at === from) pairing?.value(start, end);
      const isHarmless = finder.names.isHarmless(name, text.slice(start, Math.min(end, start + MAX_NAME)).trim());
      if (kind !== 'none' && !isHarmless) finder.secret(name, start, end);
      else finder.inside(start, end);
    }
    if (found < 0) return -1;
    at = isData ? end + 3 : end;
    if (!isData && !text.startsWith('<!--', at) && !text.startsWith(DATA, at)) return found;
  }
}

/** Returns the position after any comments, where the text begins; the given one if there are no comments. */
function skipComments(text: string, from: number): number {
  let at = from;
  for (;;) {
    const next = at + (/\S/.exec(text.slice(at, at + 100))?.index ?? 0);
    if (!text.startsWith('<!--', next)) return at === from ? from : next;
    const end = text.indexOf('-->', next + 4);
    if (end < 0) return text.length;
    at = end + 3;
  }
}

/** Returns the position where the element that contains the tag is closed; the end of the text if it isn't. */
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

/** Returns the element's text, if it may be a name; empty otherwise. */
function textAt(text: string, at: number): string {
  const [name = ''] = /^[^<>]*(?=<)/.exec(text.slice(at, at + MAX_NAME)) ?? [];
  return name.trim();
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
