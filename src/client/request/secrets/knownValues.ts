// Secrets that are known, where a server gives them back: it may have taken them apart, and written them in its own way.
import { DecodedText } from './decodedText';

/** Shorter ones may stand anywhere by chance. */
const MIN_LENGTH = 8;
/** How much of a value is looked at, in characters: no header that Node takes has more. And of all of them. */
const MAX_READ = 16 * 1024;
const MAX_READ_IN_ALL = 256 * 1024;
/** How much of a text is looked through, in characters: of an address, a small part of that is shown. */
export const MAX_TEXT = 16 * 1024;
/** How much is hidden before its end: a secret may stand across it, a piece of it encoded. */
const BORDER = 1024;
/** How many texts are looked for. */
const MAX_VALUES = 200;
/** Length of the pieces in which texts of a length and more are looked for: any of them is a secret by itself, and of a part that is twice as long, one is whole. */
const SIZES: readonly [from: number, size: number][] = [
  [1024, 64],
  [16, 16],
  [0, MIN_LENGTH],
];
/** How many characters are compared of a text to see how far what was found goes on: many secrets may begin alike. */
const MAX_STEPS = 256 * 1024;
/** In how many ways a text is read: an address may be put into another, into JSON and into HTML. And a value, which stood in one place. */
const MAX_READINGS = 12;
const MAX_READINGS_OF_VALUE = 6;
/** How many digits of base64 depend on what stands before, by how many bytes of it there are. */
const DEPENDENT = [0, 2, 3];

/** Values that are looked for in several texts: they are taken apart once, when the first text comes. */
export class KnownValues {
  readonly #values: readonly string[];
  #pieces: Pieces | undefined;

  constructor(values: readonly string[]) {
    this.#values = values;
  }

  /**
   * Finds them in the text's beginning, also parts of them, and as they read encoded: with percents, as in JSON or HTML, in
   * base64, in hex.
   * What isn't looked through may be one.
   */
  find(text: string, add: (start: number, end: number) => void): void {
    if (text.length > MAX_TEXT) add(MAX_TEXT - BORDER, text.length);
    if (this.#values.length === 0) return;
    this.#pieces ??= new Pieces(partsOf(this.#values).flatMap(formsOf));
    for (const reading of readings(text.slice(0, MAX_TEXT), MAX_READINGS))
      this.#pieces.find(comparable(reading.text), (start, end) => add(reading.place(start), reading.place(end)));
  }
}

/** A text that a piece is of, and where it stands there; then the next such text. */
interface Place {
  text: string;
  at: number;
  next: Place | undefined;
}

/** Texts that are looked for together: in a time that doesn't grow with how many there are, how alike, or how long. */
class Pieces {
  /** Several texts may begin or end alike. */
  readonly #all = new Map<string, Place>();
  /** How long those are that begin so. */
  readonly #sizes = new Map<string, Set<number>>();

  constructor(texts: readonly string[]) {
    for (const text of new Set(texts)) {
      const [, size] = SIZES.find(([from]) => from <= text.length) ?? [0, MIN_LENGTH];
      // The last one ends where the text does.
      for (let at = 0; at < text.length; at += size) {
        const start = Math.min(at, text.length - size);
        this.#add(text.slice(start, start + size), text, start);
      }
    }
  }

  #add(piece: string, text: string, at: number): void {
    this.#all.set(piece, { text, at, next: this.#all.get(piece) });
    const begin = piece.slice(0, MIN_LENGTH);
    this.#sizes.set(begin, (this.#sizes.get(begin) ?? new Set()).add(piece.length));
  }

  /** Finds where they stand; those that overlap are one. */
  find(text: string, add: (start: number, end: number) => void): void {
    const growth = new Growth(text);
    let [start, end] = [0, 0];
    for (let at = 0; at + MIN_LENGTH <= text.length; at += 1) {
      // Longer and shorter ones may begin alike here.
      const least = end;
      for (const size of this.#sizes.get(text.slice(at, at + MIN_LENGTH)) ?? []) {
        if (at + size <= least || at + size > text.length) continue;
        const found = this.#all.get(text.slice(at, at + size));
        if (!found) continue;
        const [from, to] = growth.of({ start: at, end: at + size, least }, found);
        if (from > end || end === 0) {
          if (end > start) add(start, end);
          start = from;
        }
        end = Math.max(end, to);
      }
    }
    if (end > start) add(start, end);
  }
}

