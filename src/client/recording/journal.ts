import type { ConnectionEnd } from '../../script/scriptWriter';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamFormat } from '../../stream/streamParser';
import type { Turns } from '../../turns/turns';
import { Arrivals } from '../history/arrivals';
import type { History } from '../history/history';
import { TimedLines } from '../history/timedLines';
import { WallClock } from '../history/wallClock';
import type { End } from '../http/end';
import type { Exchange } from '../http/exchange';
import { Handover } from './handover';
import { keptBeginning } from './historyScript';
import type { Recorder } from './recorder';
import { type Beginning, Retelling } from './retelling';

/**
 * Maximum size of an event in progress that is retold to a recorder at once, in bytes: the worst case, lines of `:@`,
 * takes 5 ms.
 */
const MAX_AT_ONCE = 64 * 1024;

/** A stream that is open. */
export interface OpenStream {
  /** Method of the request. */
  method: string;
  /**
   * Position where the event in progress begins, including the comments before it; if there is none, position of the next
   * byte.
   */
  blockStart: number;
  /** Position of the event's first line that isn't a comment; undefined if there is none yet. */
  fieldsStart: number | undefined;
}

export interface RecordOptions {
  /** Time slices in which a large backlog is retold. Default: it is retold at once. */
  turns?: Turns | undefined;
  /**
   * Called at most once, with the number of an event that was omitted, because its beginning had been evicted when the
   * recording began.
   */
  onOmitted?(event: number): void;
}

/** A log of the arrival time of every chunk, which forwards each to the recorder, if there is one. */
export class Journal {
  readonly arrivals = new Arrivals();
  /** Lines of the stream, with the times of the arrivals. */
  readonly lines: TimedLines;
  readonly #clock = new WallClock();
  readonly #history: History;
  readonly #openStream: () => OpenStream | undefined;
  readonly #now: () => number;
  #recorder: Recorder | undefined;
  #options: RecordOptions = {};
  /** Beginning of what the recorder gets; undefined before its first connection. */
  #beginning: Beginning | undefined;
  /** Number of the first event in the recording's latest file; undefined if the file has everything that it should. */
  #firstEvent: number | undefined;
  /** Handover to the recorder; chunks that come meanwhile are retold at its end. */
  #handover: Handover | undefined;
  /**
   * Time since when the recorder waits for the next event, because the beginning of the one in progress was evicted;
   * undefined if it doesn't wait.
   */
  #waiting: { method: string; since: number } | undefined;

