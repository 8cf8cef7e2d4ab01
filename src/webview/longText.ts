import type { InspectorStrings } from '../messages/inspector';
import { format, passFocus, setText } from './page';
import { countText } from './quantities';
import { PIECE_COST, TextCost } from './textCost';

/** Maximum cost of what is shown of a text at first: 100,000 letters, or 4,000 characters that are hard to lay out. */
const FIRST_COST = 100_000;

/**
 * Maximum cost of what is displayed of a text. Of more, only what is near to what is in sight is: else a browser would lay
 * out all of it when it is selected.
 */
const DISPLAYED_COST = 500_000;

/** The height of a line, as in the style sheet, in times of its font's size. */
const LINE_HEIGHT = 1.4;
/** A line of so many characters is taken for granted, where a piece was not laid out yet. */
const LINE_LENGTH = 80;

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
  readonly #more = document.createElement('vscode-button');
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
    this.#more.setAttribute('secondary', '');
    this.#more.className = 'more';
    this.#more.addEventListener('click', () => this.#showMore());
    this.#keepFocusInSight();
    container.addEventListener('keydown', (event) => this.#selectAll(event));
    container.addEventListener('copy', (event) => this.#copy(event));
  }

  show(text: string): void {
    this.#text = text;
    this.#cost = new TextCost();
    [this.#lastStart, this.#shownTo, this.#spent] = [0, 0, 0];
    this.#allowed = this.#options.first ?? FIRST_COST;
    passFocus(this.#more, this.#focusable);
    this.#nearness?.disconnect();
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
    if (isAllShown) this.#pieces.lastChild?.remove();
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
    if (this.#spent > DISPLAYED_COST) this.#watchNearness();
    this.#offerMore(this.#text.length - this.#shownTo);
  }

  #watchNearness(): void {
    this.#nearness ??= new IntersectionObserver((pieces) => this.#display(pieces), {
      root: this.#focusable,
      rootMargin: '100%',
    });
    // One that is observed already stays so.
    for (const piece of this.#pieces.children) this.#nearness.observe(piece);
  }

  /** Those that are far keep their height and their text, which isn't displayed. The ends are: what is selected reaches to them. */
  #display(pieces: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of pieces) {
      const text = target.firstElementChild;
      if (!(target instanceof HTMLElement && text instanceof HTMLElement)) continue;
      const isEnd = !target.previousElementSibling || !target.nextElementSibling;
      if (text.hidden === !(isIntersecting || isEnd)) continue;
      text.hidden = !text.hidden;
      target.style.height = text.hidden ? `${boundingClientRect.height}px` : '';
    }
  }

  #add(text: string): void {
    const piece = document.createElement('div');
    piece.className = 'piece';
    const span = document.createElement('span');
    span.textContent = text;
    piece.append(span);
    piece.style.containIntrinsicHeight = `auto ${Math.ceil(linesOf(text) * LINE_HEIGHT)}em`;
    this.#pieces.append(piece);
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

  /** Selects the text, and not the whole page: VS Code doesn't learn of the key. */
  #selectAll(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (!this.#pieces.isConnected) return;
    document.getSelection()?.selectAllChildren(this.#pieces);
    event.preventDefault();
    event.stopPropagation();
  }

  /** Copies the text as it is: a browser would put a line end between two pieces. */
  #copy(event: ClipboardEvent): void {
    const selection = document.getSelection();
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    if (!this.#container.contains(range.commonAncestorContainer) || !range.intersectsNode(this.#pieces)) return;
    const all = document.createRange();
    all.selectNodeContents(this.#pieces);
    if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
    event.clipboardData?.setData('text/plain', range.toString());
    event.preventDefault();
  }
}

/** About so many lines, before it is laid out. */
function linesOf(text: string): number {
  return text.split('\n').length - 1 + text.length / LINE_LENGTH;
}
