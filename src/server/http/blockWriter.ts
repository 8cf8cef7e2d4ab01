import type { SendStep } from '../../script/script';
import { endsInLine } from '../../stream/bytes';
import { KEEP_ALIVE } from '../../stream/encode';
import type { StreamSink } from '../source';
import { MIN_QUEUED, type QueuedBytes } from './queuedBytes';
import { Timeout } from './timeout';

/** Time a client may take to drain its socket, in milliseconds. The default; a server may be given another. */
export const DRAIN_TIMEOUT = 30_000;
/** Maximum size of a write, in bytes. Small chunks are coalesced up to this size, because every write is a system call. */
export const PIECE_SIZE = 64 * 1024;
/** Maximum size of the publications queued while an event is in progress, in bytes. */
const MAX_QUEUED = 4 * 1024 * 1024;

const NOTHING = new Uint8Array();

export interface BlockWriterOptions {
  sink: StreamSink;
  /** Time the client may take to drain its socket, in milliseconds. */
  patience: number;
  /** The bytes queued for all clients of the server. */
  held: QueuedBytes;
}

/**
 * A writer of blocks of lines to a stream, with backpressure. Publications are queued and written between two blocks. It
 * writes a piece at a time, only when the player calls it in its turn.
 */
export class BlockWriter {
  readonly #sink: StreamSink;
  readonly #onReady: () => void;
  readonly #patience: Timeout;
  /** The rest of the bytes in progress, to be written before anything else, and the number of events that end in it. */
  #rest: Uint8Array = NOTHING;
  #restEvents = 0;
  /** The publication in progress, of which `#rest` is the end; undefined if there is none. */
  #published: Uint8Array | undefined;
  readonly #allHeld: QueuedBytes;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #isEmpty = true;
  #inBlock = false;
  #inLine = false;
  #isWaiting = false;
  #isClosed = false;

  /** @param onReady called when the socket has drained, so that `flush` can be called in the next turn */
  constructor({ sink, patience, held }: BlockWriterOptions, onReady: () => void) {
    this.#sink = sink;
    this.#allHeld = held;
    this.#onReady = onReady;
    this.#patience = new Timeout(patience, () => sink.cutOff());
  }

  /** Whether nothing has been written yet. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Whether a block is open: publications are queued until its end. */
  get inBlock(): boolean {
    return this.#inBlock;
  }

  /** Whether publications are queued. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Whether the socket has to drain first. */
  get isFull(): boolean {
    return this.#sink.isFull;
  }

  /** Whether there are bytes to write before `write` may be called. */
  get isBusy(): boolean {
    return this.#rest.length > 0 || (this.#held.length > 0 && !this.#inBlock && !this.#inLine);
  }

  /**
   * Takes lines, and writes the first piece of them. To be called only while it is neither full nor busy.
   * @param newEvents number of events that end in them
   */
  write({ bytes, closed }: Pick<SendStep, 'bytes' | 'closed'>, newEvents: number): void {
    [this.#rest, this.#restEvents] = [bytes, newEvents];
    this.#inBlock = !closed;
    this.#inLine = endsInLine(bytes);
    this.flush();
  }

  /** Ends the block that the file leaves open, so that what follows doesn't become a part of it. */
  endBlock(): void {
    const end = `${this.#inLine ? '\n' : ''}${this.#inBlock ? '\n' : ''}`;
    [this.#inBlock, this.#inLine] = [false, false];
    if (end === '') return;
    const bytes = Buffer.from(end);
    this.#held.unshift(bytes);
    this.#heldSize += MIN_QUEUED;
    this.#allHeld.hold(bytes);
  }

  /** Queues whole blocks after the one that is open. @returns whether they fit into the queue */
  publish(bytes: Uint8Array): boolean {
    const size = this.#heldSize + Math.max(bytes.length, MIN_QUEUED);
    if (size > MAX_QUEUED || this.#isClosed) return false;
    this.#allHeld.hold(bytes);
    this.#held.push(bytes);
    this.#heldSize = size;
    return true;
  }

  keepAlive(): void {
    if (!this.#inLine && !this.isFull && !this.isBusy) this.#sink.write(KEEP_ALIVE);
  }

  /** Stops the timeout and releases the queue. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#patience.stop();
    for (const bytes of this.#held) this.#allHeld.release(bytes);
    [this.#held, this.#heldSize, this.#rest] = [[], 0, NOTHING];
    this.#releasePublished();
  }

  /** Writes the next piece, if there is one and the socket isn't full. */
  flush(): void {
    if (!this.isFull && this.isBusy) {
      if (this.#rest.length === 0) this.#rest = this.#takeHeld();
      this.#isEmpty = false;
      this.#writePiece();
    }
    if (this.isFull) this.#awaitReader();
  }

  #writePiece(): void {
    const [rest, events] = [this.#rest, this.#restEvents];
    if (rest.length > PIECE_SIZE) {
      this.#rest = rest.subarray(PIECE_SIZE);
      this.#sink.write(rest.subarray(0, PIECE_SIZE));
    } else {
      [this.#rest, this.#restEvents] = [NOTHING, 0];
      // The end of a large publication is copied: a view would keep all of it in memory until the client reads.
      const isEnd = this.#published !== undefined && this.#published.length > rest.length;
      this.#sink.write(isEnd ? rest.slice() : rest, events);
      this.#releasePublished();
    }
  }

  #releasePublished(): void {
    if (this.#published) this.#allHeld.release(this.#published);
    this.#published = undefined;
  }

  /** Takes publications from the queue. Small ones are coalesced; a large one isn't copied, as it may go to many clients. */
  #takeHeld(): Uint8Array {
    let size = 0;
    const end = this.#held.findIndex(({ length }, index) => {
      size += length;
      return index > 0 && size > PIECE_SIZE;
    });
    const taken = this.#held.splice(0, end < 0 ? this.#held.length : end);
    for (const { length } of taken) this.#heldSize -= Math.max(length, MIN_QUEUED);
    const [first, second] = taken;
    if (first && !second) {
      this.#published = first;
      return first;
    }
    for (const bytes of taken) this.#allHeld.release(bytes);
    return Buffer.concat(taken);
  }

  #awaitReader(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#patience.start();
    this.#sink.onceDrained(() => {
      this.#isWaiting = false;
      this.#patience.stop();
      this.#onReady();
    });
  }
}
