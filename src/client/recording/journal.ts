import type { ConnectionEnd } from '../../script/scriptWriter';
import type { IncomingEvent } from '../../stream/parse';
import type { Turns } from '../../turns/turns';
import { Arrivals } from '../history/arrivals';
import type { History } from '../history/history';
import type { End } from '../http/end';
import type { Exchange } from '../http/exchange';
import { Handover } from './handover';
import { keptBeginning } from './historyScript';
import type { Recorder } from './recorder';
import { type Beginning, Retelling } from './retelling';

/** Maximum of an event under way that a recorder is told at once, in bytes: of the worst, lines of `:@`, it takes 5 ms. */
const AT_ONCE = 64 * 1024;

/** A stream that is open. */
export interface OpenStream {
  /** The method that it was asked for with. */
  method: string;
  /** Where the event under way begins, comments before it included; where none is, the position of the next byte. */
  blockStart: number;
  /** Where its first line begins that isn't a comment; undefined where there is none yet. */
  fieldsStart: number | undefined;
}

export interface RecordOptions {
  /** Those in which what is large is told. Default: it is told at once. */
  turns?: Turns | undefined;
  /** The event of that number was left out, for its beginning was kept no more when the recording began. Called once at the most. */
  onLeftOut?(event: number): void;
}

/** Notes when what of a stream comes, and has a recorder write it while there is one. */
export class Journal {
  readonly arrivals = new Arrivals();
  readonly #history: History;
  readonly #openStream: () => OpenStream | undefined;
  #recorder: Recorder | undefined;
  #options: RecordOptions = {};
  /** Position from which the recorder was told; undefined before its first connection. */
  #beginning: Beginning | undefined;
  /** The number of the first event that the recording's latest file has; undefined: it has all that the recording should. */
  #firstEvent: number | undefined;
  /** The retelling to the recorder; chunks that come meanwhile are told behind it. */
  #handover: Handover | undefined;
  /** Since when the recorder waits, as an event is under way of which the beginning is kept no more; undefined: it doesn't. */
  #waiting: { method: string; since: number } | undefined;

