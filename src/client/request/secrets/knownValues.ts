// Finds known secrets in what a server sends back, even if it has split or encoded them.
import { DecodedText } from './decodedText';

/** Minimum length of a secret that is searched for, in characters: a shorter one may occur by chance. */
const MIN_LENGTH = 8;
/**
 * Maximum length of a value that is searched for, in characters: no header that Node accepts is longer. Then the same for
 * all together.
 */
const MAX_READ = 16 * 1024;
const MAX_READ_IN_ALL = 256 * 1024;
/** Maximum length of a text that is searched, in characters: of a URL, only a small part of that is shown. */
export const MAX_TEXT = 16 * 1024;
/** Number of characters that are hidden before that limit: a secret may cross it, with a piece of it encoded. */
const BORDER = 1024;
/** Maximum number of texts that are searched for. */
const MAX_VALUES = 200;
/**
 * Length of the pieces that a text is split into for the search, by its minimum length: any piece counts as a secret, and
 * each part of twice that length contains a whole one.
 */
const SIZES: readonly [from: number, size: number][] = [
  [1024, 64],
  [16, 16],
  [0, MIN_LENGTH],
];
/** Maximum number of characters that are compared to see how far a match extends: many secrets may begin alike. */
const MAX_STEPS = 256 * 1024;
/**
 * Maximum number of decodings of a text: a URL may be nested in another one, in JSON and in HTML. Then the same for a
 * value, which was in one place.
 */
const MAX_READINGS = 12;
const MAX_READINGS_OF_VALUE = 6;
/** Number of base64 digits that depend on what precedes the value, by the number of preceding bytes. */
const DEPENDENT = [0, 2, 3];

/** The values to search for in several texts; split only once, for the first text. */
export class KnownValues {
  readonly #values: readonly string[];
  #pieces: Pieces | undefined;

  constructor(values: readonly string[]) {
    this.#values = values;
  }

  /**
   * Finds the values in the beginning of a text, and parts of them, even if encoded: with percent signs, as in JSON or
   * HTML, in base64, in hex. The part that isn't searched counts as a match.
   */
  find(text: string, add: (start: number, end: number) => void): void {
    if (text.length > MAX_TEXT) add(MAX_TEXT - BORDER, text.length);
    if (this.#values.length === 0) return;
    this.#pieces ??= new Pieces(partsOf(this.#values).flatMap(formsOf));
    for (const reading of readings(text.slice(0, MAX_TEXT), MAX_READINGS))
      this.#pieces.find(comparable(reading.text), (start, end) => add(reading.place(start), reading.place(end)));
  }
}

/** The position of a piece in a text; linked to the next text that contains the piece. */
interface Place {
  text: string;
  at: number;
  next: Place | undefined;
}

/** An index of texts that are searched for together: the time doesn't depend on their number, likeness or length. */
class Pieces {
  /** Occurrences of each piece: several texts may begin or end alike. */
  readonly #all = new Map<string, Place>();
  /** Lengths of the pieces, by their beginning. */
  readonly #sizes = new Map<string, Set<number>>();

  constructor(texts: readonly string[]) {
    for (const text of new Set(texts)) {
      const [, size] = SIZES.find(([from]) => from <= text.length) ?? [0, MIN_LENGTH];
      // The last piece ends where the text does.
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

  /** Finds the matches in a text; those that overlap are reported as one. */
  find(text: string, add: (start: number, end: number) => void): void {
    const growth = new Growth(text);
    let [start, end] = [0, 0];
    for (let at = 0; at + MIN_LENGTH <= text.length; at += 1) {
      // Longer and shorter pieces may begin alike here.
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

/** A measure of how far a match extends around a piece: as long as one of the secrets continues alike. */
class Growth {
  readonly #text: string;
  #left = MAX_STEPS;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the range of a match; to the end of the text if comparing would take too long. */
  of({ start, end, least }: { start: number; end: number; least: number }, first: Place): [start: number, end: number] {
    let [from, to] = [start, end];
    for (let place: Place | undefined = first; place; place = place.next) {
      const before = this.#before(start, least, place);
      const behind = this.#after(end, place.at + end - start, place.text);
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

  #after(end: number, at: number, secret: string): number {
    const most = Math.min(secret.length - at, this.#text.length - end);
    let count = 0;
    while (count < most && this.#text[end + count] === secret[at + count]) count += 1;
    return end + count;
  }
}

/**
 * Returns the values, and the parts they are made of: a cookie's value, a password after its user. Longer texts are
 * omitted.
 */
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

/**
 * Returns the text, and what it decodes to without percent signs, escapes and references, one kind after another: all
 * percent signs first.
 */
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

/** Returns the text as UTF-8, if its characters are bytes of that; empty otherwise. */
function fromUtf8(bytes: string): string {
  const isOfBytes = /[\x80-\xff]/.test(bytes) && !/[^\0-\xff]/.test(bytes);
  const text = isOfBytes ? Buffer.from(bytes, 'latin1').toString('utf8') : '';
  return text.includes('\ufffd') ? '' : text;
}

/** Returns user and password of an Authorization header; empty if the value isn't one. */
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

/**
 * Normalizes a text for comparison, without changing its length: a host loses its capitals, a blank may be a plus sign,
 * and base64 has other characters in URLs.
 */
function comparable(text: string): string {
  // In a text beyond ASCII, `toLowerCase` may turn a letter into two.
  const small = /[^\0-\x7f]/.test(text)
    ? text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    : text.toLowerCase();
  return small.replace(/[-+]/g, ' ').replace(/_/g, '/');
}
