import { format, inNextFrame, setText } from './dom';
import { LineHeight } from './lineHeight';
import { countText } from './quantities';

export interface VirtualLinesOptions {
  /** What scrolls. It holds `sizer`, which is as high as all lines, and that holds `lines`, which has those in sight. */
  scroller: HTMLElement;
  sizer: HTMLElement;
  lines: HTMLElement;
  /** Says how many lines have come unseen, and leads to the end. */
  badge: HTMLElement;
  oneNew: string;
  manyNew: string;
  createLine(): HTMLElement;
  /** @param drawn how many lines are drawn, in sight and near to it: they are laid out at one go */
  drawLine(line: HTMLElement, place: number, drawn: number): void;
  /** The place behind the newest lines that can be drawn, so many one after the other; none where they aren't here. */
  endOfNewest(length: number): number | undefined;
  /** The lines from one place to another are to be seen, `to` excluded. */
  onShow(from: number, to: number): void;
}

/** A browser makes no element higher than some 33 million pixels: of more lines, the newest are shown. */
const MAX_HEIGHT = 30_000_000;
/** Number of lines that are drawn out of sight, on each side: a browser scrolls before it asks for what it shows. */
const MARGIN = 10;
/** The keys that scroll up. */
const UPWARDS = ['Home', 'PageUp', 'ArrowUp'];
/** Nearer to the end than so many pixels is at the end. */
const NEAR = 2;

/**
 * Lines of one height, of which those in sight exist. A line is known by its place, which it keeps when lines before it
 * are dropped. At the end, it stays at the end while lines come; else what is in sight stays.
 */
export class VirtualLines {
  readonly #options: VirtualLinesOptions;
  readonly #lineHeight: LineHeight;
  readonly #shown = new Map<number, HTMLElement>();
  /** The places of all lines. */
  #first = 0;
  #end = 0;
  /** The place that stands at the top of what can be scrolled, as it was last drawn. */
  #top = 0;
  #isFollowing = true;
  #lastOffset = 0;
  /** Where the end was when it was last in sight. */
  #seen = 0;

