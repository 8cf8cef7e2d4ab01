import { oncePerFrame } from './dom';
import { DrawnLines, type DrawnLinesOptions } from './lines/drawnLines';
import { LineHeight } from './lines/lineHeight';
import { LineOffsets } from './lines/lineOffsets';
import { UnseenBadge, type UnseenBadgeOptions } from './unseenBadge';

export interface VirtualLinesOptions extends DrawnLinesOptions, UnseenBadgeOptions {
  /** Scrolling element. It contains `sizer`, which is as high as all lines, and that contains `lines`. */
  scroller: HTMLElement;
  sizer: HTMLElement;
  /** Returns the position after the newest `length` consecutive lines that can be drawn; undefined if there are none. */
  endOfNewest(length: number): number | undefined;
  /** Called with the positions of the lines to be shown, `to` excluded. */
  onShow(from: number, to: number): void;
}

/** Maximum height of unwrapped lines, in pixels: a browser's is some 33 million. Of more lines, the newest are shown. */
const MAX_HEIGHT = 25_000_000;
/** Number of lines drawn out of view on each side, because a browser scrolls before it requests new content. */
const MARGIN = 10;
/** Keys that scroll up. */
const UPWARDS = ['Home', 'PageUp', 'ArrowUp'];
/** Distance from the end that still counts as at the end, in pixels. */
const NEAR = 2;

/**
 * Lines of equal height, of which only the visible ones exist as elements; while they wrap, those that are drawn are measured.
 * A line is identified by its position, which it keeps when lines before it are evicted. At the end, the view follows new
 * lines; elsewhere it stays where it is.
 */
export class VirtualLines {
  readonly #options: VirtualLinesOptions;
  readonly #lineHeight: LineHeight;
  readonly #drawn: DrawnLines;
  readonly #badge: UnseenBadge;
  /** Positions of all lines. */
  #first = 0;
  #end = 0;
  /** Where lines lie below the top of the scrollable area, as last drawn. */
  readonly #offsets: LineOffsets;
  #wraps = false;
  /** Width for which lines were measured. */
  #width = 0;
  /** Position of the line that was revealed, and stays in place until the user scrolls. */
  #revealed: number | undefined;
  #isFollowing = true;
  #lastOffset = 0;

