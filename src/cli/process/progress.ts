import type { Output } from './output';

/** Time between two drawings, in milliseconds: faster changes can't be read. */
const INTERVAL = 200;
/** Returns to the beginning of the line, and erases it to its end (ECMA-48, EL). */
const CLEAR = '\r\x1b[K';

/** A line on a terminal that is drawn again and again while something goes on; nothing if there is no terminal. */
export class Progress {
  readonly #output: Output;
  readonly #text: () => string;
  readonly #timer: NodeJS.Timeout | undefined;
  #isShown = false;

  /** @param text of the line, short and plain @param isWanted whether it may be drawn at all. Default: true */
  constructor(output: Output, text: () => string, isWanted = true) {
    [this.#output, this.#text] = [output, text];
    const isAble = isWanted && output.isTerminal && process.env['TERM'] !== 'dumb';
    this.#timer = isAble ? setInterval(() => this.#draw(), INTERVAL) : undefined;
  }

  /** Makes room for another line on the same terminal; the progress comes again behind it. */
  clear(): void {
    if (this.#isShown) this.#output.write(CLEAR);
    this.#isShown = false;
  }

  /** Ends it, and leaves nothing on the terminal. May be called more than once. */
  close(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #draw(): void {
    this.#output.write(CLEAR + this.#text());
    this.#isShown = true;
  }
}
