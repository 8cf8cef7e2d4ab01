/** The height of a line, in times of its font's size. */
const TIMES = 1.6;

/** The height of the lines in what scrolls, which the stylesheet has as `--line-height`: the font's size may change, by a setting. */
export class LineHeight {
  readonly #scroller: HTMLElement;
  #pixels: number;

  /** @param onChange the lines have another height, and had that before */
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
