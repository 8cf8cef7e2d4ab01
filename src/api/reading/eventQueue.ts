import type { StreamEvent } from './streamEvent';

/** Number of events, and size of their blocks in bytes, from which on a stream is held back. */
const [MAX_EVENTS, MAX_BYTES] = [100, 16 * 1024 * 1024];

/** The events that wait for a slow reader. */
export class EventQueue {
  #events: StreamEvent[] = [];
  #bytes = 0;

  /** Whether so much waits that the stream is to be held back. */
  get isFull(): boolean {
    return this.#events.length >= MAX_EVENTS || this.#bytes >= MAX_BYTES;
  }

  /** Whether so little waits that the stream may go on. */
  get isLow(): boolean {
    return this.#events.length <= MAX_EVENTS / 2 && this.#bytes <= MAX_BYTES / 2;
  }

  add(event: StreamEvent): void {
    this.#events.push(event);
    this.#bytes += event.size;
  }

  /** Returns the oldest event; undefined if none waits. */
  take(): StreamEvent | undefined {
    const event = this.#events.shift();
    this.#bytes -= event?.size ?? 0;
    return event;
  }

  clear(): void {
    [this.#events, this.#bytes] = [[], 0];
  }
}
