/** Maximum number of pieces of a group, and its length in characters from which no other is added: about what is in sight at once. */
const MAX_PIECES = 16;
const FULL_LENGTH = 4000;

/** The height of a line, as in the style sheet, in times of its font's size. */
const LINE_HEIGHT = 1.4;
/** A line of so many characters is taken for granted, where a piece was not laid out yet. */
const LINE_LENGTH = 80;

/**
 * Pieces of a long text that follow each other. A closed group keeps its text and its height, but is a single block that
 * displays nothing: a selection has a browser look at every block that may be displayed, however far it is.
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

  /** Takes the last piece away, of a group that is open. */
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

  /** @param height which it keeps, as CSS has it */
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

/** About its height before it is laid out, in times of its font's size. */
function heightOf(text: string): number {
  return Math.ceil(text.split('\n').length - 1 + text.length / LINE_LENGTH) * LINE_HEIGHT;
}
