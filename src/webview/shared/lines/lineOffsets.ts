/** Number of lines whose measures are kept, and forgotten, together. */
const BLOCK = 256;
/** Maximum number of blocks with measures: as many lines as the page has. Wrapped at 4 KB, they are 8 million pixels at most. */
const MAX_BLOCKS = 8;

/** Heights of a block's lines beyond that of an ordinary one, in pixels. */
interface Block {
  beyond: number;
  lines: Map<number, number>;
}

/**
 * Where lines lie, in pixels below the first one. All are of one height, except those that were measured as higher; a line
 * that was never shown, or long ago, counts as one of that height until it is measured.
 */
export class LineOffsets {
  readonly #blocks = new Map<number, Block>();
  #first = 0;
  #height: number;

  /** @param height of an ordinary line, in pixels */
  constructor(height: number) {
    this.#height = height;
  }

  /** Position of the line at 0. */
  get first(): number {
    return this.#first;
  }

  /** Whether no line is higher than an ordinary one. */
  get isEven(): boolean {
    return this.#blocks.size === 0;
  }

  /** Makes another line the first one, and forgets the measures of those before it. */
  begin(first: number): void {
    this.#first = first;
    for (const [at, { lines }] of this.#blocks) {
      if ((at + 1) * BLOCK <= first) this.#blocks.delete(at);
      else if (at * BLOCK < first) for (const place of [...lines.keys()]) if (place < first) this.#add(place, 0);
    }
  }

  /** Forgets all measures. @param height of an ordinary line. Default: as before */
  reset(height = this.#height): void {
    this.#blocks.clear();
    this.#height = height;
  }

  /** Returns the top of a line. */
  of(place: number): number {
    if (this.isEven) return (place - this.#first) * this.#height;
    let beyond = 0;
    const own = Math.floor(place / BLOCK);
    for (const [at, block] of this.#blocks) {
      if (at < own) beyond += block.beyond;
      else if (at === own) for (const [line, more] of block.lines) if (line < place) beyond += more;
    }
    return (place - this.#first) * this.#height + beyond;
  }

  /** Returns the position of the line at an offset, which may be before the first line or behind the last one. */
  at(offset: number): number {
    // No line is lower than an ordinary one.
    let [low, high] = [this.#first, this.#first + Math.floor(offset / this.#height)];
    if (this.isEven) return high;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.of(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Notes the height of a line, in pixels. Forgets the lines farthest away if too many are known. */
  measure(place: number, height: number): void {
    this.#add(place, Math.max(0, height - this.#height));
    if (this.#blocks.size <= MAX_BLOCKS) return;
    const own = Math.floor(place / BLOCK);
    const far = [...this.#blocks.keys()].reduce((one, other) =>
      Math.abs(other - own) > Math.abs(one - own) ? other : one,
    );
    this.#blocks.delete(far);
  }

  #add(place: number, more: number): void {
    const at = Math.floor(place / BLOCK);
    const block = this.#blocks.get(at) ?? { beyond: 0, lines: new Map() };
    block.beyond += more - (block.lines.get(place) ?? 0);
    if (more > 0) block.lines.set(place, more);
    else block.lines.delete(place);
    if (block.lines.size > 0) this.#blocks.set(at, block);
    else this.#blocks.delete(at);
  }
}
