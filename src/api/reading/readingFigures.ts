import type { EndCause, StreamEnd } from './streamEvent';

/** The figures of a reading: numbers and times, the latter by the clock of `performance.now()`. */
export class ReadingFigures {
  readonly #startedAt = performance.now();
  #connectedAt = this.#startedAt;
  #status: number | null = null;
  #headersAfter: number | null = null;
  #firstEventAfter: number | null = null;
  events = 0;
  bytes = 0;
  reconnects = 0;

  /** Status of the last response; null if none came. */
  get status(): number | null {
    return this.#status;
  }

  /** Whether the head of the last request's response has come. */
  get isAnswered(): boolean {
    return this.#headersAfter !== null;
  }

  connecting(): void {
    this.#connectedAt = performance.now();
    [this.#headersAfter, this.#firstEventAfter] = [null, null];
  }

  answered(status: number): void {
    this.#status = status;
    this.#headersAfter = performance.now() - this.#connectedAt;
  }

  event(): void {
    this.events += 1;
    this.#firstEventAfter ??= performance.now() - this.#connectedAt;
  }

  end(cause: EndCause): StreamEnd {
    return {
      cause,
      status: this.#status,
      events: this.events,
      bytes: this.bytes,
      headersAfter: this.#headersAfter,
      firstEventAfter: this.#firstEventAfter,
      duration: performance.now() - this.#startedAt,
      reconnects: this.reconnects,
    };
  }
}
