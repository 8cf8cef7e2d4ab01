import type { HistoryState, InspectorStrings, StreamStatus } from '../../../messages/inspector';
import { shorten } from '../../../text/textCost';
import { element, setLine, setText } from '../../shared/dom';
import { LineCache, type LineRange } from '../../shared/lineCache';
import { VirtualLines } from '../../shared/virtualLines';

/** Maximum cost of a line, 300 characters that are hard to lay out, and of all drawn lines: they take 120 ms. */
const LINE_COST = 8000;
const LINES_COST = 400_000;

/** View of the stream's lines as received. */
export class WireView {
  readonly #lines: VirtualLines;
  readonly #cache: LineCache<string>;
  readonly #drawn = new WeakMap<HTMLElement, string>();
  readonly #empty = element('noWire');
  readonly #strings: InspectorStrings;
  /** Position of the line that is marked. */
  #marked: number | undefined;
  /** Positions of all lines. */
  #all: LineRange = { first: 0, end: 0 };

  /** @param ask requests the lines from one position to another, `to` excluded */
  constructor(strings: InspectorStrings, ask: (generation: number, from: number, to: number) => void) {
    this.#strings = strings;
    this.#cache = new LineCache(ask);
    this.#lines = new VirtualLines({
      scroller: element('wireScroller'),
      sizer: element('wireSizer'),
      lines: element('wireLines'),
      badge: element('newLines'),
      oneNew: strings.oneNewLine,
      manyNew: strings.newLines,
      createLine: () => document.createElement('div'),
      drawLine: (...line) => this.#drawLine(...line),
      endOfNewest: (length) => this.#cache.endOfNewest(length, this.#all),
      onShow: (from, to) => this.#cache.requestMissing(from, to, this.#all),
    });
  }

  show({ generation, wireLines, evictedLines }: HistoryState): void {
    this.#cache.update(generation);
    // The previous last line may have grown.
    this.#cache.forget(this.#all.end - 1);
    this.#all = { first: evictedLines, end: evictedLines + wireLines };
    this.#empty.hidden = wireLines > 0;
    this.#lines.update(this.#all.first, this.#all.end);
  }

  /** Position of the line where the user is. */
  get place(): number {
    return this.#marked ?? Math.max(this.#all.first, this.#lines.firstVisible);
  }

  /** Shows the line at a position, marks it, and gives the focus to the view. */
  goTo(place: number): void {
    this.#reveal(place);
    this.focus();
  }

  focus(): void {
    element('wireScroller').focus();
  }

  /** Shows the line at a position, and marks it. @param _generation lines have the same positions in all */
  jumpTo(_generation: number, place: number): void {
    this.#reveal(place);
  }

  #reveal(place: number): void {
    this.#marked = place;
    this.#lines.stopFollowing();
    this.#lines.reveal(place);
    this.#lines.draw();
  }

  /** Removes all lines. */
  clear(): void {
    this.#marked = undefined;
    this.#lines.clear();
  }

  showStatus({ running }: Pick<StreamStatus, 'running'>): void {
    setText(this.#empty, running ? this.#strings.nothingYet : this.#strings.nothing);
  }

  receive(generation: number, from: number, lines: string[]): void {
    if (this.#cache.receive(generation, from, lines)) this.#lines.draw();
  }

  #drawLine(line: HTMLElement, place: number, drawn: number): void {
    line.classList.toggle('marked', place === this.#marked);
    const text = this.#cache.get(place);
    if (text === undefined || this.#drawn.get(line) === text) return;
    // Set only if it differs, so that a selection stays.
    this.#drawn.set(line, text);
    setLine(line, shorten(text, Math.min(LINE_COST, LINES_COST / drawn)));
  }
}
