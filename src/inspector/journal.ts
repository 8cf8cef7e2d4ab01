import type { IncomingEvent } from '../sse/parse';
import type { ConnectionEnd } from '../sse/scriptWriter';
import type { Turns } from '../turns/turns';
import { Arrivals } from './arrivals';
import type { Exchange } from './exchange';
import { Handover } from './handover';
import type { History } from './history';
import { keptBeginning } from './historyScript';
import type { Recorder } from './recorder';
import { type Beginning, Retelling } from './retelling';
import type { End } from './subscription';

/** Maximum of an event under way that a recorder is told at once, in bytes: of the worst, lines of `:@`, it takes 5 ms. */
const AT_ONCE = 64 * 1024;

/** A stream that is open: the method that it was asked for with, and where the event under way begins; where none is, the position of the next byte. */
export interface OpenStream {
  method: string;
  blockStart: number;
}

/** How a recording goes on with another recorder. */
export interface Succession {
  /** The number of the first event that the recorder has, where those before it are kept no more; undefined: it has all. */
  firstEvent: number | undefined;
  /** The retelling that is under way; undefined if none is. */
  handover: Handover | undefined;
}

/** Notes when what of a stream comes, and has a recorder write it while there is one. */
export class Journal {
  readonly arrivals = new Arrivals();
  readonly #history: History;
  #recorder: Recorder | undefined;
  /** Position from which the recorder was told; undefined before its first connection. */
  #beginning: Beginning | undefined;
  /** The retelling to the recorder; chunks that come meanwhile are told behind it. */
  #handover: Handover | undefined;
  /** The position from which bytes are kept, while an event is under way of which the beginning isn't. */
  #keptFrom: number | undefined;

  constructor(history: History) {
    this.#history = history;
  }

  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /**
   * Has what comes from here on written by the recorder; undefined: by none. A stream that is open is written from the
   * beginning of the event that is under way: half an event would be another one, and the next event would come too late
   * for who waits for this one. Only where that beginning is kept no more, it is written from the next event on.
   * @param turns in which the beginning is told where it is large; undefined: it is told at once
   * @returns what is being told in turns; undefined: nothing is
   */
  record(recorder: Recorder | undefined, open?: OpenStream, turns?: Turns): Handover | undefined {
    this.#handover?.finish();
    [this.#recorder, this.#keptFrom, this.#beginning] = [recorder, undefined, undefined];
    if (!recorder || !open) return undefined;
    const { bytes } = this.#history;
    const isKept = open.blockStart >= bytes.start;
    if (!isKept) this.#keptFrom = bytes.start;
    const beginning = this.#begin(open.method, isKept ? open.blockStart : bytes.size, performance.now());
    const retelling = new Retelling(this.#history, this.arrivals, beginning, recorder);
    if (turns && bytes.size - beginning.from > AT_ONCE) return this.#handOver(retelling, recorder, turns);
    // An event may be larger than what may wait to be written.
    for (const _ of retelling.pass()) if (recorder.isFull) recorder.flush();
    return undefined;
  }

  /**
   * Has all that the recording has had from its beginning written by another recorder, and then what comes: nothing is lost,
   * and nothing is written twice. Only what isn't kept any more is left out; where no event of it is, it is as with `record`.
   */
  recordAnew(recorder: Recorder, turns: Turns, open?: OpenStream): Succession {
    this.#handover?.abandon();
    const beginning = this.#beginning && this.#keptFrom === undefined ? this.#kept(this.#beginning) : undefined;
    if (!beginning) {
      const had = this.#beginning !== undefined && this.#keptFrom === undefined;
      const handover = this.record(recorder, open, turns);
      const next = this.#history.count + (this.#keptFrom === undefined ? 1 : 2);
      return { firstEvent: had ? next : undefined, handover };
    }
    const { method, from } = beginning;
    const firstEvent = from === this.#beginning?.from ? undefined : this.#history.firstFrom(from)?.number;
    [this.#recorder, this.#beginning] = [recorder, { ...beginning, method }];
    const retelling = new Retelling(this.#history, this.arrivals, beginning, recorder);
    return { firstEvent, handover: this.#handOver(retelling, recorder, turns) };
  }

  /** Forgets what has come. To be called before the history does: what a recorder hasn't been told again is told first. */
  clear(): void {
    this.#handover?.finish();
    this.arrivals.clear();
  }

  answer(method: string, { status, headers }: Exchange, isEventStream: boolean): void {
    const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
    const retryAfter = /^\d+$/.test(value) ? Number(value) : undefined;
    const head = { method, status, isEventStream, retryAfter };
    const time = performance.now();
    if (this.#keptFrom !== undefined) [this.#keptFrom, this.#beginning] = [undefined, undefined];
    if (this.#recorder) this.#beginning ??= { method, from: this.#history.bytes.size, arrival: this.arrivals.next };
    this.arrivals.answer(head, time);
    this.#live?.answer(head, time);
  }

  /** To be called with bytes that the history has. */
  bytes(chunk: Uint8Array): void {
    const time = performance.now();
    this.arrivals.bytes(chunk, time);
    this.arrivals.dropBefore(this.#history.bytes.start);
    if (this.#keptFrom === undefined) this.#live?.bytes(chunk, time);
  }

  /** To be called behind the bytes that end the event. */
  event({ start, end }: IncomingEvent): void {
    if (this.#keptFrom === undefined) return;
    const { bytes } = this.#history;
    const from = start < this.#keptFrom ? end : start;
    this.#keptFrom = undefined;
    const time = performance.now();
    const { method = 'GET', open } = this.#beginning ?? {};
    this.#begin(method, from, open?.time ?? time, time);
    this.#live?.bytes(bytes.slice(from, bytes.size), time);
  }

  /** @param end undefined: the user has closed the connection */
  end(end?: End): void {
    const told = end && connectionEnd(end);
    const time = performance.now();
    this.arrivals.end(told, time);
    this.#live?.end(told, time);
  }

  /** Listener that is told of each chunk as it comes. */
  get #live(): Recorder | undefined {
    return this.#handover ? undefined : this.#recorder;
  }

  #handOver(retelling: Retelling, recorder: Recorder, turns: Turns): Handover {
    const handover = new Handover(retelling, recorder, turns, () => {
      if (this.#handover === handover) this.#handover = undefined;
    });
    this.#handover = handover;
    return handover;
  }

  /** Notes that the recorder is told of a stream that is open. */
  #begin(method: string, from: number, time: number, bytesTime = time): Beginning {
    const open = { time, bytesTime, to: this.#history.bytes.size };
    this.#beginning = { method, from, arrival: this.arrivals.next, open };
    return this.#beginning;
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
