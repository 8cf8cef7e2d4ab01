import { MAX_EVENT_SIZE } from '../../stream/limits';
import { EventStreamParser, type IncomingEvent } from '../../stream/parse';
import { ByteLog } from './byteLog';
import type { ByteSnapshot } from './byteSnapshot';

/** What is kept: so many events, and of the stream so many bytes. */
const MAX_EVENTS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Characters of its data that an event's row shows. */
const PREVIEW = 400;
/** Maximum kept of the type and of the id of a large event, in characters: as many as its row shows. */
const MAX_NAME = 1000;
/** Of an event that is larger, what its row shows is kept; else it is read again from the bytes. */
const LARGE = 8 * 1024;
/**
 * Maximum size of the comments before an event that count as a part of it, in bytes: what is shown of it, and searched in
 * it, is the beginning.
 */
const MAX_COMMENTS = 4 * 1024;
/** For a block that isn't read to its end. */
const BLOCK_END = Buffer.from('\n\n');
/** The numbers that are kept of an event, by their place among them. */
const [TIME, GAP, START, END] = [0, 1, 2, 3];
const NUMBERS = 4;

/** One event. Its data stands in the bytes. */
export interface RecordedEvent {
  /** From 1, in the order in which they came. */
  number: number;
  /** When it came, as `Date.now()` counts. */
  time: number;
  /** Milliseconds since the event before; none for the first. */
  gap: number | undefined;
  /** Of a large event the first 1,000 characters; whole it stands in the bytes. */
  event: string;
  /** The id that its block sets; of a large event as much as of its type. */
  id: string | undefined;
  /** Where it stands, with the comments before it where they are short. */
  start: number;
  end: number;
  /** Bytes that were left out of it, as it is too large. */
  leftOut: number;
  /** Its data, where that had to be read; of a large event it has to be asked for. */
  data?: string;
  /** Of a large event, the beginning of its data. */
  preview?: string;
}

/** When an event came, and where it stands. */
export type EventPlace = Pick<RecordedEvent, 'number' | 'time' | 'start' | 'end'>;

/** A history's content at one moment; it stays while the history goes on. */
export interface HistorySnapshot {
  bytes: ByteSnapshot;
  /** The number of the first event that is kept. */
  first: number;
  /** The number of the last event. */
  last: number;
  at(number: number): EventPlace;
}

/** What the bytes say of it. */
type Read = Pick<RecordedEvent, 'event' | 'id' | 'leftOut' | 'data' | 'preview'>;

/** What has come on a stream, also after reconnects: its bytes, and its events. Bounded: the oldest are evicted, and counted. */
export class History {
  readonly bytes: ByteLog;
  readonly #maxEvents: number;
  /** Each event takes the place of the one that is evicted for it. (Objects would be garbage, thousands a second.) */
  readonly #numbers: Float64Array;
  readonly #large = new Map<number, Read>();
  #first = 1;
  #count = 0;
  #cleared = 0;
  #clearedSize = 0;
  #lastTime = Number.NaN;

  constructor({ maxEvents = MAX_EVENTS, maxBytes = MAX_BYTES } = {}) {
    this.#maxEvents = maxEvents;
    this.#numbers = new Float64Array(maxEvents * NUMBERS);
    this.bytes = new ByteLog(maxBytes);
  }

  /** How many events have come. */
  get count(): number {
    return this.#count;
  }

  /** The number of the oldest event that is kept; where none is, of the next that comes. */
  get first(): number {
    return this.#first;
  }

  /** The number of the last event that was cleared; 0: none was. */
  get cleared(): number {
    return this.#cleared;
  }

  /** How many bytes have come since all was cleared. */
  get bytesSinceClear(): number {
    return this.bytes.size - this.#clearedSize;
  }

  /** How many events were evicted for want of room. */
  get evicted(): number {
    return this.#first - 1 - this.#cleared;
  }

  /** To be called with the bytes before the events that they end. */
  addBytes(chunk: Uint8Array): void {
    this.bytes.append(chunk);
    this.#drop();
  }