  /** @param openStream returns the stream that is open, as far as its bytes have been read @param now returns the time of events */
  constructor(history: History, openStream: () => OpenStream | undefined, now = () => Date.now()) {
    [this.#history, this.#openStream, this.#now] = [history, openStream, now];
    this.lines = new TimedLines(history.bytes, this.arrivals, this.#clock);
  }

  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Handover to the recorder that is in progress; undefined if there is none. */
  get handover(): Handover | undefined {
    return this.#handover;
  }

  /**
   * Has the recorder write what comes from here on; undefined for none. An open stream is recorded from the beginning of
   * the event in progress: half an event would be a different one, and the next event would be too late for a user who
   * waits for this one. Only if that beginning was evicted, it is recorded from the next event on.
   */
  record(recorder: Recorder | undefined, options: RecordOptions = {}): void {
    this.#firstEvent = undefined;
    this.#startRecorder(recorder, options);
  }

  #startRecorder(recorder: Recorder | undefined, options: RecordOptions): void {
    this.#handover?.finish();
    [this.#recorder, this.#options] = [recorder, options];
    [this.#waiting, this.#beginning] = [undefined, undefined];
    const open = recorder && this.#openStream();
    if (!open) return;
    const time = performance.now();
    this.#waiting = { method: open.method, since: time };
    this.#beginIfKept(open, time);
  }

  /**
   * Has another recorder write everything since the recording began, and then what comes: nothing is lost or written
   * twice. Only what was evicted is omitted; if that is everything, it does the same as `record`.
   * @returns the number of the first event that the recorder gets, if earlier ones were evicted; undefined if it gets all
   */
  recordAnew(recorder: Recorder, given: RecordOptions): number | undefined {
    // The previous file may have lacked events, too.
    const numbers = [this.#firstEvent, this.#retellAll(recorder, given)].filter((number) => number !== undefined);
    this.#firstEvent = numbers.length > 0 ? Math.max(...numbers) : undefined;
    return this.#firstEvent;
  }

  #retellAll(recorder: Recorder, given: RecordOptions): number | undefined {
    this.#handover?.abandon();
    const had = this.#beginning;
    const beginning = had && this.#kept(had);
    // The return value says which events were omitted, so `onOmitted` isn't called.
    const options = had ? { turns: given.turns } : given;
    if (!beginning) {
      this.#startRecorder(recorder, options);
      const isLeftOut = this.#waiting && this.#openStream()?.fieldsStart !== undefined;
      return had && this.#history.count + (isLeftOut ? 2 : 1);
    }
    [this.#recorder, this.#options, this.#beginning] = [recorder, options, beginning];
    this.#retell(beginning, recorder, 0);
    if (beginning.from === had.from) return undefined;
    return this.#history.firstFrom(beginning.from)?.number ?? this.#history.count + 1;
  }

  /**
   * Clears the arrivals. To be called before the history is cleared: what is still to be retold to a recorder is kept for
   * it.
   */
  clear(): void {
    this.#handover?.keep();
    this.arrivals.clear();
  }

  /** Logs the head of a response. @param format of the stream; undefined if it is none */
  response(method: string, { status, headers }: Exchange, format: StreamFormat | undefined): void {
    const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
    const retryAfter = /^\d+$/.test(value) ? Number(value) : undefined;
    const head = { method, status, isEventStream: format !== undefined, format, retryAfter };
    const time = performance.now();
    if (this.#recorder) this.#beginning ??= { method, from: this.#history.bytes.size, arrival: this.arrivals.next };
    this.arrivals.response(head, time);
    this.#live?.response(head, time);
  }

  /** Logs a chunk. To be called after the history has it. */
  bytes(chunk: Uint8Array): void {
    const time = performance.now();
    this.#clock.note(time, this.#now());
    this.arrivals.bytes(chunk, time);
    this.arrivals.dropBefore(this.#history.bytes.start);
    const open = this.#waiting && this.#openStream();
    if (open) this.#beginIfKept(open, time);
    else this.#live?.bytes(chunk, time);
  }

  /**
   * Starts a waiting recorder at this event or the next. To be called after the bytes that complete the event, when the
   * history has it.
   */
  event({ start, fieldsStart, end }: IncomingEvent): void {
    if (!this.#waiting) return;
    const time = performance.now();
    this.#beginIfKept({ blockStart: start, fieldsStart }, time);
    if (!this.#waiting) return;
    this.#options.onOmitted?.(this.#history.count);
    this.#begin(end, time);
  }

  /** Logs the end of a connection. @param end undefined if the user has closed it */
  end(end?: End): void {
    const told = end && connectionEnd(end);
    const time = performance.now();
    // The connection is recorded even if nothing of it was received.
    this.#begin(this.#history.bytes.size, time);
    this.arrivals.end(told, time);
    this.#live?.end(told, time);
  }

  /** Recorder that gets each chunk as it comes; undefined if there is none, or it has to wait. */
  get #live(): Recorder | undefined {
    return this.#handover || this.#waiting ? undefined : this.#recorder;
  }

  #beginIfKept({ blockStart, fieldsStart = -1 }: Omit<OpenStream, 'method'>, time: number): void {
    const from = Math.min(...[blockStart, fieldsStart].filter((position) => position >= this.#history.bytes.start));
    if (from < Number.POSITIVE_INFINITY) this.#begin(from, time);
  }

  /**
   * Starts the waiting recorder: retells what has come from the position on; then it gets what comes. Does nothing if none
   * waits.
   */
  #begin(from: number, time: number): void {
    const [waiting, recorder] = [this.#waiting, this.#recorder];
    if (!waiting || !recorder) return;
    this.#waiting = undefined;
    const open = { time: waiting.since, bytesTime: time, to: this.#history.bytes.size };
    this.#beginning = { method: waiting.method, from, arrival: this.arrivals.next, open };
    this.#retell(this.#beginning, recorder, MAX_AT_ONCE);
  }

  /**
   * Retells what has come.
   * @param atOnce maximum that is retold at once, in bytes and arrivals; a larger backlog is retold in time slices
   */
  #retell(beginning: Beginning, recorder: Recorder, atOnce: number): void {
    const retelling = new Retelling(this.#history, this.arrivals, beginning, recorder);
    const { turns } = this.#options;
    if (turns && retelling.rest > atOnce) {
      const handover = new Handover(retelling, recorder, turns, () => {
        if (this.#handover === handover) this.#handover = undefined;
      });
      this.#handover = handover;
    } else {
      // An event may be larger than the recorder's queue.
      for (const _ of retelling.pass()) if (recorder.isFull) recorder.flush();
    }
  }

  /** Returns the beginning, or the first one that is kept; undefined if no event is kept. */
  #kept(beginning: Beginning): Beginning | undefined {
    const { bytes } = this.#history;
    if (beginning.from >= bytes.start && beginning.arrival >= this.arrivals.first) return beginning;
    const kept = keptBeginning(this.#history, this.arrivals, beginning.method);
    return kept.from < bytes.size ? kept : undefined;
  }
}

function connectionEnd(end: End): ConnectionEnd {
  if (end.cause !== 'network') return 'end';
  // Node also reports this code if the connection was closed before the response was complete; a system call only fails for
  // a reset.
  return end.error.code === 'ECONNRESET' && 'syscall' in end.error ? 'reset' : 'drop';
}
