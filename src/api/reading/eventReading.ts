import { EventIterator } from './eventIterator';
import type { ReadOptions, RequestLocation, StreamEnd, StreamEvent, StreamReading } from './streamEvent';

/** A reading of a stream, which can be iterated once. */
export class EventReading implements StreamReading {
  readonly end: Promise<StreamEnd>;
  readonly #location: RequestLocation;
  readonly #options: ReadOptions;
  #resolve: (end: StreamEnd) => void = () => {};
  #isTaken = false;

  constructor(location: RequestLocation, options: ReadOptions) {
    [this.#location, this.#options] = [location, options];
    this.end = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamEvent, undefined> {
    if (this.#isTaken)
      throw new Error('This reading was iterated already. Call readEventStream again to make another request.');
    this.#isTaken = true;
    return new EventIterator(this.#location, this.#options, this.#resolve);
  }
}
