import type { StreamListener } from '../../script/scriptWriter';
import type { Arrival, Arrivals, ArrivalsSnapshot } from '../history/arrivals';
import type { ByteSnapshot } from '../history/byteSnapshot';
import type { History } from '../history/history';

/** Maximum size of a portion that is told at once, in bytes: the worst of them takes 3 ms. */
const PORTION = 16 * 1024;

/** Where a retelling begins. */
export interface Beginning {
  /** The method of the first request. */
  method: string;
  /** The position of the first byte that is told. */
  from: number;
  /** The number of the first arrival that is told. */
  arrival: number;
  /** A stream that was open already: when it is told, and when its bytes are that had come by then, up to a position. */
  open?: { time: number; bytesTime: number; to: number } | undefined;
}

/** The history's content when a pass began, or before it was cleared. */
interface Kept {
  bytes: ByteSnapshot;
  arrivals: ArrivalsSnapshot;
  /** Whether nothing that comes later prolongs the last arrival. */
  isOver: boolean;
}

/** Whether bytes were evicted before they were told. */
export class EvictedError extends Error {
  override readonly name = 'EvictedError';
}

/**
 * Tells a listener what has come on a stream as it was told when it came: the same bytes at the same times. Each pass goes
 * on where the one before has ended, up to what has come by then; it goes through snapshots, so that nothing is evicted
 * meanwhile.
 */
export class Retelling {
  readonly #history: History;
  readonly #arrivals: Arrivals;
  readonly #listener: StreamListener;
  readonly #beginning: Beginning;
  /** Place of the next byte and of the next arrival. */
  #position: number;
  #arrival: number;
  #isOpen = false;
  /** What is told next, before what the history keeps. */
  readonly #kept: Kept[] = [];

  /** @param arrivals of the same bytes */
  constructor(history: History, arrivals: Arrivals, beginning: Beginning, listener: StreamListener) {
    [this.#history, this.#arrivals, this.#listener] = [history, arrivals, listener];
    this.#beginning = { ...beginning };
    [this.#position, this.#arrival] = [beginning.from, beginning.arrival];
  }

  /** The position that has been told up to. */
  get position(): number {
    return this.#position;
  }

  /** How many bytes and arrivals there are that haven't been told. */
  get rest(): number {
    // What was kept is told to its end, which may be behind bytes that more could have prolonged.
    return this.#history.bytes.size - this.#position + Math.max(0, this.#arrivals.next - this.#arrival);
  }

  /** Keeps what has come by now, as the history is about to be cleared. @returns how often it has, and hasn't told that */
  keep(): number {
    return this.#kept.push(this.#snapshot(true));
  }

  /**
   * Returns what tells all that has come by now, a portion each time that it is asked for the next.
   * @throws {EvictedError} when some of it is kept no more
   */
  pass(): Generator<void> {
    const kept = this.#kept.shift() ?? this.#snapshot(false);
    if (this.#position < kept.bytes.start || this.#arrival < kept.arrivals.first) throw new EvictedError();
    return this.#tell(kept);
  }

  #snapshot(isOver: boolean): Kept {
    return { bytes: this.#history.bytes.snapshot(), arrivals: this.#arrivals.snapshot(), isOver };
  }

  *#tell(kept: Kept): Generator<void> {
    yield* this.#tellBeginning(kept.bytes);
    const { arrivals, isOver } = kept;
    for (; this.#arrival < arrivals.end; this.#arrival += 1) {
      const arrival = arrivals.at(this.#arrival);
      if (arrival.kind === 'bytes') yield* this.#tellBytes(kept.bytes, arrival.position, arrival.time);
      else this.#tellOther(arrival);
      // Bytes that come later may prolong the last.
      if (!isOver && this.#arrival === arrivals.end - 1 && arrival.kind === 'bytes') return;
      yield;
    }
  }

  *#tellBeginning(bytes: ByteSnapshot): Generator<void> {
    const { method, open, from } = this.#beginning;
    if (!open) return;
    if (!this.#isOpen && this.#position === from) this.#response(method, open.time);
    yield* this.#tellBytes(bytes, open.to, open.bytesTime);
    this.#beginning.open = undefined;
  }

  *#tellBytes(bytes: ByteSnapshot, to: number, time: number): Generator<void> {
    const end = Math.min(to, bytes.end);
    while (this.#position < end) {
      // A connection of which the beginning is gone begins with what is kept of it.
      if (!this.#isOpen) this.#response(this.#beginning.method, time);
      const piece = bytes.piece(this.#position, Math.min(PORTION, end - this.#position));
      this.#listener.bytes(piece, time);
      this.#position += piece.length;
      yield;
    }
  }

  #response(method: string, time: number): void {
    this.#listener.response({ method, status: 200, isEventStream: true }, time);
    this.#isOpen = true;
  }

  #tellOther(arrival: Arrival): void {
    const { method, from } = this.#beginning;
    if (arrival.position < from) return;
    if (arrival.kind === 'refusal') {
      this.#listener.response({ ...arrival, method, isEventStream: false }, 0);
      this.#isOpen = false;
    } else if (arrival.kind === 'end') {
      this.#listener.end(arrival.end, arrival.time);
      this.#isOpen = false;
    } else {
      this.#response(method, arrival.time);
    }
  }
}
