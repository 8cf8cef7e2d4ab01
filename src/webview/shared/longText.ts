import type { InspectorStrings } from '../../messages/inspector';
import { PIECE_COST, TextCost } from '../../text/textCost';
import { format, moveFocus, setText } from './dom';
import { PieceGroup } from './pieceGroup';
import { countText } from './quantities';
import { PIECES } from './textSelection';

/** Maximum cost of the part shown at first: 100,000 letters, or 4,000 characters that are hard to lay out. */
const FIRST_COST = 100_000;

/**
 * Maximum cost of the displayed part. Of a longer text only the part near the visible one is displayed, because a browser
 * lays out all of it for a selection.
 */
const DISPLAYED_COST = 500_000;

/** Cost of the beginning that is shown in any case, if the room for several texts is used up. */
const LEAST_COST = 200;

/** Distance from the visible part that counts as near, relative to its size. */
const NEAR = '50%';

export interface LongTextOptions {
  strings: Pick<InspectorStrings, 'showMore'>;
  /** Maximum cost of the part shown at first. Default: FIRST_COST. */
  first?: number;
  /** Room that this text shares with others. Default: it has all that it takes. */
  room?: TextRoom;
}

/**
 * Room for several texts at first, as the cost that is left. However short each of them is, a browser lays out all of them if
 * all is selected.
 */
export interface TextRoom {
  left: number;
}

/**
 * A text of any length with any characters. It is laid out in pieces, one block each, because the time a browser takes for a
 * paragraph may grow with the square of its length; pieces out of view aren't laid out (see the stylesheet). At first only
 * the beginning is shown, with a button for more.
 */
export class LongText {
  readonly #container: HTMLElement;
  readonly #options: LongTextOptions;
  readonly #pieces = document.createElement('div');
  readonly #more = document.createElement('button');
  #groups = new Map<Element, PieceGroup>();
  #last: PieceGroup | undefined;
  #nearness: IntersectionObserver | undefined;
  #text = '';
  #cost = new TextCost();
  /** Start and end of the last piece; the text after that isn't shown. */
  #lastStart = 0;
  #shownTo = 0;
  /** Cost of the pieces before the last one. */
  #spent = 0;
  #allowed = 0;
  /** Cost of all pieces, as it is taken from the room. */
  #taken = 0;

  constructor(container: HTMLElement, options: LongTextOptions) {
    this.#container = container;
    this.#options = options;
    this.#more.type = 'button';
    this.#more.className = 'more';
    this.#more.addEventListener('click', () => this.#showMore());
    this.#keepFocusInSight();
    this.#pieces.className = PIECES;
  }

