import type { Silence } from './timelineView';

/** Shortest silence that is kept, in milliseconds: there are at most 240 of them in a minute. */
const SHORTEST = 250;
const MAX_KEPT = 512;
/** Time in which a silence is kept for being recent, however short it is, in milliseconds. */
const RECENT = 62_000;
/** Length above which a silence is always shown, in milliseconds. */
const LONG = 15_000;
const MAX_SHOWN = 100;

/** The longest silences, and those of the last minute. */
export class Silences {
  #kept: Silence[] = [];
  #longest: number | undefined;

  /** Length of the longest, in milliseconds; undefined if there is none. */
  get longest(): number | undefined {
    return this.#longest;
  }

  add(silence: Silence): void {
    this.#longest = Math.max(this.#longest ?? 0, lengthOf(silence));
    if (lengthOf(silence) < SHORTEST) return;
    this.#kept.push(silence);
    if (this.#kept.length > MAX_KEPT) this.#dropShortest(silence.to - RECENT);
  }

  /** Returns the silences to be shown in a range, in order: long ones, and the longest. @param current see `add` */
  within(from: number, to: number, current?: Silence): Silence[] {
    const all = current ? [...this.#kept, current] : this.#kept;
    const seen = all.filter((silence) => silence.from < to && silence.to > from);
    const byLength = seen.sort((one, other) => lengthOf(other) - lengthOf(one)).slice(0, MAX_SHOWN);
    return byLength
      .filter((silence, index) => index === 0 || lengthOf(silence) > LONG)
      .sort((one, other) => one.from - other.from);
  }

  /** Drops the shortest of those that ended before a time; if there are none, the oldest. */
  #dropShortest(before: number): void {
    let [shortest, least] = [0, Number.POSITIVE_INFINITY];
    for (const [index, silence] of this.#kept.entries()) {
      if (silence.to >= before) break;
      if (lengthOf(silence) < least) [shortest, least] = [index, lengthOf(silence)];
    }
    this.#kept.splice(shortest, 1);
  }
}

function lengthOf({ from, to }: Silence): number {
  return to - from;
}
