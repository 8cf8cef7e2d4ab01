import { BURST_GAP } from '../../analysis/timeline/burst';
import { MAX_EVENT_SIZE } from '../../stream/limits';
import { newParser } from '../../stream/newParser';
import type { IncomingEvent } from '../../stream/parse';
import { ownText } from '../../text/ownText';
import { ByteLog } from './byteLog';
import type { ByteSnapshot } from './byteSnapshot';
import { MAX_NAME } from './eventNames';

/** Maximum number of events that are kept, and of bytes of the stream. */
const MAX_EVENTS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Maximum length of the data in an event's row, in characters. */
const PREVIEW = 400;
/**
 * Size above which the content of an event's row is kept, in bytes; that of a smaller event is parsed again from the
 * bytes.
 */
const LARGE = 8 * 1024;
/**
 * Maximum size of the comments before an event that count as part of it, in bytes: only the beginning of an event is shown
 * and searched.
 */
const MAX_COMMENTS = 4 * 1024;
/** Indexes of an event's numbers within its record. */
const [TIME, GAP, START, END, BURST] = [0, 1, 2, 3, 4];
const NUMBERS = 5;

/** An event of the history. Its data is in the bytes. */
export interface RecordedEvent {
  /** Number of the event, from 1, in order of arrival. */
  number: number;
  /** Time of arrival, as returned by `Date.now()`. */
  time: number;
  /** Time since the event before, in milliseconds; undefined for the first. */
  gap: number | undefined;
  /** Number of the burst that it came in: events of one came at most 5 ms after each other. */
  burst: number;
  /** Type of the event; for a large event, only the first 1,000 characters. */
  event: string;
  /** Id that the event's block sets; for a large event, only the first 1,000 characters. */
  id: string | undefined;
  /** Position where the event begins, including the comments before it if they are short. */
  start: number;
  end: number;
  /** Number of bytes that were omitted, because the event is too large. */
  omitted: number;
  /** Data of the event, if it was read together with the rest; undefined for a large event, see `History.data`. */
  data?: string | undefined;
  /** Beginning of the data; only set for a large event. */
  preview?: string | undefined;
}

/** An event's number, time of arrival, and range in the bytes. */
export type EventPlace = Pick<RecordedEvent, 'number' | 'time' | 'start' | 'end'>;

/** A snapshot of a history; it doesn't change while the history goes on. */
export interface HistorySnapshot {
  bytes: ByteSnapshot;
  /** The number of the first event that is kept. */
  first: number;
  /** The number of the last event. */
  last: number;
  at(number: number): EventPlace;
}

/** The part of an event that is parsed from the bytes. */
type Read = Pick<RecordedEvent, 'event' | 'id' | 'omitted' | 'data' | 'preview'>;

/** The bytes and events received on a stream, across reconnects. Bounded: the oldest are evicted, and counted. */
export class History {
  readonly bytes: ByteLog;
  readonly #maxEvents: number;
  /** Ring buffer with the numbers of each event. (An object for each would make garbage, thousands a second.) */
  readonly #numbers: Float64Array;
  readonly #large = new Map<number, Read>();
  #first = 1;
  #count = 0;
  #cleared = 0;
  #clearedSize = 0;
  #lastTime = Number.NaN;
  #burst = 0;

  constructor({ maxEvents = MAX_EVENTS, maxBytes = MAX_BYTES } = {}) {
    this.#maxEvents = maxEvents;
    this.#numbers = new Float64Array(maxEvents * NUMBERS);
    this.bytes = new ByteLog(maxBytes);
  }

  /** Number of events received so far. */
  get count(): number {
    return this.#count;
  }

  /** Number of the oldest event that is kept; if there is none, of the next one to come. */
  get first(): number {
    return this.#first;
  }

  /** Number of the last event that was cleared; 0 if none was. */
  get cleared(): number {
    return this.#cleared;
  }

  /** Number of bytes received since the last clear. */
  get bytesSinceClear(): number {
    return this.bytes.size - this.#clearedSize;
  }

  /** Number of events that were evicted. */
  get evicted(): number {
    return this.#first - 1 - this.#cleared;
  }

  /** Adds received bytes. To be called before the events that they complete are added. */
  addBytes(chunk: Uint8Array): void {
    this.bytes.append(chunk);
    this.#drop();
  }