  /** Draws in the next animation frame. */
  readonly draw = oncePerFrame(() => this.#draw());

  constructor(options: VirtualLinesOptions) {
    const { scroller, badge } = options;
    [this.#options, this.#drawn, this.#badge] = [options, new DrawnLines(options), new UnseenBadge(options)];
    this.#lineHeight = new LineHeight(scroller, (before) => this.#resize(before));
    this.#offsets = new LineOffsets(this.#height);
    // Immediately, because lines that become visible again may have been cleared meanwhile.
    new ResizeObserver(() => this.#onResize()).observe(scroller);
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    // A browser scrolls in small steps; following lines that come between two of them would undo the first step.
    scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#leaveEnd(), { passive: true });
    scroller.addEventListener('keydown', ({ key }) => UPWARDS.includes(key) && this.#leaveEnd());
    for (const input of ['wheel', 'keydown', 'pointerdown'])
      scroller.addEventListener(input, () => (this.#revealed = undefined), { passive: true });
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

  /** Position of the first line whose beginning is visible. */
  get firstVisible(): number {
    const { scrollTop } = this.#options.scroller;
    const place = this.#offsets.at(scrollTop);
    return this.#offsets.of(place) < scrollTop ? place + 1 : place;
  }

  /** Whether lines may be higher than one row. */
  set wraps(wraps: boolean) {
    this.#wraps = wraps;
    this.#keepInPlace(this.#end, () => this.#offsets.reset());
    this.draw();
  }

  /** Returns the line's element; undefined if it isn't shown. */
  lineAt(place: number): HTMLElement | undefined {
    return this.#drawn.at(place);
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
    [this.#isFollowing, this.#revealed] = [true, undefined];
    this.draw();
  }

  /** Removes all lines at once, because all were cleared, instead of when new ones replace them. */
  clear(): void {
    this.#drawn.clear();
    this.#badge.hide();
    this.follow();
  }

  /** Stops following new lines. */
  stopFollowing(): void {
    this.#isFollowing = false;
  }

  /** Scrolls just far enough to make the line visible; of one that doesn't fit, its beginning. */
  reveal(place: number): void {
    const { scroller, sizer } = this.#options;
    const [offset, end] = [this.#offsets.of(place), this.#offsets.of(place + 1)];
    const least = end - (scroller.clientHeight - sizer.offsetTop);
    this.#revealed = place;
    scroller.scrollTop = Math.min(offset, Math.max(least, scroller.scrollTop));
  }

  get #height(): number {
    return this.#lineHeight.pixels;
  }

  /** Keeps the first visible line in place. @param before previous height of lines */
  #resize(before: number): void {
    const { scroller } = this.#options;
    const first = this.#offsets.at(scroller.scrollTop);
    const above = (scroller.scrollTop - this.#offsets.of(first)) / before;
    this.#offsets.reset(this.#height);
    this.#makeRoom(this.#end);
    scroller.scrollTop = this.#offsets.of(first) + above * this.#height;
    this.#draw();
  }

  #onResize(): void {
    const { clientWidth } = this.#options.scroller;
    // Wrapped lines have other heights. In a hidden panel, all widths are 0.
    if (clientWidth > 0 && clientWidth !== this.#width) {
      this.#width = clientWidth;
      if (this.#wraps) this.#keepInPlace(this.#end, () => this.#offsets.reset());
    }
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
    const { scroller, sizer, lines, onShow } = this.#options;
    const { scrollTop, clientHeight } = scroller;
    const [above, below] = [this.#offsets.at(scrollTop), this.#offsets.at(scrollTop + clientHeight) + 1];
    const from = Math.min(end, Math.max(this.#offsets.first, above - MARGIN));
    const to = Math.min(end, below + MARGIN);
    this.#drawn.draw(from, to);
    if (this.#wraps) this.#measure(end);
    lines.style.top = `${this.#offsets.of(from)}px`;
    onShow(from, to);
    const bottom = scroller.scrollTop + clientHeight - sizer.offsetTop;
    // Also if not following, because there may be room for new lines.
    this.#badge.show(this.#isFollowing ? undefined : this.#offsets.at(bottom), this.#end);
  }

  /** Makes room for all lines. Scrolls to the end, or keeps the visible lines in place after an eviction. */
  #scroll(end: number): void {
    const { scroller } = this.#options;
    const top = Math.max(this.#first, end - Math.floor(MAX_HEIGHT / this.#height));
    const gone = this.#offsets.of(top);
    this.#offsets.begin(top);
    if (this.#revealed !== undefined && this.#revealed < top) this.#revealed = undefined;
    if (gone !== 0 && !this.#isFollowing) scroller.scrollTop -= gone;
    this.#makeRoom(end);
    if (this.#isFollowing) this.#scrollToEnd(end);
    this.#lastOffset = scroller.scrollTop;
  }

  #makeRoom(end: number): void {
    this.#options.sizer.style.height = `${this.#offsets.of(end)}px`;
  }

  #scrollToEnd(end: number): void {
    const { scroller, sizer } = this.#options;
    // Not `scrollHeight`, since the lines as last drawn may still extend further down.
    scroller.scrollTop = sizer.offsetTop + this.#offsets.of(end) - scroller.clientHeight;
  }

  /** Measures the lines that are drawn, and keeps in place what the user looks at. */
  #measure(end: number): void {
    const heights = this.#drawn.measure();
    this.#keepInPlace(end, () => {
      for (const [place, height] of heights) this.#offsets.measure(place, height);
    });
    if (this.#isFollowing) this.#scrollToEnd(end);
    else if (this.#revealed !== undefined) this.reveal(this.#revealed);
    this.#lastOffset = this.#options.scroller.scrollTop;
  }

  /** Changes where lines lie, and scrolls by as much as what the user looks at has moved. */
  #keepInPlace(end: number, change: () => void): void {
    const { scroller } = this.#options;
    const { scrollTop, clientHeight } = scroller;
    const [first, top] = [this.firstVisible, this.#offsets.at(scrollTop)];
    const isInSight = first < end && this.#offsets.of(first) < scrollTop + clientHeight;
    const place = this.#revealed ?? (isInSight ? first : top);
    const before = this.#offsets.of(place);
    change();
    this.#makeRoom(end);
    const moved = this.#offsets.of(place) - before;
    if (moved !== 0) scroller.scrollTop = scrollTop + moved;
  }
}
