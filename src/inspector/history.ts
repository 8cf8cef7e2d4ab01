import { EventStreamParser, type IncomingEvent } from '../sse/parse';
import { ByteLog } from './byteLog';

/** What is kept: so many events, and of the stream so many bytes. */
export const MAX_EVENTS = 100_000;
export const MAX_BYTES = 64 * 1024 * 1024;
/** Of a larger event, the rest is left out, in bytes. */
export const MAX_EVENT_SIZE = 16 * 1024 * 1024;

/** Characters of its data that an event's row shows. */
const PREVIEW = 400;
/** Of an event that is larger, the row's text is kept; else it is read again from the bytes. */
const LARGE = 8 * 1024;

/** One event, without its data: that stands in the bytes. */
export interface RecordedEvent {
  /** From 1, in the order in which they came. */
  number: number;
  /** When it came, as `Date.now()` counts. */
  time: number;
  /** Milliseconds since the event before; none for the first. */
  gap: number | undefined;
  event: string;
  /** The id that its block sets. */
  id: string | undefined;
  start: number;
  end: number;
  /** Bytes that were left out of it, as it is too large. */
  leftOut: number;
  preview: string | undefined;
}

/** What has come on a stream, also after reconnects: its bytes, and its events. Bounded: the oldest are dropped, and counted. */
export class History {
  readonly bytes: ByteLog;
  readonly #maxEvents: number;
  #events: RecordedEvent[] = [];
  /** The index in `#events` of the first that isn't dropped. */
  #head = 0;
  #count = 0;
  #cleared = 0;
  #lastTime: number | undefined;

  constructor({ maxEvents = MAX_EVENTS, maxBytes = MAX_BYTES } = {}) {
    this.#maxEvents = maxEvents;
    this.bytes = new ByteLog(maxBytes);
  }

  /** How many events have come. */
  get count(): number {
    return this.#count;
  }

  /** The number of the oldest event that is kept; where none is, of the next that comes. */
  get first(): number {
    return this.#count - (this.#events.length - this.#head) + 1;
  }

  /** How many events were dropped for want of room. */
  get dropped(): number {
    return this.first - 1 - this.#cleared;
  }

  /** To be called with the bytes before the events that they end. */
  addBytes(chunk: Uint8Array): void {
    this.bytes.append(chunk);
  }

  addEvent({ data, event, id, start, end, leftOut }: IncomingEvent, time: number): void {
    this.#count += 1;
    const gap = this.#lastTime === undefined ? undefined : time - this.#lastTime;
    const preview = end - start > LARGE ? previewOf(data) : undefined;
    this.#events.push({ number: this.#count, time, gap, event, id, start, end, leftOut, preview });
    this.#lastTime = time;
    this.#drop();
  }

  get(number: number): RecordedEvent | undefined {
    return number < this.first ? undefined : this.#events[this.#head + number - this.first];
  }

  /** The data of an event that is kept. */
  data({ start, end }: RecordedEvent): string {
    let data = '';
    const options = { maxEventSize: MAX_EVENT_SIZE, continues: true };
    new EventStreamParser((event) => {
      data = event.data;
    }, options).feed(this.bytes.slice(start, end));
    return data;
  }

  /** The beginning of an event's data on one line. */
  preview(event: RecordedEvent): string {
    return event.preview ?? previewOf(this.data(event));
  }

  /** Forgets what has come; the numbers go on. */
  clear(): void {
    this.bytes.clear();
    this.#events = [];
    this.#head = 0;
    this.#cleared = this.#count;
  }

  #drop(): void {
    const oldest = () => this.#events[this.#head];
    const head = this.#head;
    while (this.#events.length - this.#head > this.#maxEvents || (oldest()?.start ?? Infinity) < this.bytes.start)
      this.#head += 1;
    if (this.#head === head) return;
    this.bytes.dropBefore(oldest()?.start ?? 0);
    // Now and then: to move all of them for each that is dropped would cost more than the events do.
    if (this.#head <= this.#events.length / 2) return;
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

function previewOf(data: string): string {
  // By way of bytes: else V8 keeps the whole of which it is a slice.
  return Buffer.from(data.slice(0, PREVIEW).replace(/\s+/g, ' ')).toString();
}
