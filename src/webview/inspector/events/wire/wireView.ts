import type { HistoryState, InspectorStrings, StreamStatus } from '../../../../messages/inspector';
import type { WireLine } from '../../../../messages/rows';
import { shorten } from '../../../../text/textCost';
import { element, setLine, setText } from '../../../shared/dom';
import { LineCache, type LineRange } from '../../../shared/lineCache';
import { timeText } from '../../../shared/quantities';
import { VirtualLines } from '../../../shared/virtualLines';
import { WrapChoice } from './wrapChoice';

/** Maximum cost of a line, 300 characters that are hard to lay out, and of all drawn lines: they take 120 ms. */
const LINE_COST = 8000;
const LINES_COST = 400_000;

/** View of the stream's lines as received. */
export class WireView {
  readonly #lines: VirtualLines;
  readonly #cache: LineCache<WireLine>;
  readonly #drawn = new WeakMap<HTMLElement, WireLine>();
  readonly #empty = element('noWire');
  readonly #strings: InspectorStrings;
  /** Whether its lines wrap. */
  readonly wrap: WrapChoice;
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
    this.wrap = new WrapChoice((isOn) => {
      element('wireLines').classList.toggle('wrapped', isOn);
      this.#lines.wraps = isOn;
    });
    element('wireScroller').addEventListener('keydown', (event) => this.#onKey(event));
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

  receive(generation: number, from: number, lines: WireLine[]): void {
    if (this.#cache.receive(generation, from, lines)) this.#lines.draw();
  }

  /** In steps, as a browser scrolls there, it would lose its way: on it, lines turn out to be higher than they seemed. */
  #onKey(event: KeyboardEvent): void {
    const { key, altKey, shiftKey } = event;
    if (!this.wrap.isOn || altKey || shiftKey || (key !== 'Home' && key !== 'End')) return;
    event.preventDefault();
    if (key === 'End') this.#lines.follow();
    else {
      this.#lines.stopFollowing();
      element('wireScroller').scrollTop = 0;
    }
  }

  #drawLine(line: HTMLElement, place: number, drawn: number): void {
    line.classList.toggle('marked', place === this.#marked);
    const shown = this.#cache.get(place);
    const before = this.#drawn.get(line);
    if (shown === undefined || before === shown) return;
    this.#drawn.set(line, shown);
    const { text, time } = shown;
    if (time === undefined) delete line.dataset['time'];
    else line.dataset['time'] = timeText(time);
    // Set only if it differs, so that a selection stays.
    if (before?.text !== text) setLine(line, shorten(text, Math.min(LINE_COST, LINES_COST / drawn)));
  }
}
