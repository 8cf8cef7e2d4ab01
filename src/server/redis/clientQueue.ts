import { DrainWait } from '../http/drainWait';
import { MIN_QUEUED, type QueuedBytes } from '../http/queuedBytes';
import type { Blocks, StreamSink } from '../source';

/** Maximum size of the blocks that wait for a client that reads too slowly, in bytes, before it is cut off; it resumes. */
const MAX_QUEUED = 4 * 1024 * 1024;

export interface ClientQueueOptions {
  /** The bytes queued for all clients of the server. */
  queuedBytes: QueuedBytes;
  /** Time a client may take to drain its socket, in milliseconds. */
  drainTimeout: number;
}

/** Whole blocks on their way to a client: written at once, or queued while its socket is full. */
export class ClientQueue {
  readonly #sink: StreamSink;
  readonly #queuedBytes: QueuedBytes;
  readonly #drain: DrainWait;
  #queue: Blocks[] = [];
  #size = 0;
  #isClosed = false;
  #onEmpty: (() => void) | undefined;

  constructor(sink: StreamSink, { queuedBytes, drainTimeout }: ClientQueueOptions) {
    [this.#sink, this.#queuedBytes] = [sink, queuedBytes];
    this.#drain = new DrainWait(sink, drainTimeout, () => this.#flush());
  }

  /**
   * Writes blocks that came together, or queues them. Cuts off the client if too much waits for it already: they are queued whole,
   * so that a burst alone cuts off nobody.
   */
  write(pieces: readonly Blocks[]): void {
    if (this.#size > MAX_QUEUED) this.#sink.cutOff();
    for (const piece of pieces) {
      if (this.#isClosed) return;
      if (this.#queue.length === 0 && !this.#sink.isFull) this.#sink.write(piece.bytes, piece.events);
      else this.#add(piece);
    }
  }

  /** Resolves when all was written and the socket isn't full, or the queue was closed. One waits at a time. */
  empty(): Promise<void> {
    if (this.#isClosed || (this.#queue.length === 0 && !this.#sink.isFull)) return Promise.resolve();
    this.#drain.start();
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** Discards what is queued. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#drain.stop();
    for (const { bytes } of this.#queue) this.#queuedBytes.release(bytes);
    [this.#queue, this.#size] = [[], 0];
    this.#onEmpty?.();
  }

  #add(piece: Blocks): void {
    if (!this.#queuedBytes.fits(piece.bytes)) {
      this.#sink.cutOff();
      return;
    }
    this.#size += Math.max(piece.bytes.length, MIN_QUEUED);
    this.#queue.push(piece);
    this.#queuedBytes.add(piece.bytes);
    this.#drain.start();
  }

  #flush(): void {
    while (!this.#sink.isFull) {
      const blocks = this.#queue.shift();
      if (!blocks) break;
      this.#size -= Math.max(blocks.bytes.length, MIN_QUEUED);
      this.#queuedBytes.release(blocks.bytes);
      this.#sink.write(blocks.bytes, blocks.events);
    }
    if (this.#isClosed) return;
    if (this.#sink.isFull) {
      this.#drain.start();
      return;
    }
    const onEmpty = this.#onEmpty;
    this.#onEmpty = undefined;
    onEmpty?.();
  }
}
