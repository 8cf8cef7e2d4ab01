// Searches nested texts.
import { DecodedText } from './decodedText';
import type { Names } from './scan/nameMeanings';
import type { Finder } from './scan/secretFinder';
import { hasMembers, scanBody, scanInside } from './scan/secretText';
import { READING, type SearchBudget } from './searchBudget';
import { scanAddresses } from './secretShapes';

/** The range of a secret in a text, and its place. */
export interface Span {
  start: number;
  end: number;
  /** Name of the place; the same secret with the same place gets the same number, wherever it is in the text. */
  place: string;
}

/** Maximum depth of nested texts: JSON in a parameter of a URL in a header is three. */
const MAX_DEPTH = 12;
/** Characters without which nothing in a text can have a name. */
const SIGN = /[=:<,%&\\~|'"]|[ +]eq[ +]/i;
/** The same for a text that isn't encoded. */
const NAMING = /[=:<,~|'"(\s+@]/;
/** Escapes that occur in a string of JSON. */
const ESCAPED = /\\["'\\/unr]/;
/** Pattern of a text whose first quote isn't escaped. */
const PLAIN_QUOTE = /^[^"]*(?<!\\)"/;
const ENCODED = /%(?:[2-5][\da-f]|60|7[bce])/i;
const ENTITY = /&(?:lt|gt|quot|apos|amp|#x?[\da-f]{1,7});/i;
/** A nested text. */
interface Inner {
  text: DecodedText;
  depth: number;
  kind: 'inside' | 'body' | 'encoded';
}

/** A text that was read. */
interface Reading {
  text: string;
  end: number;
  /** Manner of reading. `plain`: decoded, as far as it was known to be encoded; `whole`: with its own escapes. */
  way: 'plain' | 'whole' | 'body';
  /** Earlier reading that begins at the same position. */
  before: Reading | undefined;
}

/**
 * A search for the secrets in one text of a request, and in the texts nested in it. It is breadth-first: however many
 * texts there are at a depth, those further out are read before the budget is spent. A text that isn't read then counts as
 * a secret as a whole.
 */
export class TextSearch {
  readonly spans: Span[] = [];
  readonly #part: string;
  readonly #budget: SearchBudget;
  #queue: Inner[] = [];
  /** Latest reading by start position; each is linked to the one before. */
  readonly #done = new Map<number, Reading>();
  /** Places of secrets, by name. */
  readonly #places = new Map<string, string>();

  /** @param part of the request that the text is; the place of a secret begins with it @param budget of the request */
  constructor(part: string, budget: SearchBudget) {
    [this.#part, this.#budget] = [part, budget];
  }

  /** Returns the finder for a text that is about to be read. */
  finder(text: DecodedText, depth = 0): Finder {
    return new InnerFinder(this, text, depth);
  }

  /** Meanings of names, shared by the whole request. */
  get names(): Names {
    return this.#budget.names;
  }

  /** Adds a secret with a name. */
  hide(name: string, start: number, end: number): void {
    this.spans.push({ start, end, place: this.#placeOf(name) });
  }

  /** Queues a nested text, if it may contain names. */
  add(inner: Inner): void {
    if (inner.depth <= MAX_DEPTH && SIGN.test(inner.text.text)) this.#queue.push(inner);
  }

  /** Queues a text that may be encoded as a whole. */
  encoded(text: DecodedText): void {
    this.add({ text, depth: 1, kind: 'encoded' });
  }

  /** Reads the nested texts found so far, and those nested in them. */
  readInner(): void {
    while (this.#queue.length > 0) {
      // Don't keep the texts that were read: there may be 100,000.
      const found = this.#queue;
      this.#queue = [];
      for (const inner of found) this.#readOne(inner);
    }
  }

  /** Whether a text has a secret, which was encoded in one of the texts as a whole; also one that there is no room for. */
  hasSecret(text: string): boolean {
    if (!this.#budget.spend(text.length + READING, false)) return true;
    const search = new TextSearch(this.#part, this.#budget);
    scanBody(text, search.finder(new DecodedText(text)));
    search.readInner();
    return search.spans.length > 0;
  }

  #readOne(inner: Inner): void {
    const { text, depth, kind } = inner;
    const plain = plainOf(inner);
    if (kind === 'encoded' && plain === text) return;
    // A text that is JSON by itself, not within a JSON string: decoding its escapes would break it.
    const isWhole = kind === 'inside' && plain !== text && PLAIN_QUOTE.test(text.text) && hasMembers(text.text);
    const readsWhole = isWhole && this.#isNew(text, 'whole');
    const readsPlain = this.#isNew(plain, kind === 'body' ? 'body' : 'plain');
    if (!readsWhole && !readsPlain) return;
    // Both readings count: the end of a value may be encoded, too.
    const isMore = kind !== 'body' && isEncoded(plain.text, plain !== text);
    // A text without any sign of a name is only decoded.
    const isRead = readsWhole || kind === 'body' || NAMING.test(plain.text);
    // A value directly in the text is read in any case.
    if (!this.#budget.spend(text.text.length + (isRead ? READING : 0), depth === 1)) {
      this.#hide(text);
      return;
    }
    if (readsWhole) scanInside(text.text, this.finder(text, depth));
    if (readsPlain && kind === 'body') scanBody(text.text, this.finder(text, depth));
    else if (readsPlain && isRead) this.#read(plain, depth);
    if (readsPlain && isMore) this.add({ text: plain, depth: depth + 1, kind: 'encoded' });
  }

  /** Whether the same text wasn't yet read in that way at that position: it may be found, and decoded, in several ways. */
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

  /** Place of a secret without a name: a parameter is part of the URL. */
  get #wholePlace(): string {
    return this.#part === 'parameter' ? 'url' : this.#part;
  }

  #read(text: DecodedText, depth: number): void {
    this.#addresses(text);
    scanInside(text.text, this.finder(text, depth));
  }

  /** Finds URLs in a text: not all of them were visible before. */
  #addresses(text: DecodedText): void {
    scanAddresses(text, (start, end) => this.spans.push({ start, end, place: this.#wholePlace }));
  }
}

/** The finder for one of the texts. There may be 100,000 of them, of a few letters each. */
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
    // A shorter text has no room for a name and a value.
    if (end - start >= 3) this.#add(start, end, 'inside');
  }

  body(start: number, end: number): void {
    this.#add(start, end, 'body');
  }

  #add(start: number, end: number, kind: Inner['kind']): void {
    this.#search.add({ text: this.#text.slice(start, end), depth: this.#depth + 1, kind });
  }
}

/**
 * Whether the text contains anything encoded.
 * @param isDecoded whether escapes were decoded once; then any others count, too
 */
function isEncoded(text: string, isDecoded: boolean): boolean {
  return ENCODED.test(text) || ENTITY.test(text) || (isDecoded && ESCAPED.test(text));
}

function plainOf({ text, kind }: Inner): DecodedText {
  if (kind === 'encoded') return decodedOnce(text);
  return kind === 'inside' && ESCAPED.test(text.text) ? text.withoutEscapes() : text;
}

/**
 * Returns the text with its escapes, references or percent signs decoded, whichever it has first; the text itself if it
 * has none.
 */
function decodedOnce(text: DecodedText): DecodedText {
  // Apparent escapes may be none: `C:\users`.
  const plain = ESCAPED.test(text.text) ? text.withoutEscapes() : text;
  if (plain !== text) return plain;
  const named = ENTITY.test(text.text) ? text.withoutEntities() : text;
  return named === text && ENCODED.test(text.text) ? text.withoutPercents() : named;
}
