// Texts of all kinds, and texts in them.
import type { DecodedText } from './decodedText';
import type { SearchBudget } from './searchBudget';
import { scanComparisons } from './secretComparisons';
import { scanJson } from './secretJson';
import { isOfLines, scanLines } from './secretLines';
import { scanMarkup } from './secretMarkup';
import { hasParts, scanParts } from './secretParts';
import { type Finder, type ParameterSyntax, scanParameters } from './secretScan';
import { IN_TEXT, scanSettings, WORDS } from './secretSettings';
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
/** A string of JSON has these. */
const ESCAPED = /\\["'\\/unr]/;
/** The first quote isn't escaped. */
const PLAIN_QUOTE = /^[^"]*(?<!\\)"/;
const ENCODED = /%(?:[2-5][\da-f]|60|7[bce])/i;
const ENTITY = /&(?:lt|gt|quot|apos|amp|#x?[\da-f]{1,7});/i;
/** Somewhere in a text a name, a colon or an equals sign, and a quote. */
const MEMBER = /\w\\*["']?\s*(?::|=>?)\s*\\*["']/;
/** The beginning of a call, `cb({a:1})`, or of an object in an address, `(a:1)`, `~(a~'b)`. */
const CALL = /^\s*[\w$.]*[~!]?\(/;
/** The head of a section, of settings: no JSON, though it begins so. */
const SECTION = /^\s*\[{1,2}(?!\d|(?:true|false|null)\b)\w[\w. :"/-]{0,200}\]{1,2}[ \t]*(?:[#;].*)?(?:[\r\n]|$)/;
/** Of a header, as no one calls a permission or an event. */
const HEADER_NAME = /^(?:[A-Z]\w*-|[Xx]-|(?:[Pp]roxy-)?[Aa]uthorization$|(?:[Ss]et-)?[Cc]ookie$)/;
const FORM: ParameterSyntax = { before: '&', end: '&', atStart: true };
const LINES: ParameterSyntax = { before: '\r\n', end: '\r\n', atStart: true };

/** Whether the text is JSON, or begins like it. */
export function isJson(text: string): boolean {
  return /^\s*["'[{]/.test(text) && !SECTION.test(text);
}

/** Whether it may have members in it. */
export function hasMembers(text: string): boolean {
  return isJson(text) || MEMBER.test(text) || CALL.test(text);
}

/** A text in a text. */
interface Inner {
  text: DecodedText;
  depth: number;
  kind: 'inside' | 'body' | 'encoded';
  /** Another one that begins there, and was read before. */
  before: Inner | undefined;
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
  readonly #waiting: Inner[] = [];
  /** Texts that were read, by where they begin: the latest, which has the one before. */
  readonly #done = new Map<number, Inner>();
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
    const add = (start: number, end: number, kind: Inner['kind']) =>
      this.#add({ text: text.slice(start, end), depth: depth + 1, kind, before: undefined });
    return {
      secret: (name, start, end) => {
        this.spans.push({ start: text.place(start), end: text.place(end), place: this.#placeOf(name) });
      },
      inside: (start, end) => {
        // Shorter ones have no room for a name and a value.
        if (end - start >= 3) add(start, end, 'inside');
      },
      body: (start, end) => add(start, end, 'body'),
      names: this.#budget.names,
    };
  }

  /** Adds a text of which the encoding is a part. */
  encoded(text: DecodedText): void {
    this.#add({ text, depth: 1, kind: 'encoded', before: undefined });
  }

  /** Reads the texts in texts that were found so far, and those in them. */
  readInner(): void {
    for (const inner of this.#waiting) {
      if (this.#isDone(inner)) continue;
      // A value of the text itself is read in any case.
      if (this.#budget.spend(inner.text.text.length, inner.depth === 1)) this.#read(inner);
      else this.#hide(inner.text);
    }
    this.#waiting.length = 0;
  }

  /** Whether the same text was read there before, as it may be found in several ways. */
  #isDone(inner: Inner): boolean {
    const { text } = inner.text;
    const [start, end] = [inner.text.place(0), inner.text.place(text.length)];
    const latest = this.#done.get(start);
    for (let other = latest; other; other = other.before)
      if (other.kind === inner.kind && other.text.text === text && other.text.place(text.length) === end) return true;
    inner.before = latest;
    this.#done.set(start, inner);
    return false;
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

  #add(inner: Inner): void {
    if (inner.depth <= MAX_DEPTH && SIGN.test(inner.text.text)) this.#waiting.push(inner);
  }

  #read({ text, depth, kind }: Inner): void {
    if (kind === 'body') {
      scanBody(text.text, this.finder(text, depth));
      return;
    }
    const isEscaped = ESCAPED.test(text.text);
    const plain = kind === 'encoded' ? decodedOnce(text) : isEscaped ? text.withoutEscapes() : text;
    if (kind === 'encoded' && plain === text) return;
    // JSON of its own, not of a string of JSON: without its escapes it falls apart.
    if (kind === 'inside' && isEscaped && PLAIN_QUOTE.test(text.text) && hasMembers(text.text))
      scanInside(text.text, this.finder(text, depth));
    this.#addresses(plain);
    scanInside(plain.text, this.finder(plain, depth));
    // Both readings count: a value's end may be encoded, too.
    if (ENCODED.test(plain.text) || ENTITY.test(plain.text) || (plain !== text && ESCAPED.test(plain.text)))
      this.#add({ text: plain, depth: depth + 1, kind: 'encoded', before: undefined });
  }

  /** Finds addresses in a text: not all of them could be seen before. */
  #addresses(text: DecodedText): void {
    scanAddresses(text, (start, end) => this.spans.push({ start, end, place: this.#wholePlace }));
  }
}

/** Without the escapes, references or percents that it has, the first of these; itself, where it has none. */
function decodedOnce(text: DecodedText): DecodedText {
  const ways = [
    ESCAPED.test(text.text) && (() => text.withoutEscapes()),
    ENTITY.test(text.text) && (() => text.withoutEntities()),
    ENCODED.test(text.text) && (() => text.withoutPercents()),
  ];
  for (const decode of ways) {
    const plain = decode ? decode() : text;
    // What looks like one may be none: `C:\users`.
    if (plain.text.length < text.text.length) return plain;
  }
  return text;
}

/** Finds the secrets of a body, or a part of one: JSON, XML, multipart, a form, or lines. */
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
    // No form has a blank in it.
    if (/\s/.test(body)) scanParameters(body, WORDS, finder);
    scanLines(body, finder);
    scanComparisons(body, finder);
    if (hasMembers(body)) scanJson(body, finder);
  }
}

/**
 * Whether it is a header, or a setting. Without a blank behind the colon, permissions and events are written so, too,
 * `token:read`: then the name is surely a header's, or what is behind it is no word.
 */
function isLine(value: string): boolean {
  const [, name = '', blank, text = ''] = /^([\w-]+):( ?)(?=(\S+))[^\r\n]*$/.exec(value) ?? [];
  // A mask stands for such a text.
  const isNoWord = text.startsWith('•') || (text.length >= 8 && /\d/.test(text) && /[a-z]/i.test(text));
  return blank === ' ' || HEADER_NAME.test(name) || isNoWord;
}

/** Finds the secrets of a value that may be JSON, an address or a form of its own. */
function scanInside(value: string, finder: Finder): void {
  const startsAsJson = isJson(value);
  // A query of GraphQL has arguments in it.
  if (hasMembers(value)) scanJson(value, finder);
  if (/^\s*<[\w?!]/.test(value)) scanMarkup(value, finder);
  if (!startsAsJson && value.includes('=')) scanSettings(value, finder);
  if (!startsAsJson) scanComparisons(value, finder);
  const isOne = isLine(value);
  // Headers, settings.
  if (isOne || isOfLines(value)) {
    scanLines(value, finder);
    if (/[\r\n]/.test(value)) scanParameters(value, LINES, finder);
  }
}