  addEvent(incoming: IncomingEvent, time: number): void {
    const { data, event, id, end, omitted } = incoming;
    const [start, gap] = [this.#startOf(incoming), time - this.#lastTime];
    this.#count += 1;
    if (!(gap <= BURST_GAP)) this.#burst += 1;
    const [numbers, offset] = [this.#numbers, this.#offsetOf(this.#count)];
    numbers[offset + TIME] = time;
    numbers[offset + GAP] = gap;
    numbers[offset + START] = start;
    numbers[offset + END] = end;
    numbers[offset + BURST] = this.#burst;
    if (end - start > LARGE) {
      const [name, shortId] = [ownText(event, MAX_NAME), id && ownText(id, MAX_NAME)];
      this.#large.set(this.#count, { event: name, id: shortId, omitted, preview: previewOf(data) });
    }
    this.#lastTime = time;
    this.#drop();
  }

  get(number: number): RecordedEvent | undefined {
    if (number < this.#first || number > this.#count) return undefined;
    const [start, end] = [this.#numberOf(number, START), this.#numberOf(number, END)];
    const read = this.#large.get(number) ?? this.#read(start, end);
    if (!read) return undefined;
    const { event, id, omitted, data, preview } = read;
    const [time, burst, sinceLast] = [this.timeOf(number), this.#numberOf(number, BURST), this.#numberOf(number, GAP)];
    const gap = Number.isNaN(sinceLast) ? undefined : sinceLast;
    // Named one by one: to spread two objects into one takes longer than all the rest.
    return { number, time, gap, burst, event, id, start, end, omitted, data, preview };
  }

  /** Returns the time at which an event that is kept came. */
  timeOf(number: number): number {
    return this.#numberOf(number, TIME);
  }

  /** Returns a snapshot of the history. */
  snapshot(): HistorySnapshot {
    const numbers = this.#numbers.slice();
    const at = (number: number) => {
      const place = this.#offsetOf(number);
      const [time = Number.NaN, , start = 0, end = 0] = numbers.subarray(place, place + NUMBERS);
      return { number, time, start, end };
    };
    return { bytes: this.bytes.snapshot(), first: this.#first, last: this.#count, at };
  }

  /** Returns the first event that begins at the position or after it; undefined if none is kept. */
  firstFrom(position: number): { number: number; start: number } | undefined {
    for (let number = this.#first; number <= this.#count; number += 1) {
      const start = this.#numberOf(number, START);
      if (start >= position) return { number, start };
    }
    return undefined;
  }

  /** Returns the data of an event that is kept, as far as it is within the first `most` bytes of its block. Default: all. */
  data({ data, start, end }: RecordedEvent, most = Number.POSITIVE_INFINITY): string {
    return data ?? this.#read(start, Math.min(end, start + most))?.data ?? '';
  }

  /** Returns the beginning of an event's data, on one line. */
  preview(event: RecordedEvent): string {
    return event.preview ?? previewOf(this.data(event));
  }

  /** Clears all bytes and events. Numbers and positions go on. */
  clear(): void {
    this.#lastTime = Number.NaN;
    this.bytes.clear();
    this.#large.clear();
    this.#first = this.#count + 1;
    [this.#cleared, this.#clearedSize] = [this.#count, this.bytes.size];
  }

  /**
   * Returns the start of an event, without the comments before it if they are long or evicted: an event is complete
   * without them.
   */
  #startOf({ start, fieldsStart }: IncomingEvent): number {
    return start < this.bytes.start || fieldsStart - start > MAX_COMMENTS ? fieldsStart : start;
  }

  #offsetOf(number: number): number {
    return ((number - 1) % this.#maxEvents) * NUMBERS;
  }

  #numberOf(event: number, which: number): number {
    return this.#numbers[this.#offsetOf(event) + which] ?? Number.NaN;
  }

  #read(start: number, end: number): Read | undefined {
    let found: Read | undefined;
    const options = { maxEventSize: MAX_EVENT_SIZE, continues: true };
    const onEvent = (event: IncomingEvent) => {
      found = event;
    };
    const parser = newParser(this.bytes.formatAt(start), onEvent, options);
    parser.feed(this.bytes.view(start, end));
    // The beginning alone of an event may be asked for, and the last line needs no end.
    return found ?? parser.openEvent();
  }

  #drop(): void {
    const first = this.#first;
    while (this.#hasToBeEvicted(this.#first)) {
      this.#large.delete(this.#first);
      this.#first += 1;
    }
    if (this.#first > first && this.#first <= this.#count) this.bytes.dropBefore(this.#numberOf(this.#first, START));
  }

  /** Whether the event of that number has come, and has to be evicted. */
  #hasToBeEvicted(number: number): boolean {
    return (
      number <= this.#count - this.#maxEvents ||
      (number <= this.#count && this.#numberOf(number, START) < this.bytes.start)
    );
  }
}

function previewOf(data: string): string {
  return ownText(data, PREVIEW).replace(/\s+/g, ' ');
}