  addEvent(incoming: IncomingEvent, time: number): void {
    const { data, event, id, end, leftOut } = incoming;
    const start = this.#startOf(incoming);
    this.#count += 1;
    this.#numbers.set([time, time - this.#lastTime, start, end], this.#placeOf(this.#count));
    if (end - start > LARGE) {
      const [name, shortId] = [beginningOf(event, MAX_NAME), id && beginningOf(id, MAX_NAME)];
      this.#large.set(this.#count, { event: name, id: shortId, leftOut, preview: previewOf(data) });
    }
    this.#lastTime = time;
    this.#drop();
  }

  get(number: number): RecordedEvent | undefined {
    if (number < this.#first || number > this.#count) return undefined;
    const [start, end] = [this.#numberOf(number, START), this.#numberOf(number, END)];
    const read = this.#large.get(number) ?? this.#read(start, end);
    if (!read) return undefined;
    const gap = this.#numberOf(number, GAP);
    return {
      ...read,
      number,
      time: this.#numberOf(number, TIME),
      gap: Number.isNaN(gap) ? undefined : gap,
      start,
      end,
    };
  }

  /** Returns what is kept at this moment. */
  snapshot(): HistorySnapshot {
    const numbers = this.#numbers.slice();
    const at = (number: number) => {
      const place = this.#placeOf(number);
      const [time = Number.NaN, , start = 0, end = 0] = numbers.subarray(place, place + NUMBERS);
      return { number, time, start, end };
    };
    return { bytes: this.bytes.snapshot(), first: this.#first, last: this.#count, at };
  }

  /** Returns the first event that begins at the position or behind it; undefined if none is kept. */
  firstFrom(position: number): { number: number; start: number } | undefined {
    for (let number = this.#first; number <= this.#count; number += 1) {
      const start = this.#numberOf(number, START);
      if (start >= position) return { number, start };
    }
    return undefined;
  }

  /** The data of an event that is kept, as far as it stands in the first bytes of its block, so many at the most. Default: all. */
  data({ data, start, end }: RecordedEvent, most = Number.POSITIVE_INFINITY): string {
    return data ?? this.#read(start, Math.min(end, start + most))?.data ?? '';
  }

  /** The beginning of an event's data on one line. */
  preview(event: RecordedEvent): string {
    return event.preview ?? previewOf(this.data(event));
  }

  /** Forgets what has come, also when; the numbers go on. */
  clear(): void {
    this.#lastTime = Number.NaN;
    this.bytes.clear();
    this.#large.clear();
    this.#first = this.#count + 1;
    [this.#cleared, this.#clearedSize] = [this.#count, this.bytes.size];
  }

  /** Without the comments before it where they are long, or not kept: an event is whole without them. */
  #startOf({ start, fieldsStart }: IncomingEvent): number {
    return start < this.bytes.start || fieldsStart - start > MAX_COMMENTS ? fieldsStart : start;
  }

  #placeOf(number: number): number {
    return ((number - 1) % this.#maxEvents) * NUMBERS;
  }

  #numberOf(event: number, which: number): number {
    return this.#numbers[this.#placeOf(event) + which] ?? Number.NaN;
  }

  #read(start: number, end: number): Read | undefined {
    let read: Read | undefined;
    const options = { maxEventSize: MAX_EVENT_SIZE, continues: true };
    const parser = new EventStreamParser(({ data, event, id, leftOut }) => {
      read = { data, event, id, leftOut };
    }, options);
    parser.feed(this.bytes.slice(start, end));
    parser.feed(BLOCK_END);
    return read;
  }

  #drop(): void {
    const first = this.#first;
    while (this.#isPast(this.#first)) {
      this.#large.delete(this.#first);
      this.#first += 1;
    }
    if (this.#first > first && this.#first <= this.#count) this.bytes.dropBefore(this.#numberOf(this.#first, START));
  }

  /** There is an event of that number, and no room for it. */
  #isPast(number: number): boolean {
    return (
      number <= this.#count - this.#maxEvents ||
      (number <= this.#count && this.#numberOf(number, START) < this.bytes.start)
    );
  }
}

function previewOf(data: string): string {
  return beginningOf(data, PREVIEW).replace(/\s+/g, ' ');
}

function beginningOf(text: string, characters: number): string {
  // By way of bytes: else V8 keeps the whole of which it is a slice.
  return Buffer.from(text.slice(0, characters)).toString();
}
