// Texts in texts.
import type { DecodedText } from './decodedText';
import type { Names } from './scan/nameMeanings';
import type { Finder } from './scan/secretFinder';
import { hasMembers, scanBody, scanInside } from './scan/secretText';
import { READING, type SearchBudget } from './searchBudget';
import { scanAddresses } from './secretShapes';

/** A secret in a text, and how it is called there. */
export interface Span {
  start: number;
  end: number;
  /** Same number for the same secret, wherever it stands in the text. */
  place: string;
}

/** How far in a text in a text is read: JSON in a parameter of an address in a header is three. */
const MAX_DEPTH = 12;
/** Without one of these nothing in a text has a name. */
const SIGN = /[=:<,%&\\~|'"]|[ +]eq[ +]/i;
/** Nor without one of these, unless it is encoded. */
const NAMING = /[=:<,~|'"(\s+@]/;
/** A string of JSON has these. */
const ESCAPED = /\\["'\\/unr]/;
/** The first quote isn't escaped. */
const PLAIN_QUOTE = /^[^"]*(?<!\\)"/;
const ENCODED = /%(?:[2-5][\da-f]|60|7[bce])/i;
const ENTITY = /&(?:lt|gt|quot|apos|amp|#x?[\da-f]{1,7});/i;
/** A text in a text. */
interface Inner {
  text: DecodedText;
  depth: number;
  kind: 'inside' | 'body' | 'encoded';
}

/** A text that was read. */
interface Reading {
  text: string;
  end: number;
  /** `plain`: decoded, as far as it was known to be encoded; `whole`: with the escapes that it has of its own. */
  way: 'plain' | 'whole' | 'body';
  /** Another one that begins there. */
  before: Reading | undefined;
}

/**
 * Finds the secrets of one text of a request, and of the texts in it. These wait until what they are in is read: however
 * many there are far in, those further out are read, before there have been too many characters. What isn't read then is
 * a secret as a whole.
 */
export class TextSearch {
  readonly spans: Span[] = [];
  readonly #part: string;
  readonly #budget: SearchBudget;
  #waiting: Inner[] = [];
  /** Texts that were read, by where they begin: the latest, which has the one before. */
  readonly #done = new Map<number, Reading>();
  /** Places of secrets, by their names. */
  readonly #places = new Map<string, string>();

  /**
   * @param part what of the request the text is, with which the place of a secret begins
   * @param budget of the request
   */
  constructor(part: string, budget: SearchBudget) {
    [this.#part, this.#budget] = [part, budget];
  }

  /** Returns the listener to a text that is being read. */
  finder(text: DecodedText, depth = 0): Finder {
    return new InnerFinder(this, text, depth);
  }

  /** What names mean, in all of the request. */
  get names(): Names {
    return this.#budget.names;
  }

  /** Takes a secret that is called so. */
  hide(name: string, start: number, end: number): void {
    this.spans.push({ start, end, place: this.#placeOf(name) });
  }

  /** Has a text read later, where there may be names in it. */
  add(inner: Inner): void {
    if (inner.depth <= MAX_DEPTH && SIGN.test(inner.text.text)) this.#waiting.push(inner);
  }

  /** Adds a text of which the encoding is a part. */
  encoded(text: DecodedText): void {
    this.add({ text, depth: 1, kind: 'encoded' });
  }

  /** Reads the texts in texts that were found so far, and those in them. */
  readInner(): void {
    while (this.#waiting.length > 0) {
      // Those that were read aren't kept: there may be 100,000.
      const found = this.#waiting;
      this.#waiting = [];
      for (const inner of found) this.#readOne(inner);
    }
  }

  #readOne(inner: Inner): void {
    const { text, depth, kind } = inner;
    const plain = plainOf(inner);
    if (kind === 'encoded' && plain === text) return;
    // JSON of its own, not of a string of JSON: without its escapes it falls apart.
    const isWhole = kind === 'inside' && plain !== text && PLAIN_QUOTE.test(text.text) && hasMembers(text.text);
    const readsWhole = isWhole && this.#isNew(text, 'whole');
    const readsPlain = this.#isNew(plain, kind === 'body' ? 'body' : 'plain');
    if (!readsWhole && !readsPlain) return;
    // Both readings count: a value's end may be encoded, too.
    const isMore = kind !== 'body' && isEncoded(plain.text, plain !== text);
    // What has no sign of a name is only decoded.
    const isRead = readsWhole || kind === 'body' || NAMING.test(plain.text);
    // A value of the text itself is read in any case.
    if (!this.#budget.spend(text.text.length + (isRead ? READING : 0), depth === 1)) {
      this.#hide(text);
      return;
    }
    if (readsWhole) scanInside(text.text, this.finder(text, depth));
    if (readsPlain && kind === 'body') scanBody(text.text, this.finder(text, depth));
    else if (readsPlain && isRead) this.#read(plain, depth);
    if (readsPlain && isMore) this.add({ text: plain, depth: depth + 1, kind: 'encoded' });
  }

  /** Whether the same text wasn't read so there before: it may be found, and decoded, in several ways. */
  #isNew(text: DecodedText, way: Reading['way']): boolean {
    const [start, end] = [text.place(0), text.place(text.text.length)];
    const latest = this.#done.get(start);
    for (let other = latest; other; other = other.before)
      if (other.end === end && other.way === way && other.text === text.text) return false;
    this.#done.set(start, { text: text.text, end, way, before: latest });
    return true;
  }

  #hide(text: DecodedText): void {
    this.spans.push({ start: text.place(0), end: text.place(text.text.length), place: this.#wholePlace });
  }

  #placeOf(name: string): string {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = `${this.#part} ${name.toLowerCase().replace(/\s/g, '')}`;
    this.#places.set(name, place);
    return place;
  }

  /** The place of what isn't called anything: of a parameter it is a part of the URL. */
  get #wholePlace(): string {
    return this.#part === 'parameter' ? 'url' : this.#part;
  }

  #read(text: DecodedText, depth: number): void {
    this.#addresses(text);
    scanInside(text.text, this.finder(text, depth));
  }

  /** Finds addresses in a text: not all of them could be seen before. */
  #addresses(text: DecodedText): void {
    scanAddresses(text, (start, end) => this.spans.push({ start, end, place: this.#wholePlace }));
  }
}

/** Listener to one text of those that are searched. There may be 100,000, of a few letters each. */
class InnerFinder implements Finder {
  readonly names: Names;
  readonly #search: TextSearch;
  readonly #text: DecodedText;
  readonly #depth: number;

  constructor(search: TextSearch, text: DecodedText, depth: number) {
    this.names = search.names;
    [this.#search, this.#text, this.#depth] = [search, text, depth];
  }

  secret(name: string, start: number, end: number): void {
    this.#search.hide(name, this.#text.place(start), this.#text.place(end));
  }

  inside(start: number, end: number): void {
    // Shorter ones have no room for a name and a value.
    if (end - start >= 3) this.#add(start, end, 'inside');
  }

  body(start: number, end: number): void {
    this.#add(start, end, 'body');
  }

  #add(start: number, end: number, kind: Inner['kind']): void {
    this.#search.add({ text: this.#text.slice(start, end), depth: this.#depth + 1, kind });
  }
}

/** @param isDecoded whether it has escapes of its own still */
function isEncoded(text: string, isDecoded: boolean): boolean {
  return ENCODED.test(text) || ENTITY.test(text) || (isDecoded && ESCAPED.test(text));
}

function plainOf({ text, kind }: Inner): DecodedText {
  if (kind === 'encoded') return decodedOnce(text);
  return kind === 'inside' && ESCAPED.test(text.text) ? text.withoutEscapes() : text;
}

/** Without the escapes, references or percents that it has, the first of these; itself, where it has none. */
function decodedOnce(text: DecodedText): DecodedText {
  // What looks like one may be none: `C:\users`.
  const plain = ESCAPED.test(text.text) ? text.withoutEscapes() : text;
  if (plain !== text) return plain;
  const named = ENTITY.test(text.text) ? text.withoutEntities() : text;
  return named === text && ENCODED.test(text.text) ? text.withoutPercents() : named;
}
