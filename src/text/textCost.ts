/**
 * Figures for how long a browser takes to lay text out, in units of an ordinary Latin letter (about 0.3 µs, measured in
 * Chromium 156 with the inspector's style). Text that costs many of them is cut into pieces, or shortened.
 */
export const COST = {
  /** A Chinese, Japanese or Korean character; a tab; or a symbol that was there just before. */
  wide: 3,
  /** A line end: a line takes as long as many letters. */
  line: 16,
  /** Another script, or it may be another font: a run of text of its own. */
  run: 16,
  /** A character that joins others, runs from right to left, controls or is an emoji: each may be a run of its own. */
  complex: 24,
  /** A character of a less common script, the first time in a piece: the system may be asked for a font, for some 0.1 ms. */
  rare: 80,
  /** One more of very many that are seen as one character: they take the square of their number, or the cube. */
  pile: 192,
  /** Any other character, the first time in a piece: there may be no font, and the system is asked at length. */
  unknown: 480,
} as const;

/** Maximum cost of a piece that is laid out as one: 5 ms; and so few marks that what is quadratic of it doesn't tell. */
export const PIECE_COST = 16_000;

/** Maximum number of UTF-16 units that a cut goes back, so that it doesn't fall into what is seen as one character. */
const MAX_CLUSTER = 64;

/** Maximum number of characters that are seen as one, in any script and of emoji, before they are a pile. */
const MAX_JOINED = 16;

/** Characters that a cut doesn't fall in front of: marks, also those that are letters to Unicode, and what changes an emoji. */
const JOINED = /^(?:\p{M}|\p{Emoji_Modifier}|\u0e33|\u0eb3|\u200c|\u200d|[\u{e0020}-\u{e007f}])/u;
const JOINER = 0x200d;

/** Scripts whose letters have one font and make one run; `cjk`: what goes with each of the wide ones; and all others, by their cost. */
type Group =
  | ('latin' | 'greek' | 'cyrillic')
  | ('han' | 'kana' | 'hangul' | 'bopomofo' | 'fullwidth' | 'cjk')
  | ('symbol' | 'complex' | 'rare' | 'unknown');

const WIDE: readonly (Group | number)[] = ['han', 'kana', 'hangul', 'bopomofo', 'fullwidth', 'cjk'];
const EASY: readonly Group[] = ['latin', 'greek', 'cyrillic'];

/** First characters of the ranges that text is mostly made of, and what they are up to the next one. */
const RANGES: [first: number, group: Group][] = [
  [0, 'complex'],
  [0x20, 'latin'],
  [0x7f, 'complex'],
  [0xa0, 'latin'],
  [0x180, 'symbol'],
  [0x300, 'complex'],
  [0x370, 'symbol'],
  [0x391, 'greek'],
  [0x3a2, 'symbol'],
  [0x3a3, 'greek'],
  [0x3cf, 'symbol'],
  [0x400, 'cyrillic'],
  [0x460, 'rare'],
  [0x483, 'complex'],
  [0x48a, 'rare'],
  [0x490, 'cyrillic'],
  [0x492, 'rare'],
  [0x590, 'complex'],
  [0x700, 'rare'],
  [0x900, 'complex'],
  [0x980, 'rare'],
  [0xe00, 'complex'],
  [0xe80, 'rare'],
  [0x1e00, 'symbol'],
  [0x2000, 'complex'],
  [0x2010, 'symbol'],
  [0x2028, 'complex'],
  [0x2030, 'symbol'],
  [0x2060, 'complex'],
  [0x2070, 'symbol'],
  [0x20d0, 'complex'],
  [0x2100, 'symbol'],
  [0x2800, 'rare'],
  [0x2e80, 'rare'],
  [0x3000, 'cjk'],
  [0x3005, 'han'],
  [0x3008, 'cjk'],
  [0x3020, 'symbol'],
  [0x302a, 'complex'],
  [0x3030, 'symbol'],
  [0x3041, 'kana'],
  [0x3097, 'complex'],
  [0x309b, 'kana'],
  [0x3100, 'symbol'],
  [0x3105, 'bopomofo'],
  [0x3130, 'symbol'],
  [0x3131, 'hangul'],
  [0x318f, 'symbol'],
  [0x31a0, 'bopomofo'],
  [0x31c0, 'symbol'],
  [0x31f0, 'kana'],
  [0x3200, 'symbol'],
  [0x3400, 'han'],
  [0x4dc0, 'symbol'],
  [0x4e00, 'han'],
  [0xa000, 'rare'],
  [0xac00, 'hangul'],
  [0xd7a4, 'unknown'],
  [0xfe00, 'complex'],
  [0xfe10, 'unknown'],
  [0xff01, 'cjk'],
  [0xff21, 'fullwidth'],
  [0xff3b, 'cjk'],
  [0xff41, 'fullwidth'],
  [0xff5b, 'cjk'],
  [0xff66, 'kana'],
  [0xffa0, 'symbol'],
  [0xffe0, 'cjk'],
  [0xffe7, 'unknown'],
  [0x1d400, 'rare'],
  [0x1d800, 'unknown'],
  [0x1f000, 'complex'],
  [0x1fb00, 'unknown'],
  [0x20000, 'rare'],
  [0x32400, 'unknown'],
];

