import { Directions } from './directions';

/**
 * Layout costs of characters in a browser, in units of an ordinary Latin letter (about 0.3 µs, measured in Chromium 156
 * with the inspector's style). Text with a high cost is cut into pieces, or shortened.
 */
export const COST = {
  /** A Chinese, Japanese or Korean character; a tab; or a symbol that repeats the one before. */
  wide: 3,
  /** A line end: a line takes as long as many letters. */
  line: 16,
  /** A change of script, or possibly of font, which begins a new text run. */
  run: 16,
  /** A joining, right-to-left or control character, or an emoji: each may be a run of its own. */
  complex: 24,
  /** A character of a less common script, the first time in a piece: looking up a font may take some 0.1 ms. */
  rare: 80,
  /** Each further mark on an overlong cluster (one visible character): their time grows by the square or cube. */
  pile: 192,
  /** Any other character, the first time in a piece: there may be no font, and the search for one takes long. */
  unknown: 480,
} as const;

/** Maximum cost of a piece that is laid out at once: 5 ms, and few enough marks that quadratic costs don't matter. */
export const PIECE_COST = 16_000;

/** Maximum distance that a cut is moved back to avoid splitting a cluster (one visible character), in UTF-16 code units. */
const MAX_CLUSTER = 64;

/** Maximum length of an ordinary cluster, in any script and of emoji, in characters; any more count as `COST.pile`. */
const MAX_JOINED = 16;

/** Characters that a cut is not made before: marks, including those that Unicode classes as letters, and emoji modifiers. */
const JOINED = /^(?:\p{M}|\p{Emoji_Modifier}|\u0e33|\u0eb3|\u200c|\u200d|[\u{e0020}-\u{e007f}])/u;
const JOINER = 0x200d;

/** Scripts with one font and one run; `cjk`: characters that continue a run of any wide script; and all others by cost. */
type Group =
  | ('latin' | 'greek' | 'cyrillic')
  | ('han' | 'kana' | 'hangul' | 'bopomofo' | 'fullwidth' | 'cjk')
  | ('symbol' | 'complex' | 'rare' | 'unknown');

const WIDE: readonly (Group | number)[] = ['han', 'kana', 'hangul', 'bopomofo', 'fullwidth', 'cjk'];
const EASY: readonly Group[] = ['latin', 'greek', 'cyrillic'];

/** Ranges of characters: each begins with the given one and ends before the next range. */
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
  [0x3000, 'symbol'],
  [0x3001, 'cjk'],
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

/** A part of a text, given by its end, and its cost. */
export interface Cut {
  end: number;
  cost: number;
}

/** An estimator of layout costs that cuts texts into pieces. */
export class TextCost {
  /** The expensive characters of the piece, and whether each joins the one before it. */
  #seen = new Map<number, boolean>();
  /** Number of characters in the last character's cluster; 0 if that character is not expensive. */
  #joined = 0;
  #isAfterJoiner = false;
  /** The last character's run: a group, or the code of a symbol. */
  #last: Group | number = 'latin';
  readonly #directions = new Directions();

  /**
   * Returns the end of the part of the text that begins at `from` and costs no more than the budget, but has at least one
   * character. It ends after a line end if there is one in its second half, else after a space or a comma near its end, and
   * never within a cluster, unless that is very long.
   */
  cut(text: string, from: number, budget: number): Cut {
    if (this.#seen.size > 0) this.#seen = new Map();
    this.#joined = 0;
    this.#directions.clear();
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
    // Fast path: most characters of most texts.
    if (code >= 0x20 && code < 0x7f && this.#last === 'latin') return this.#cheap(code, 1);
    if (code === 0x0a) return COST.line;
    if (code === 0x09) return COST.wide;
    const group = groupOf(code);
    // Two symbols may have different fonts.
    const run = group === 'symbol' ? code : group;
    // Characters that go with any wide script continue the run before them.
    const goesOn = run === this.#last || (group === 'cjk' && isWide(this.#last));
    if (!goesOn) this.#last = run;
    const begins = goesOn ? 0 : COST.run;
    if (isWide(group)) return this.#cheap(code, COST.wide, begins);
    if (EASY.includes(group)) return this.#cheap(code, 1, begins);
    const paired = this.#directions.take(code) * COST.complex;
    const isNew = !this.#seen.has(code);
    this.#joined = this.#joins(code) ? joined + 1 : 1;
    if (this.#joined > MAX_JOINED) return paired + COST.pile;
    if (group === 'symbol') return this.#cheap(code, COST.wide, begins);
    return paired + (isNew && (group === 'rare' || group === 'unknown') ? COST[group] : COST.complex);
  }

  /** @param begins cost of the run that the character begins: a second one isn't counted */
  #cheap(code: number, cost: number, begins = 0): number {
    return this.#directions.takeCheap(code) && begins === 0 ? COST.complex : begins + cost;
  }

  /** Whether an expensive character joins the cluster of the one before, if that is expensive, too. */
  #joins(code: number): boolean {
    const isJoined = this.#seen.get(code) ?? JOINED.test(String.fromCodePoint(code));
    this.#seen.set(code, isJoined);
    const isAfterJoiner = this.#isAfterJoiner;
    this.#isAfterJoiner = code === JOINER;
    return isJoined || isAfterJoiner;
  }
}

/** Returns the text if it costs no more than the budget; else its beginning and "…". */
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

/** Returns the start of the cluster that a cut at this index would split; the index itself if that is too far back. */
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