  show(text: string): void {
    this.#text = text;
    this.#cost = new TextCost();
    [this.#lastStart, this.#shownTo, this.#spent] = [0, 0, 0];
    this.#take(0);
    this.#allowed = this.#options.first ?? FIRST_COST;
    moveFocus(this.#more, this.#focusable);
    this.#nearness?.disconnect();
    this.#groups.clear();
    this.#last = undefined;
    this.#pieces.replaceChildren();
    this.#container.replaceChildren(...(text === '' ? [] : [this.#pieces]));
    this.#fill();
  }

  /** Appends to the text, and shows the addition if all before it is shown. */
  append(text: string): void {
    if (text === '') return;
    const isAllShown = this.#shownTo === this.#text.length;
    this.#text += text;
    if (this.#text === text) this.#container.replaceChildren(this.#pieces);
    // The last piece is rebuilt, because it has room left.
    if (isAllShown) this.#shownTo = this.#lastStart;
    if (isAllShown) this.#last?.removeLast();
    this.#fill();
  }

  /**
   * Keeps the newly focused button visible until the next input: elements above it get their height, and its panel is less
   * high once an explanation comes.
   */
  #keepFocusInSight(): void {
    this.#more.addEventListener('focus', () => {
      const panel = this.#focusable;
      const end = new AbortController();
      const sizes = new ResizeObserver(() => {
        if (this.#more.isConnected) this.#more.scrollIntoView({ block: 'nearest' });
        else end.abort();
      });
      for (const element of [this.#pieces, panel]) sizes.observe(element);
      end.signal.addEventListener('abort', () => sizes.disconnect());
      for (const type of ['keydown', 'wheel', 'pointerdown', 'focusout'])
        panel.addEventListener(type, () => end.abort(), { passive: true, signal: end.signal });
    });
  }

  #showMore(): void {
    // Doubles the text, so that a few clicks reach the end: the part out of view takes no time.
    this.#allowed = 2 * Math.max(this.#spent, FIRST_COST);
    this.#fill(this.#allowed);
  }

  /** @param most maximum cost of the text that is shown */
  #fill(most = this.#most): void {
    const before = this.#last;
    let last = 0;
    while (this.#shownTo < this.#text.length) {
      // Where there is no room, a second piece would take more time than its text.
      if (this.#spent >= most || (this.#spent > 0 && most <= LEAST_COST)) break;
      // Not the remaining allowance, which may have no room for a single character.
      const budget = Math.min(PIECE_COST, most);
      const { end, cost } = this.#cost.cut(this.#text, this.#shownTo, budget);
      this.#add(this.#text.slice(this.#shownTo, end));
      // The cost of the last piece isn't counted yet, because it may have room left.
      if (end < this.#text.length) this.#spent += cost;
      else last = cost;
      this.#lastStart = this.#shownTo;
      this.#shownTo = end;
    }
    this.#take(this.#spent + last);
    // A selection may reach to the end.
    this.#last?.open();
    if (this.#isLong) this.#watchNearness(before);
    this.#offerMore(this.#text.length - this.#shownTo);
  }

  /** Maximum cost of the text that is shown: what there is room for, but never less than before. */
  get #most(): number {
    const left = this.#options.room?.left ?? this.#allowed;
    return Math.min(this.#allowed, Math.max(LEAST_COST, this.#taken + Math.max(0, left)));
  }

  #take(cost: number): void {
    if (this.#options.room) this.#options.room.left -= cost - this.#taken;
    this.#taken = cost;
  }

  get #isLong(): boolean {
    return this.#spent > DISPLAYED_COST;
  }

  /** @param before previous last group, which may now be in the middle */
  #watchNearness(before: PieceGroup | undefined): void {
    this.#nearness ??= new IntersectionObserver((groups) => this.#display(groups), {
      root: this.#container.closest<HTMLElement>('[role="tabpanel"]'),
      rootMargin: NEAR,
    });
    if (before) this.#nearness.unobserve(before.element);
    // A group that is observed already stays so.
    for (const group of this.#pieces.children) this.#nearness.observe(group);
  }

  /**
   * Closes groups that are far away. The first, the last and those with an end of a selection stay open, or it would move.
   */
  #display(groups: IntersectionObserverEntry[]): void {
    const selection = document.getSelection();
    const ends = [selection?.anchorNode, selection?.focusNode];
    for (const { target, isIntersecting, boundingClientRect } of groups) {
      // The text as a whole is hidden; its groups will need their height.
      if (boundingClientRect.width === 0) continue;
      const group = this.#groups.get(target);
      const isEnd = !target.previousElementSibling || !target.nextElementSibling;
      if (isIntersecting || isEnd) group?.open();
      else if (group?.isOpen && !ends.some((node) => node && target.contains(node)))
        group.close(`${boundingClientRect.height}px`);
    }
  }

  #add(text: string): void {
    if (!this.#last || this.#last.isFull) {
      this.#last = new PieceGroup(!this.#isLong);
      this.#groups.set(this.#last.element, this.#last);
      this.#pieces.append(this.#last.element);
    }
    this.#last.add(text);
  }

  #offerMore(left: number): void {
    if (left > 0) {
      setText(this.#more, format(this.#options.strings.showMore, countText(left)));
      if (!this.#more.isConnected) this.#container.append(this.#more);
    } else if (this.#more.isConnected) {
      moveFocus(this.#more, this.#focusable);
      this.#more.remove();
    }
  }

  get #focusable(): HTMLElement {
    return this.#container.closest<HTMLElement>('[tabindex]') ?? this.#container;
  }
}