/** A part of a text: where it ends, and its cost. */
export interface Cut {
  end: number;
  cost: number;
}

/** Knows how long texts take to be laid out, and where to cut them. */
export class TextCost {
  /** Characters of the piece that are hard, and whether they join the one before. */
  #seen = new Map<number, boolean>();
  /** Number of characters that are seen as one with the last, with it; none where that isn't hard. */
  #joined = 0;
  #isAfterJoiner = false;
  /** What the last character's run is of: a group, or a symbol. */
  #last: Group | number = 'latin';

  /**
   * Returns where a part of the text ends that begins there and costs no more than the budget, though at the least one
   * character: behind a line end if there is one in its second half, else behind a space or a comma near its end, and
   * never within a character as it is seen, unless that is very long.
   */
  cut(text: string, from: number, budget: number): Cut {
    if (this.#seen.size > 0) this.#seen = new Map();
    this.#joined = 0;
    let [at, cost] = [from, 0];
    const line: Cut = { end: from, cost: 0 };
    const word: Cut = { end: from, cost: 0 };
    while (at < text.length) {
      const code = text.codePointAt(at) ?? 0;
      const more = this.#costOf(code);
      if (cost + more > budget && at > from) {
        if (line.end - from > (at - from) / 2) return line;
        if (word.end - from > ((at - from) * 7) / 8) return word;
        return { end: clusterStart(text, from, at), cost };
      }
      cost += more;
      at += code > 0xffff ? 2 : 1;
      if (code === 0x0a) [line.end, line.cost] = [at, cost];
      else if (code === 0x20 || code === 0x2c) [word.end, word.cost] = [at, cost];
    }
    return { end: at, cost };
  }

  #costOf(code: number): number {
    const joined = this.#joined;
    this.#joined = 0;
    // Most characters of most texts.
    if (code >= 0x20 && code < 0x7f && this.#last === 'latin') return 1;
    if (code === 0x0a) return COST.line;
    if (code === 0x09) return COST.wide;
    const group = groupOf(code);
    // Two symbols may have two fonts.
    const run = group === 'symbol' ? code : group;
    // What goes with each of the wide scripts stays with the one before it.
    const goesOn = run === this.#last || (group === 'cjk' && isWide(this.#last));
    if (!goesOn) this.#last = run;
    const begins = goesOn ? 0 : COST.run;
    if (isWide(group)) return begins + COST.wide;
    if (EASY.includes(group)) return begins + 1;
    const isNew = !this.#seen.has(code);
    this.#joined = this.#joins(code) ? joined + 1 : 1;
    if (this.#joined > MAX_JOINED) return COST.pile;
    if (group === 'symbol') return begins + COST.wide;
    return isNew && (group === 'rare' || group === 'unknown') ? COST[group] : COST.complex;
  }

  /** Whether the hard character is seen as one with the one before, if that is hard too. */
  #joins(code: number): boolean {
    const isJoined = this.#seen.get(code) ?? JOINED.test(String.fromCodePoint(code));
    this.#seen.set(code, isJoined);
    const isAfterJoiner = this.#isAfterJoiner;
    this.#isAfterJoiner = code === JOINER;
    return isJoined || isAfterJoiner;
  }
}

/** The text, if it costs no more than the budget; else its beginning, and "…". */
export function shorten(text: string, budget: number): string {
  if (text.length * (COST.unknown + COST.run) <= budget) return text;
  const { end } = new TextCost().cut(text, 0, budget);
  return end < text.length ? `${text.slice(0, end)}…` : text;
}

function isWide(group: Group | number): boolean {
  return WIDE.includes(group);
}

function groupOf(code: number): Group {
  let [low, high] = [0, RANGES.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((RANGES[middle]?.[0] ?? 0) <= code) low = middle;
    else high = middle;
  }
  return RANGES[low]?.[1] ?? 'unknown';
}

/** Where the character begins, as it is seen, that a cut at that place would fall into. */
function clusterStart(text: string, from: number, at: number): number {
  let start = at;
  while (start > from && at - start < MAX_CLUSTER) {
    if (!JOINED.test(text.slice(start, start + 2)) && text.charCodeAt(start - 1) !== JOINER) return start;
    start -= 1;
    if (isLow(text.charCodeAt(start)) && isHigh(text.charCodeAt(start - 1))) start -= 1;
  }
  return start > from && at - start < MAX_CLUSTER ? start : at;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
