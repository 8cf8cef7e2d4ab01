import { LinesSign } from '../stream/lines/linesSign';

/** Time for which a body is looked at, in milliseconds: it may never say anything. */
const MAX_TIME = 1000;

/** The body of a response that is read as no stream, while it is looked at whether it is JSON lines. */
export class OtherBody {
  readonly #sign = new LinesSign();
  readonly #timer: NodeJS.Timeout;
  readonly #onLines: (areLines: boolean) => void;
  #isOver = false;

  /** @param onLines called once, when it is known whether it is JSON lines, at the latest after a second */
  constructor(onLines: (areLines: boolean) => void) {
    this.#onLines = onLines;
    this.#timer = setTimeout(() => this.#finish(false), MAX_TIME);
  }

  feed(chunk: Uint8Array): void {
    const areLines = this.#sign.feed(chunk);
    if (areLines !== undefined) this.#finish(areLines);
  }

  /** The body has ended. */
  end(): void {
    this.#finish(this.#sign.end());
  }

  /** Looks no longer. May be called more than once. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #finish(areLines: boolean): void {
    if (this.#isOver) return;
    this.close();
    this.#onLines(areLines);
  }
}
