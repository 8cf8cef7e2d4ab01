import type { IncomingEvent } from '../sse/parse';
import type { ConnectionEnd } from '../sse/scriptWriter';
import { Arrivals } from './arrivals';
import type { Exchange } from './exchange';
import type { History } from './history';
import type { Recorder } from './recorder';
import type { End } from './subscription';

/** Notes when what of a stream comes, and has a recorder write it while there is one. */
export class Journal {
  readonly arrivals = new Arrivals();
  readonly #history: History;
  #recorder: Recorder | undefined;
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
   * @param open the stream's method, and where the event begins; where none is under way, the position of the next byte
   */
  record(recorder: Recorder | undefined, open?: { method: string; blockStart: number }): void {
    [this.#recorder, this.#keptFrom] = [recorder, undefined];
    if (!recorder || !open) return;
    const { bytes } = this.#history;
    const time = performance.now();
    recorder.answer({ method: open.method, status: 200, isEventStream: true }, time);
    if (open.blockStart < bytes.start) this.#keptFrom = bytes.start;
    else recorder.bytes(bytes.slice(open.blockStart, bytes.size), time);
  }

  answer(method: string, { status, headers }: Exchange, isEventStream: boolean): void {
    const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
    const retryAfter = /^\d+$/.test(value) ? Number(value) : undefined;
    const head = { method, status, isEventStream, retryAfter };
    const time = performance.now();
    this.#keptFrom = undefined;
    this.arrivals.answer(head, time);
    this.#recorder?.answer(head, time);
  }

  /** To be called with bytes that the history has. */
  bytes(chunk: Uint8Array): void {
    const time = performance.now();
    this.arrivals.bytes(chunk, time);
    this.arrivals.dropBefore(this.#history.bytes.start);
    if (this.#keptFrom === undefined) this.#recorder?.bytes(chunk, time);
  }

  /** To be called behind the bytes that end the event. */
  event({ start, end }: IncomingEvent): void {
    if (this.#keptFrom === undefined) return;
    const { bytes } = this.#history;
    const from = start < this.#keptFrom ? end : start;
    this.#keptFrom = undefined;
    this.#recorder?.bytes(bytes.slice(from, bytes.size), performance.now());
  }

  /** @param end undefined: the user has closed the connection */
  end(end?: End): void {
    const told = end && connectionEnd(end);
    const time = performance.now();
    this.arrivals.end(told, time);
    this.#recorder?.end(told, time);
  }
}

function connectionEnd(end: End): ConnectionEnd {
  if (end.cause !== 'network') return 'end';
  // Node gives that code also where the connection was closed before the answer was whole; a system call fails of a reset only.
  return end.error.code === 'ECONNRESET' && 'syscall' in end.error ? 'reset' : 'drop';
}
