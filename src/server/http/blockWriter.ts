import type { SendStep } from '../../script/script';
import { endsInLine } from '../../stream/bytes';
import { KEEP_ALIVE } from '../../stream/encode';
import type { StreamSink } from '../source';
import { MIN_QUEUED, type QueuedBytes } from './queuedBytes';
import { Timeout } from './timeout';

/** How long a client may leave unread what it was sent, in milliseconds. Default of what a server is given. */
export const DRAIN_TIMEOUT = 30_000;
/** How much is written at one go, in bytes: what is small is joined up to it, as each write is a call of the system. */
export const PIECE_SIZE = 64 * 1024;
/** So much may wait to be published behind an event that is under way, in bytes. */
const MAX_QUEUED = 4 * 1024 * 1024;

const NOTHING = new Uint8Array();

export interface BlockWriterOptions {
  sink: StreamSink;
  /** How long the client may leave unread what it was sent, in milliseconds. */
  patience: number;
  /** What waits for all clients of the server. */
  held: QueuedBytes;
}

/**
 * Writes blocks of lines on a stream, no faster than the client reads, and between two of them what is published. It
 * writes a piece at a time, and only when it is its turn.
 */
export class BlockWriter {
  readonly #sink: StreamSink;
  readonly #onReady: () => void;
  readonly #patience: Timeout;
  /** What is to be written before anything else, and how many events end with it. */
  #rest: Uint8Array = NOTHING;
  #restEvents = 0;
  /** What was published of which a rest is to be written. */
  #published: Uint8Array | undefined;
  readonly #allHeld: QueuedBytes;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #isEmpty = true;
  #inBlock = false;
  #inLine = false;
  #isWaiting = false;
  #isClosed = false;

  /** @param onReady the client has read, it may have its turn */
  constructor({ sink, patience, held }: BlockWriterOptions, onReady: () => void) {
    this.#sink = sink;
    this.#allHeld = held;
    this.#onReady = onReady;
    this.#patience = new Timeout(patience, () => sink.cutOff());
  }

  /** Nothing was written yet. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Whether a block is open: what is published has to wait for its end. */
  get inBlock(): boolean {
    return this.#inBlock;
  }

  /** Whether something waits to be published. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Whether the client has to read first. */
  get isFull(): boolean {
    return this.#sink.isFull;
  }

  /** Whether it has something to write, before it takes more. */
  get isBusy(): boolean {
    return this.#rest.length > 0 || (this.#held.length > 0 && !this.#inBlock && !this.#inLine);
  }

  /** Takes lines, and writes a piece of them; only while it is neither full nor busy. @param newEvents how many events end with them */
  write({ bytes, closed }: Pick<SendStep, 'bytes' | 'closed'>, newEvents: number): void {
    [this.#rest, this.#restEvents] = [bytes, newEvents];
    this.#inBlock = !closed;
    this.#inLine = endsInLine(bytes);
    this.flush();
  }

  /** Ends the block that the file leaves open: what comes next is no part of it. */
  endBlock(): void {
    const end = `${this.#inLine ? '\n' : ''}${this.#inBlock ? '\n' : ''}`;
    [this.#inBlock, this.#inLine] = [false, false];
    if (end === '') return;
    const bytes = Buffer.from(end);
    this.#held.unshift(bytes);
    this.#heldSize += MIN_QUEUED;
    this.#allHeld.hold(bytes);
  }

  /** Takes whole blocks, to be written behind the one that is open. @returns whether they will be: too much may wait already */
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

  /** It waits for the client no more, and holds nothing. Twice is fine. */
  close(): void {
    this.#isClosed = true;
    this.#patience.stop();
    for (const bytes of this.#held) this.#allHeld.release(bytes);
    [this.#held, this.#heldSize, this.#rest] = [[], 0, NOTHING];
    this.#releasePublished();
  }

  /** Writes a piece of what it has. */
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
      // Copied, where it is the end of more: as long as it waits for the client, the system would hold all of it.
      const isEnd = this.#published !== undefined && this.#published.length > rest.length;
      this.#sink.write(isEnd ? rest.slice() : rest, events);
      this.#releasePublished();
    }
  }

  #releasePublished(): void {
    if (this.#published) this.#allHeld.release(this.#published);
    this.#published = undefined;
  }

  /** What is small is joined; what is large isn't copied, for it may go to many. */
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