/** Sees how far the parts of secrets go in a text of which pieces are found: as long as one of the secrets goes on so. */
class Growth {
  readonly #text: string;
  #left = MAX_STEPS;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns where the part stands; it goes on to the text's end where that would take too long to see. */
  of({ start, end, least }: { start: number; end: number; least: number }, first: Place): [start: number, end: number] {
    let [from, to] = [start, end];
    for (let place: Place | undefined = first; place; place = place.next) {
      const before = this.#before(start, least, place);
      const behind = this.#behind(end, place.at + end - start, place.text);
      from = Math.min(from, before);
      to = Math.max(to, behind);
      this.#left -= 1 + start - before + behind - end;
      if (this.#left < 0) return [from, this.#text.length];
    }
    return [from, to];
  }

  #before(start: number, least: number, { text, at }: Place): number {
    let count = 0;
    while (start - count > least && count < at && this.#text[start - count - 1] === text[at - count - 1]) count += 1;
    return start - count;
  }

  #behind(end: number, at: number, secret: string): number {
    const most = Math.min(secret.length - at, this.#text.length - end);
    let count = 0;
    while (count < most && this.#text[end + count] === secret[at + count]) count += 1;
    return end + count;
  }
}

/** The values themselves, then what they are made of: a cookie's value, a password behind its user. What is longer isn't there. */
function partsOf(values: readonly string[]): string[] {
  const first = values.filter((value) => value.length >= MIN_LENGTH).slice(0, MAX_VALUES);
  const length = Math.min(MAX_READ, Math.floor(MAX_READ_IN_ALL / first.length));
  const begins = first.map((value) => value.slice(0, length));
  const read = begins.flatMap((value) => readings(value, MAX_READINGS_OF_VALUE).map(({ text }) => text));
  const plain = [...begins, ...read.flatMap((text) => [text, fromUtf8(text), fromBase64(text)])];
  const parts = plain.flatMap((value) => value.split(/[\s.,;:&="'()<>[\]{}]+/));
  const long = [...plain, ...parts].filter((part) => part.length >= MIN_LENGTH && part.length <= MAX_TEXT);
  return [...new Set(long)].slice(0, MAX_VALUES);
}

/** Returns the text, and as it reads without its percents, escapes and references, one kind after another: all percents first. */
function readings(text: string, most: number): DecodedText[] {
  const found: DecodedText[] = [];
  const seen = new Set<string>();
  const waiting = [new DecodedText(text)];
  for (let next = waiting.shift(); next && found.length < most; next = waiting.shift()) {
    if (seen.has(next.text)) continue;
    seen.add(next.text);
    found.push(next);
    if (next.text.includes('%')) waiting.unshift(next.withoutPercents());
    if (next.text.includes('\\')) waiting.push(next.withoutEscapes());
    if (next.text.includes('&')) waiting.push(next.withoutEntities());
  }
  return found;
}

/** Returns the letters that the bytes of a text without its percents are; else nothing. */
function fromUtf8(bytes: string): string {
  const isOfBytes = /[\x80-\xff]/.test(bytes) && !/[^\0-\xff]/.test(bytes);
  const text = isOfBytes ? Buffer.from(bytes, 'latin1').toString('utf8') : '';
  return text.includes('\ufffd') ? '' : text;
}

/** User and password of an Authorization header; else nothing. */
function fromBase64(value: string): string {
  const plain = /^[\w+/-]+={0,2}$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : '';
  return /^[^\p{Cc}\ufffd]+$/u.test(plain) ? plain : '';
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = DEPENDENT.map((dependent, before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return digits.slice(dependent, Math.floor(((before + bytes.length) * 4) / 3));
  });
  return [bytes.toString('latin1'), bytes.toString('hex'), ...base64, value].map(comparable);
}

/** A host loses its capitals, a blank may be a plus sign, and base64 has other signs in addresses. All keep their places. */
function comparable(text: string): string {
  // Of a text that isn't all ASCII, a letter may become two.
  const small = /[^\0-\x7f]/.test(text)
    ? text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    : text.toLowerCase();
  return small.replace(/[-+]/g, ' ').replace(/_/g, '/');
}