  /** @param openStream returns the stream that is open, as far as its bytes have been read */
  constructor(history: History, openStream: () => OpenStream | undefined) {
    [this.#history, this.#openStream] = [history, openStream];
  }

  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** What is being told to the recorder in turns; undefined: nothing is. */
  get handover(): Handover | undefined {
    return this.#handover;
  }

  /**
   * Has what comes from here on written by the recorder; undefined: by none. A stream that is open is written from the
   * beginning of the event that is under way: half an event would be another one, and the next event would come too late
   * for who waits for this one. Only where that beginning is kept no more, it is written from the next event on.
   */
  record(recorder: Recorder | undefined, options: RecordOptions = {}): void {
    this.#firstEvent = undefined;
    this.#recordOn(recorder, options);
  }

  #recordOn(recorder: Recorder | undefined, options: RecordOptions): void {
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
   * Has all that the recording has had from its beginning written by another recorder, and then what comes: nothing is lost,
   * and nothing is written twice. Only what isn't kept any more is left out; where no event of it is, it is as with `record`.
   * @returns the number of the first event that the recorder has, where those before it are kept no more; undefined: it has all
   */
  recordAnew(recorder: Recorder, given: RecordOptions): number | undefined {
    // The file before may have lacked some, too.
    const numbers = [this.#firstEvent, this.#retellAll(recorder, given)].filter((number) => number !== undefined);
    this.#firstEvent = numbers.length > 0 ? Math.max(...numbers) : undefined;
    return this.#firstEvent;
  }

  #retellAll(recorder: Recorder, given: RecordOptions): number | undefined {
    this.#handover?.abandon();
    const had = this.#beginning;
    const beginning = had && this.#kept(had);
    // What is returned says which events were left out.
    const options = had ? { turns: given.turns } : given;
    if (!beginning) {
      this.#recordOn(recorder, options);
      const isLeftOut = this.#waiting && this.#openStream()?.fieldsStart !== undefined;
      return had && this.#history.count + (isLeftOut ? 2 : 1);
    }
    [this.#recorder, this.#options, this.#beginning] = [recorder, options, beginning];
    this.#retell(beginning, recorder, 0);
    if (beginning.from === had.from) return undefined;
    return this.#history.firstFrom(beginning.from)?.number ?? this.#history.count + 1;
  }

  /** Forgets what has come. To be called before the history does: what a recorder hasn't been told again is kept for it. */
  clear(): void {
    this.#handover?.keep();
    this.arrivals.clear();
  }

  response(method: string, { status, headers }: Exchange, isEventStream: boolean): void {
    const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
    const retryAfter = /^\d+$/.test(value) ? Number(value) : undefined;
    const head = { method, status, isEventStream, retryAfter };
    const time = performance.now();
    if (this.#recorder) this.#beginning ??= { method, from: this.#history.bytes.size, arrival: this.arrivals.next };
    this.arrivals.response(head, time);
    this.#live?.response(head, time);
  }

  /** To be called with bytes that the history has. */
  bytes(chunk: Uint8Array): void {
    const time = performance.now();
    this.arrivals.bytes(chunk, time);
    this.arrivals.dropBefore(this.#history.bytes.start);
    const open = this.#waiting && this.#openStream();
    if (open) this.#beginIfKept(open, time);
    else this.#live?.bytes(chunk, time);
  }

  /** To be called behind the bytes that end the event, when the history has it. */
  event({ start, fieldsStart, end }: IncomingEvent): void {
    if (!this.#waiting) return;
    const time = performance.now();
    this.#beginIfKept({ blockStart: start, fieldsStart }, time);
    if (!this.#waiting) return;
    this.#options.onLeftOut?.(this.#history.count);
    this.#begin(end, time);
  }

  /** @param end undefined: the user has closed the connection */
  end(end?: End): void {
    const told = end && connectionEnd(end);
    const time = performance.now();
    // There was a connection, though nothing of it is told.
    this.#begin(this.#history.bytes.size, time);
    this.arrivals.end(told, time);
    this.#live?.end(told, time);
  }

  /** Listener that is told of each chunk as it comes. */
  get #live(): Recorder | undefined {
    return this.#handover || this.#waiting ? undefined : this.#recorder;
  }

  #beginIfKept({ blockStart, fieldsStart = -1 }: Omit<OpenStream, 'method'>, time: number): void {
    const from = Math.min(...[blockStart, fieldsStart].filter((position) => position >= this.#history.bytes.start));
    if (from < Number.POSITIVE_INFINITY) this.#begin(from, time);
  }

  /** Has the recorder that waits told what has come from the position on, and then what comes. Does nothing where none waits. */
  #begin(from: number, time: number): void {
    const [waiting, recorder] = [this.#waiting, this.#recorder];
    if (!waiting || !recorder) return;
    this.#waiting = undefined;
    const open = { time: waiting.since, bytesTime: time, to: this.#history.bytes.size };
    this.#beginning = { method: waiting.method, from, arrival: this.arrivals.next, open };
    this.#retell(this.#beginning, recorder, AT_ONCE);
  }

  /** Tells what has come. @param atOnce maximum that is told at once, in bytes and arrivals: more is, in turns */
  #retell(beginning: Beginning, recorder: Recorder, atOnce: number): void {
    const retelling = new Retelling(this.#history, this.arrivals, beginning, recorder);
    const { turns } = this.#options;
    if (turns && retelling.rest > atOnce) {
      const handover = new Handover(retelling, recorder, turns, () => {
        if (this.#handover === handover) this.#handover = undefined;
      });
      this.#handover = handover;
    } else {
      // An event may be larger than what may wait to be written.
      for (const _ of retelling.pass()) if (recorder.isFull) recorder.flush();
    }
  }

  /** Returns the beginning, or the first one that is kept; undefined if no event is. */
  #kept(beginning: Beginning): Beginning | undefined {
    const { bytes } = this.#history;
    if (beginning.from >= bytes.start && beginning.arrival >= this.arrivals.first) return beginning;
    const kept = keptBeginning(this.#history, this.arrivals, beginning.method);
    return kept.from < bytes.size ? kept : undefined;
  }
}

function connectionEnd(end: End): ConnectionEnd {
  if (end.cause !== 'network') return 'end';
  // Node gives that code also where the connection was closed before the answer was whole; a system call fails of a reset only.
  return end.error.code === 'ECONNRESET' && 'syscall' in end.error ? 'reset' : 'drop';
}
