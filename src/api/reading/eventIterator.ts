import { EventQueue } from './eventQueue';
import { ReadingFigures } from './readingFigures';
import { readyRequest } from './readyRequest';
import type { ReadOptions, RequestLocation, StreamEnd, StreamEvent } from './streamEvent';
import { StreamReader } from './streamReader';

type Result = IteratorResult<StreamEvent, undefined>;

const DONE: Result = { done: true, value: undefined };

/** A call of `next` that waits for an event. */
interface Waiting {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * An iteration of a stream's events. The request is made at the first `next`. While many events wait for a slow reader, the
 * stream is held back.
 */
export class EventIterator implements AsyncIterator<StreamEvent, undefined> {
  readonly #location: RequestLocation;
  readonly #options: ReadOptions;
  readonly #onEnd: (end: StreamEnd) => void;
  readonly #onAbort = () => this.#abort();
  readonly #queue = new EventQueue();
  #waiting: Waiting[] = [];
  #hasBegun = false;
  #isOver = false;
  /** Error that the next call rejects with; undefined for none. */
  #failure: { error: unknown } | undefined;
  #reader: StreamReader | undefined;

  /** @param onEnd called once, when the reading has ended, also with an error */
  constructor(location: RequestLocation, options: ReadOptions, onEnd: (end: StreamEnd) => void) {
    [this.#location, this.#options, this.#onEnd] = [location, options, onEnd];
  }

  async next(): Promise<Result> {
    if (!this.#hasBegun) this.#begin();
    const event = this.#queue.take();
    if (this.#queue.isLow) this.#reader?.resume();
    if (event) return { done: false, value: event };
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
    if (this.#isOver) return DONE;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Closes the request: the iteration was left. */
  async return(): Promise<Result> {
    this.#hasBegun = true;
    this.#stop(undefined);
    return DONE;
  }

  #begin(): void {
    this.#hasBegun = true;
    const { signal } = this.#options;
    if (signal?.aborted) this.#abort();
    else {
      signal?.addEventListener('abort', this.#onAbort);
      this.#read().catch((error: unknown) => this.#fail(error));
    }
  }

  async #read(): Promise<void> {
    const request = await readyRequest(this.#location);
    if (this.#isOver) return;
    const { onReconnect } = this.#options;
    const reader = new StreamReader(request, this.#options, { onEvent: (event) => this.#take(event), onReconnect });
    this.#reader = reader;
    const { end, error } = await reader.done;
    this.#onEnd(end);
    this.#finish(error && { error });
  }

  #take(event: StreamEvent): void {
    const next = this.#waiting.shift();
    if (next) next.resolve({ done: false, value: event });
    else this.#queue.add(event);
    if (this.#queue.isFull) this.#reader?.pause();
  }

  #abort(): void {
    this.#stop({ error: this.#options.signal?.reason });
  }

  /** Fails before a request was made. */
  #fail(error: unknown): void {
    if (!this.#isOver) this.#onEnd(new ReadingFigures().end('network'));
    this.#finish({ error });
  }

  /** Ends the iteration at once, without the events that wait. */
  #stop(failure: { error: unknown } | undefined): void {
    this.#queue.clear();
    if (this.#isOver) return;
    if (this.#reader) this.#reader.stop();
    else this.#onEnd(new ReadingFigures().end('signal'));
    this.#finish(failure);
  }

  #finish(failure: { error: unknown } | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const [first, ...rest] = this.#waiting.splice(0);
    // Each error is thrown once, as by a generator.
    if (first && failure) first.reject(failure.error);
    else {
      this.#failure = failure;
      first?.resolve(DONE);
    }
    for (const { resolve } of rest) resolve(DONE);
  }
}
