import type { InspectorStrings } from '../../messages/inspector';
import { PIECE_COST, TextCost } from '../../text/textCost';
import { format, passFocus, setText } from './dom';
import { PieceGroup } from './pieceGroup';
import { countText } from './quantities';
import { PIECES } from './textSelection';

/** Maximum cost of what is shown of a text at first: 100,000 letters, or 4,000 characters that are hard to lay out. */
const FIRST_COST = 100_000;

/**
 * Maximum cost of what is displayed of a text. Of more, only what is near to what is in sight is: else a browser would lay
 * out all of it when it is selected.
 */
const DISPLAYED_COST = 500_000;

/** How far what is near may be out of sight, in times of what is in sight. */
const NEAR = '50%';

export interface LongTextOptions {
  strings: Pick<InspectorStrings, 'showMore'>;
  /** Maximum cost of what is shown at first. Default: FIRST_COST. */
  first?: number;
}

/**
 * A text of any length and any characters. It is laid out in pieces, a block each, since the time that a browser takes for
 * a paragraph may grow with the square of its length; what is out of sight isn't laid out (in the style sheet). The
 * beginning is shown, and a button for more.
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
  /** Where the last piece begins, and where it ends: what is behind isn't shown. */
  #lastStart = 0;
  #shownTo = 0;
  /** The cost of the pieces before the last one. */
  #spent = 0;
  #allowed = 0;

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
    this.#allowed = this.#options.first ?? FIRST_COST;
    passFocus(this.#more, this.#focusable);
    this.#nearness?.disconnect();
    this.#groups.clear();
    this.#last = undefined;
    this.#pieces.replaceChildren();
    this.#container.replaceChildren(...(text === '' ? [] : [this.#pieces]));
    this.#fill();
  }

  /** Shows what comes behind the text, if all before it is shown. */
  append(text: string): void {
    if (text === '') return;
    const isAllShown = this.#shownTo === this.#text.length;
    this.#text += text;
    if (this.#text === text) this.#container.replaceChildren(this.#pieces);
    // The last piece has room still.
    if (isAllShown) this.#shownTo = this.#lastStart;
    if (isAllShown) this.#last?.removeLast();
    this.#fill();
  }

  /** While what is above the button gets its height, the button stays in sight that has got the focus; until the next key. */
  #keepFocusInSight(): void {
    let isNew = false;
    this.#more.addEventListener('focus', () => {
      isNew = true;
    });
    for (const type of ['keydown', 'wheel', 'pointerdown', 'focusout'])
      this.#container.addEventListener(
        type,
        () => {
          isNew = false;
        },
        { passive: true },
      );
    new ResizeObserver(() => isNew && this.#more.scrollIntoView({ block: 'nearest' })).observe(this.#pieces);
  }

  #showMore(): void {
    // As much again, and so the end is reached by a few of them: what isn't in sight takes no time.
    this.#allowed = 2 * Math.max(this.#spent, FIRST_COST);
    this.#fill();
  }

  #fill(): void {
    const before = this.#last;
    while (this.#shownTo < this.#text.length) {
      if (this.#spent >= this.#allowed) break;
      // Not what is left of what is allowed: that may be no room for a single character.
      const budget = Math.min(PIECE_COST, this.#allowed);
      const { end, cost } = this.#cost.cut(this.#text, this.#shownTo, budget);
      this.#add(this.#text.slice(this.#shownTo, end));
      // The cost of the last piece isn't spent: it may have room still.
      if (end < this.#text.length) this.#spent += cost;
      this.#lastStart = this.#shownTo;
      this.#shownTo = end;
    }
    // What is selected reaches to the end.
    this.#last?.open();
    if (this.#isMuch) this.#watchNearness(before);
    this.#offerMore(this.#text.length - this.#shownTo);
  }

  get #isMuch(): boolean {
    return this.#spent > DISPLAYED_COST;
  }

  /** @param before what was the last group, and may be in the midst now */
  #watchNearness(before: PieceGroup | undefined): void {
    this.#nearness ??= new IntersectionObserver((groups) => this.#display(groups), {
      root: this.#container.closest<HTMLElement>('[role="tabpanel"]'),
      rootMargin: NEAR,
    });
    if (before) this.#nearness.unobserve(before.element);
    // One that is observed already stays so.
    for (const group of this.#pieces.children) this.#nearness.observe(group);
  }

  /** Closes those that are far. The ends stay open, and where a selection begins or ends: it would move. */
  #display(groups: IntersectionObserverEntry[]): void {
    const selection = document.getSelection();
    const ends = [selection?.anchorNode, selection?.focusNode];
    for (const { target, isIntersecting, boundingClientRect } of groups) {
      // The text as a whole is hidden: what is shown again needs its height.
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
      this.#last = new PieceGroup(!this.#isMuch);
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
      passFocus(this.#more, this.#focusable);
      this.#more.remove();
    }
  }

  get #focusable(): HTMLElement {
    return this.#container.closest<HTMLElement>('[tabindex]') ?? this.#container;
  }
}
