/** Maximum number of pieces in a group, and the length in characters at which it is full: about a screenful. */
const MAX_PIECES = 16;
const FULL_LENGTH = 4000;

/** Height of a line as in the stylesheet, relative to the font size. */
const LINE_HEIGHT = 1.4;
/** Assumed length of a line, in characters, for a piece that was not laid out yet. */
const LINE_LENGTH = 80;

/**
 * Consecutive pieces of a long text. A closed group keeps its text and height, but is a single block that displays nothing:
 * for a selection, a browser examines every block that may be displayed, however far away.
 */
export class PieceGroup {
  readonly element = document.createElement('div');
  readonly #texts: string[] = [];
  #length = 0;
  #isOpen: boolean;

  constructor(isOpen: boolean) {
    this.#isOpen = isOpen;
    this.element.className = 'pieces';
  }

  get isFull(): boolean {
    return this.#texts.length >= MAX_PIECES || this.#length >= FULL_LENGTH;
  }

  add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#isOpen) this.element.append(pieceOf(text));
    else this.close(`${this.#texts.reduce((height, each) => height + heightOf(each), 0)}em`);
  }

  /** Removes the last piece of an open group. */
  removeLast(): void {
    this.#length -= this.#texts.pop()?.length ?? 0;
    this.element.lastChild?.remove();
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.element.style.height = '';
    this.element.replaceChildren(...this.#texts.map(pieceOf));
  }

  /** @param height to keep, as a CSS value */
  close(height: string): void {
    this.#isOpen = false;
    const text = document.createElement('span');
    text.hidden = true;
    text.textContent = this.#texts.join('');
    this.element.style.height = height;
    this.element.replaceChildren(text);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }
}

function pieceOf(text: string): HTMLElement {
  const piece = document.createElement('div');
  piece.className = 'piece';
  piece.textContent = text;
  piece.style.containIntrinsicHeight = `auto ${heightOf(text)}em`;
  return piece;
}

/** Estimates the height before layout, relative to the font size. */
function heightOf(text: string): number {
  return Math.ceil(text.split('\n').length - 1 + text.length / LINE_LENGTH) * LINE_HEIGHT;
}
