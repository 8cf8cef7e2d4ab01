export interface DrawnLinesOptions {
  /** Contains the lines that are drawn. */
  lines: HTMLElement;
  createLine(): HTMLElement;
  /** @param drawn number of lines that are drawn, visible or near: they are laid out together */
  drawLine(line: HTMLElement, place: number, drawn: number): void;
}

/** The elements of those of many lines that are in sight, by their positions. */
export class DrawnLines {
  readonly #options: DrawnLinesOptions;
  readonly #shown = new Map<number, HTMLElement>();

  constructor(options: DrawnLinesOptions) {
    this.#options = options;
  }

  /** Returns the line's element; undefined if it isn't drawn. */
  at(place: number): HTMLElement | undefined {
    return this.#shown.get(place);
  }

  /** Returns the heights of all that are drawn, in pixels. */
  measure(): [place: number, height: number][] {
    return [...this.#shown].map(([place, line]) => [place, line.offsetHeight]);
  }

  clear(): void {
    for (const line of this.#shown.values()) line.remove();
    this.#shown.clear();
  }

  /** Draws the lines from one position to another, in order, so that a selection of several is copied as it looks. */
  draw(from: number, to: number): void {
    const { lines, createLine, drawLine } = this.#options;
    for (const [place, line] of this.#shown) {
      if (place >= from && place < to) continue;
      line.remove();
      this.#shown.delete(place);
    }
    let next = lines.firstElementChild;
    for (let place = from; place < to; place += 1) {
      const line = this.#shown.get(place) ?? createLine();
      this.#shown.set(place, line);
      if (line === next) next = next.nextElementSibling;
      else lines.insertBefore(line, next);
      drawLine(line, place, to - from);
    }
  }
}