  /** Draws in the next animation frame. */
  readonly draw = inNextFrame(() => this.#draw());

  constructor(options: VirtualLinesOptions) {
    const { scroller, badge } = options;
    this.#options = options;
    this.#lineHeight = new LineHeight(scroller, (before) => this.#resize(before));
    // At once: what is shown again may have been cleared meanwhile.
    new ResizeObserver(() => this.#draw()).observe(scroller);
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    // A browser scrolls in small steps, and lines that come between two of them would undo the first.
    scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#leaveEnd(), { passive: true });
    scroller.addEventListener('keydown', ({ key }) => UPWARDS.includes(key) && this.#leaveEnd());
    badge.addEventListener('click', () => {
      this.follow();
      scroller.focus();
    });
  }

  /** How many lines fit, at the least one. */
  get perPage(): number {
    const { scroller, sizer } = this.#options;
    return Math.max(1, Math.floor((scroller.clientHeight - sizer.offsetTop) / this.#height));
  }

  /** The place of the first line in sight. */
  get firstInSight(): number {
    return this.#top + Math.ceil(this.#options.scroller.scrollTop / this.#height);
  }

  /** The line's element, where it is shown. */
  lineAt(place: number): HTMLElement | undefined {
    return this.#shown.get(place);
  }

  /** @param first the place of the first line @param end the place behind the last one */
  update(first: number, end: number): void {
    this.#first = first;
    this.#end = end;
    if (first === end) this.#isFollowing = true;
    this.draw();
  }

  /** Goes to the end, and stays there. */
  follow(): void {
    this.#isFollowing = true;
    this.draw();
  }

  /** All lines that are shown were cleared. They go at once, and not when others have come in their place. */
  clear(): void {
    for (const line of this.#shown.values()) line.remove();
    this.#shown.clear();
    this.#options.badge.hidden = true;
    this.follow();
  }

  /** Stays where it is, though lines come. */
  hold(): void {
    this.#isFollowing = false;
  }

  /** Scrolls as little as brings the line into sight. */
  reveal(place: number): void {
    const { scroller, sizer } = this.#options;
    const offset = (place - this.#top) * this.#height;
    const least = offset + this.#height - (scroller.clientHeight - sizer.offsetTop);
    scroller.scrollTop = Math.min(offset, Math.max(least, scroller.scrollTop));
  }

  get #height(): number {
    return this.#lineHeight.pixels;
  }

  /** The first line in sight stays so. @param before height that lines had */
  #resize(before: number): void {
    const { scroller, sizer } = this.#options;
    const above = scroller.scrollTop / before;
    sizer.style.height = `${(this.#end - this.#top) * this.#height}px`;
    scroller.scrollTop = above * this.#height;
    this.#draw();
  }

  #leaveEnd(): void {
    if (this.#options.scroller.scrollTop > 0) this.hold();
  }

  #onScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#options.scroller;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - NEAR;
    if (isAtEnd && scrollTop > this.#lastOffset) this.#isFollowing = true;
    else if (!isAtEnd && scrollTop < this.#lastOffset) this.#isFollowing = false;
    this.#lastOffset = scrollTop;
    this.draw();
  }

  #draw(): void {
    // In a panel that is hidden there is nothing to measure.
    if (this.#options.scroller.clientHeight === 0) return;
    if (this.#isFollowing && this.#first < this.#end) this.#drawNewest();
    else this.#drawTo(this.#end);
  }

  /** Lines that have not come yet are left for later: what is in sight is better than nothing. */
  #drawNewest(): void {
    const { endOfNewest, onShow } = this.#options;
    const length = Math.min(this.#end - this.#first, this.perPage + 1);
    const end = endOfNewest(length);
    if (end !== undefined) this.#drawTo(end);
    onShow(this.#end - length, this.#end);
  }

  #drawTo(end: number): void {
    this.#scroll(end);
    const { scrollTop, clientHeight } = this.#options.scroller;
    const [above, below] = [scrollTop / this.#height, (scrollTop + clientHeight) / this.#height];
    const from = Math.min(end, Math.max(this.#top, this.#top + Math.floor(above) - MARGIN));
    const to = Math.min(end, this.#top + Math.ceil(below) + MARGIN);
    this.#place(from, to);
    this.#options.onShow(from, to);
    this.#showBadge();
  }

  /** Makes room for all lines, and goes to the end, or where what was in sight has gone as lines before it were dropped. */
  #scroll(end: number): void {
    const { scroller, sizer } = this.#options;
    const top = Math.max(this.#first, end - Math.floor(MAX_HEIGHT / this.#height));
    const gone = (top - this.#top) * this.#height;
    this.#top = top;
    const count = end - top;
    if (gone !== 0 && !this.#isFollowing) scroller.scrollTop -= gone;
    sizer.style.height = `${count * this.#height}px`;
    // Not `scrollHeight`: the lines as they were last drawn may reach further down still.
    if (this.#isFollowing) scroller.scrollTop = sizer.offsetTop + count * this.#height - scroller.clientHeight;
    this.#lastOffset = scroller.scrollTop;
  }

  /** The lines stand in the document in their order, so that a selection over several is copied as it looks. */
  #place(from: number, to: number): void {
    const { lines, createLine, drawLine } = this.#options;
    for (const [place, line] of this.#shown) {
      if (place >= from && place < to) continue;
      line.remove();
      this.#shown.delete(place);
    }
    lines.style.top = `${(from - this.#top) * this.#height}px`;
    let next = lines.firstElementChild;
    for (let place = from; place < to; place += 1) {
      const line = this.#shown.get(place) ?? createLine();
      this.#shown.set(place, line);
      if (line === next) next = next.nextElementSibling;
      else lines.insertBefore(line, next);
      drawLine(line, place, to - from);
    }
  }

  #showBadge(): void {
    const { scroller, sizer, badge, oneNew, manyNew } = this.#options;
    const inSight = Math.floor((scroller.scrollTop + scroller.clientHeight - sizer.offsetTop) / this.#height);
    // Also without following: there may be room for them.
    this.#seen = this.#isFollowing ? this.#end : Math.max(this.#seen, Math.min(this.#end, this.#top + inSight));
    const unseen = this.#end - this.#seen;
    badge.hidden = unseen <= 0;
    if (unseen > 0) setText(badge, format(unseen === 1 ? oneNew : manyNew, countText(unseen)));
  }
}
