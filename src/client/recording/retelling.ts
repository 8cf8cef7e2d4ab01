import type { StreamListener } from '../../script/scriptWriter';
import type { Arrival, Arrivals, ArrivalsSnapshot } from '../history/arrivals';
import type { ByteSnapshot } from '../history/byteSnapshot';
import type { History } from '../history/history';

/** Maximum size of a portion that is retold at once, in bytes: the worst takes 3 ms. */
const PORTION = 16 * 1024;

/** The beginning of a retelling. */
export interface Beginning {
  /** Method of the first request. */
  method: string;
  /** Position of the first byte that is retold. */
  from: number;
  /** Number of the first arrival that is retold. */
  arrival: number;
  /** Times for a stream that was already open: that of its opening, and that of its bytes up to a position. */
  open?: { time: number; bytesTime: number; to: number } | undefined;
}

/** A snapshot of the history when a pass began, or before it was cleared. */
interface Kept {
  bytes: ByteSnapshot;
  arrivals: ArrivalsSnapshot;
  /** Whether the last arrival is final: bytes that come later don't extend it. */
  isOver: boolean;
}

/** An error for bytes that were evicted before they were retold. */
export class EvictedError extends Error {
  override readonly name = 'EvictedError';
}

/**
 * A retelling of what has come on a stream to a listener: the same bytes with the same times as when they came. Each pass
 * continues where the one before has ended, up to what has come by then; it reads snapshots, so that nothing is evicted
 * meanwhile.
 */
export class Retelling {
  readonly #history: History;
  readonly #arrivals: Arrivals;
  readonly #listener: StreamListener;
  readonly #beginning: Beginning;
  /** Position of the next byte, and number of the next arrival. */
  #position: number;
  #arrival: number;
  #isOpen = false;
  /** Snapshots that are retold before what the history has now. */
  readonly #kept: Kept[] = [];

  /** @param arrivals of the same bytes */
  constructor(history: History, arrivals: Arrivals, beginning: Beginning, listener: StreamListener) {
    [this.#history, this.#arrivals, this.#listener] = [history, arrivals, listener];
    this.#beginning = { ...beginning };
    [this.#position, this.#arrival] = [beginning.from, beginning.arrival];
  }

  /** Position up to which everything was retold. */
  get position(): number {
    return this.#position;
  }

  /** Number of bytes and arrivals that haven't been retold. */
  get rest(): number {
    // A kept snapshot is retold to its end, which may be after an arrival that later bytes extend.
    return this.#history.bytes.size - this.#position + Math.max(0, this.#arrivals.next - this.#arrival);
  }

  /**
   * Keeps a snapshot of what has come so far, as the history is about to be cleared.
   * @returns the number of snapshots that haven't been retold
   */
  keep(): number {
    return this.#kept.push(this.#snapshot(true));
  }

  /**
   * Returns a generator that retells everything that has come by now, a portion at each step.
   * @throws {EvictedError} if a part of it was evicted
   */
  pass(): Generator<void> {
    const kept = this.#kept.shift() ?? this.#snapshot(false);
    if (this.#position < kept.bytes.start || this.#arrival < kept.arrivals.first) throw new EvictedError();
    return this.#retell(kept);
  }

  #snapshot(isOver: boolean): Kept {
    return { bytes: this.#history.bytes.snapshot(), arrivals: this.#arrivals.snapshot(), isOver };
  }

  *#retell(kept: Kept): Generator<void> {
    yield* this.#retellBeginning(kept.bytes);
    const { arrivals, isOver } = kept;
    for (; this.#arrival < arrivals.end; this.#arrival += 1) {
      const arrival = arrivals.at(this.#arrival);
      if (arrival.kind === 'bytes') yield* this.#retellBytes(kept.bytes, arrival.position, arrival.time);
      else this.#retellOther(arrival, kept.bytes);
      // Bytes that come later may extend the last arrival.
      if (!isOver && this.#arrival === arrivals.end - 1 && arrival.kind === 'bytes') return;
      yield;
    }
  }

  *#retellBeginning(bytes: ByteSnapshot): Generator<void> {
    const { method, open, from } = this.#beginning;
    if (!open) return;
    if (!this.#isOpen && this.#position === from) this.#response(method, open.time, bytes);
    yield* this.#retellBytes(bytes, open.to, open.bytesTime);
    this.#beginning.open = undefined;
  }

  *#retellBytes(bytes: ByteSnapshot, to: number, time: number): Generator<void> {
    const end = Math.min(to, bytes.end);
    while (this.#position < end) {
      // A connection whose beginning was evicted begins with what is kept of it.
      if (!this.#isOpen) this.#response(this.#beginning.method, time, bytes);
      const piece = bytes.piece(this.#position, Math.min(PORTION, end - this.#position));
      this.#listener.bytes(piece, time);
      this.#position += piece.length;
      yield;
    }
  }

  #response(method: string, time: number, bytes: ByteSnapshot): void {
    const format = bytes.formatAt(this.#position);
    this.#listener.response({ method, status: 200, isEventStream: true, format }, time);
    this.#isOpen = true;
  }

  #retellOther(arrival: Arrival, bytes: ByteSnapshot): void {
    const { method, from } = this.#beginning;
    if (arrival.position < from) return;
    if (arrival.kind === 'refusal') {
      this.#listener.response({ ...arrival, method, isEventStream: false }, 0);
      this.#isOpen = false;
    } else if (arrival.kind === 'end') {
      this.#listener.end(arrival.end, arrival.time);
      this.#isOpen = false;
    } else {
      this.#response(method, arrival.time, bytes);
    }
  }
}
