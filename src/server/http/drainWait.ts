import type { StreamSink } from '../source';
import { Timeout } from './timeout';

/** A wait until a client's socket has drained. A client that takes too long is cut off. */
export class DrainWait {
  readonly #sink: StreamSink;
  readonly #timeout: Timeout;
  readonly #onDrained: () => void;
  #isWaiting = false;

  /** @param drainTimeout time that the client may take, in milliseconds @param onDrained called each time that it has drained */
  constructor(sink: StreamSink, drainTimeout: number, onDrained: () => void) {
    [this.#sink, this.#onDrained] = [sink, onDrained];
    this.#timeout = new Timeout(drainTimeout, () => sink.cutOff());
  }

  /** Begins to wait, unless it does already. To be called while the socket is full. */
  start(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#timeout.start();
    this.#sink.onceDrained(() => {
      this.#isWaiting = false;
      this.#timeout.stop();
      this.#onDrained();
    });
  }

  /** Stops the timeout: the client isn't cut off any more. May be called more than once. */
  stop(): void {
    this.#timeout.stop();
  }
}
