import type { Silence } from '../../../analysis/timeline/timelineView';
import { countText, durationText } from '../../shared/quantities';
import { BASE, LABELS_END, type Plot, placeOf, shade, upright } from './plot';

/** Smallest burst that gets its count. */
const MIN_BURST = 5;
/** Maximum number of bursts that are looked at, the largest first. */
const MAX_BURSTS = 40;
const SIZE = 11;
/** Room between labels, in pixels. */
const ROOM = 4;

/** Texts over the columns, of which none covers another. */
export class Labels {
  readonly #plot: Plot;
  readonly #taken: { from: number; to: number }[] = [];

  constructor(plot: Plot) {
    this.#plot = plot;
    plot.context.font = `${SIZE}px ${plot.colours.font}`;
    plot.context.textAlign = 'center';
    plot.context.textBaseline = 'bottom';
  }

  /** Shades the silences, and says how long they are, the longest first: that one always. */
  drawSilences(): void {
    const { picture, colours } = this.#plot;
    for (const silence of picture.silences) {
      const [from, to] = [placeOf(this.#plot, silence.from), placeOf(this.#plot, silence.to)];
      shade(this.#plot, colours.text, [from, LABELS_END, to - from, BASE - LABELS_END]);
      for (const end of [from, to]) upright(this.#plot, colours.lines, [end, LABELS_END, BASE], [2, 2]);
    }
    const byLength = [...picture.silences].sort((one, other) => lengthOf(other) - lengthOf(one));
    for (const silence of byLength) {
      const middle = (placeOf(this.#plot, silence.from) + placeOf(this.#plot, silence.to)) / 2;
      this.#draw(durationText(lengthOf(silence)), middle, LABELS_END - 1);
    }
  }

  /** Writes the counts of bursts, the largest first. @param topOf returns the top of a column */
  drawBursts(topOf: (column: number) => number): void {
    const { picture, width } = this.#plot;
    const bursts = [...picture.bursts.entries()].filter(([, size]) => size >= MIN_BURST);
    const largest = bursts.sort(([, one], [, other]) => other - one).slice(0, MAX_BURSTS);
    for (const [column, size] of largest)
      this.#draw(countText(size), ((column + 0.5) / picture.bursts.length) * width, topOf(column) - 1);
  }

  /** Draws a text, unless it would cover another. */
  #draw(text: string, middle: number, bottom: number): void {
    const { context, colours, width } = this.#plot;
    const half = context.measureText(text).width / 2;
    const at = Math.max(half, Math.min(width - half, middle));
    const [from, to] = [at - half - ROOM, at + half + ROOM];
    if (this.#taken.some((other) => from < other.to && to > other.from)) return;
    this.#taken.push({ from, to });
    context.fillStyle = colours.text;
    context.fillText(text, at, Math.max(SIZE, bottom));
  }
}

function lengthOf({ from, to }: Silence): number {
  return to - from;
}
