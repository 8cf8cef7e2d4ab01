import { format, oncePerFrame, setText } from './dom';
import { LineHeight } from './lineHeight';
import { countText } from './quantities';

export interface VirtualLinesOptions {
  /**
   * Scrolling element. It contains `sizer`, which is as high as all lines, and that contains `lines`, with the visible ones.
   */
  scroller: HTMLElement;
  sizer: HTMLElement;
  lines: HTMLElement;
  /** Button that shows the number of unseen new lines, and leads to the end. */
  badge: HTMLElement;
  oneNew: string;
  manyNew: string;
  createLine(): HTMLElement;
  /** @param drawn number of lines that are drawn, visible or near: they are laid out together */
  drawLine(line: HTMLElement, place: number, drawn: number): void;
  /** Returns the position after the newest `length` consecutive lines that can be drawn; undefined if there are none. */
  endOfNewest(length: number): number | undefined;
  /** Called with the positions of the lines to be shown, `to` excluded. */
  onShow(from: number, to: number): void;
}

/** Maximum height in pixels: a browser limits an element to some 33 million. Of more lines, the newest are shown. */
const MAX_HEIGHT = 30_000_000;
/** Number of lines drawn out of view on each side, because a browser scrolls before it requests new content. */
const MARGIN = 10;
/** Keys that scroll up. */
const UPWARDS = ['Home', 'PageUp', 'ArrowUp'];
/** Distance from the end that still counts as at the end, in pixels. */
const NEAR = 2;

/**
 * Lines of equal height, of which only the visible ones exist as elements. A line is identified by its position, which it
 * keeps when lines before it are evicted. At the end, the view follows new lines; elsewhere it stays where it is.
 */
export class VirtualLines {
  readonly #options: VirtualLinesOptions;
  readonly #lineHeight: LineHeight;
  readonly #shown = new Map<number, HTMLElement>();
  /** Positions of all lines. */
  #first = 0;
  #end = 0;
  /** Position of the line at the top of the scrollable area, as last drawn. */
  #top = 0;
  #isFollowing = true;
  #lastOffset = 0;
  /** Position of the end when it was last visible. */
  #seen = 0;

  /** Draws in the next animation frame. */
  readonly draw = oncePerFrame(() => this.#draw());

  constructor(options: VirtualLinesOptions) {
    const { scroller, badge } = options;
    this.#options = options;
    this.#lineHeight = new LineHeight(scroller, (before) => this.#resize(before));
    // Immediately, because lines that become visible again may have been cleared meanwhile.
    new ResizeObserver(() => this.#draw()).observe(scroller);
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    // A browser scrolls in small steps; following lines that come between two of them would undo the first step.
    scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#leaveEnd(), { passive: true });
    scroller.addEventListener('keydown', ({ key }) => UPWARDS.includes(key) && this.#leaveEnd());
    badge.addEventListener('click', () => {
      this.follow();
      scroller.focus();
    });
  }

  /** Number of lines that fit, at least one. */
  get perPage(): number {
    const { scroller, sizer } = this.#options;
    return Math.max(1, Math.floor((scroller.clientHeight - sizer.offsetTop) / this.#height));
  }

  /** Position of the first visible line. */
  get firstVisible(): number {
    return this.#top + Math.ceil(this.#options.scroller.scrollTop / this.#height);
  }

  /** Returns the line's element; undefined if it isn't shown. */
  lineAt(place: number): HTMLElement | undefined {
    return this.#shown.get(place);
  }

  /** @param first position of the first line @param end position after the last line */
  update(first: number, end: number): void {
    this.#first = first;
    this.#end = end;
    if (first === end) this.#isFollowing = true;
    this.draw();
  }

  /** Goes to the end, and follows new lines. */
  follow(): void {
    this.#isFollowing = true;
    this.draw();
  }

  /** Removes all lines at once, because all were cleared, instead of when new ones replace them. */
  clear(): void {
    for (const line of this.#shown.values()) line.remove();
    this.#shown.clear();
    this.#options.badge.hidden = true;
    this.follow();
  }

  /** Stops following new lines. */
  stopFollowing(): void {
    this.#isFollowing = false;
  }

  /** Scrolls just far enough to make the line visible. */
  reveal(place: number): void {
    const { scroller, sizer } = this.#options;
    const offset = (place - this.#top) * this.#height;
    const least = offset + this.#height - (scroller.clientHeight - sizer.offsetTop);
    scroller.scrollTop = Math.min(offset, Math.max(least, scroller.scrollTop));
  }

  get #height(): number {
    return this.#lineHeight.pixels;
  }

  /** Keeps the first visible line in place. @param before previous height of lines */
  #resize(before: number): void {
    const { scroller, sizer } = this.#options;
    const above = scroller.scrollTop / before;
    sizer.style.height = `${(this.#end - this.#top) * this.#height}px`;
    scroller.scrollTop = above * this.#height;
    this.#draw();
  }

  #leaveEnd(): void {
    if (this.#options.scroller.scrollTop > 0) this.stopFollowing();
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
    // In a hidden panel, nothing can be measured.
    if (this.#options.scroller.clientHeight === 0) return;
    if (this.#isFollowing && this.#first < this.#end) this.#drawNewest();
    else this.#drawTo(this.#end);
  }

  /** Draws the newest lines that have arrived; showing older ones is better than nothing. */
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
    this.#arrange(from, to);
    this.#options.onShow(from, to);
    this.#showBadge();
  }

  /** Makes room for all lines. Scrolls to the end, or keeps the visible lines in place after an eviction. */
  #scroll(end: number): void {
    const { scroller, sizer } = this.#options;
    const top = Math.max(this.#first, end - Math.floor(MAX_HEIGHT / this.#height));
    const gone = (top - this.#top) * this.#height;
    this.#top = top;
    const count = end - top;
    if (gone !== 0 && !this.#isFollowing) scroller.scrollTop -= gone;
    sizer.style.height = `${count * this.#height}px`;
    // Not `scrollHeight`, since the lines as last drawn may still extend further down.
    if (this.#isFollowing) scroller.scrollTop = sizer.offsetTop + count * this.#height - scroller.clientHeight;
    this.#lastOffset = scroller.scrollTop;
  }

  /** Puts the lines into the document in order, so that a selection of several is copied as it looks. */
  #arrange(from: number, to: number): void {
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
    // Also if not following, because there may be room for new lines.
    this.#seen = this.#isFollowing ? this.#end : Math.max(this.#seen, Math.min(this.#end, this.#top + inSight));
    const unseen = this.#end - this.#seen;
    badge.hidden = unseen <= 0;
    if (unseen > 0) setText(badge, format(unseen === 1 ? oneNew : manyNew, countText(unseen)));
  }
}
