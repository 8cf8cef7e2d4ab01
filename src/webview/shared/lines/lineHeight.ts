/** Height of a line, relative to the font size. */
const TIMES = 1.6;

/** Height of the lines in a scroller, also set as `--line-height` for the stylesheet. The user may change the font size. */
export class LineHeight {
  readonly #scroller: HTMLElement;
  #pixels: number;

  /** @param onChange called with the previous height when it has changed */
  constructor(scroller: HTMLElement, onChange: (before: number) => void) {
    this.#scroller = scroller;
    this.#pixels = this.#measure();
    const letter = document.createElement('div');
    letter.className = 'letter';
    letter.ariaHidden = 'true';
    scroller.append(letter);
    new ResizeObserver(() => {
      const before = this.#pixels;
      this.#pixels = this.#measure();
      if (this.#pixels !== before) onChange(before);
    }).observe(letter);
  }

  get pixels(): number {
    return this.#pixels;
  }

  #measure(): number {
    const pixels = Math.ceil(Number.parseFloat(getComputedStyle(this.#scroller).fontSize) * TIMES);
    this.#scroller.style.setProperty('--line-height', `${pixels}px`);
    return pixels;
  }
}
