import { endsInLine } from '../sse/bytes';
import { KEEP_ALIVE } from '../sse/encode';
import type { SendStep } from '../sse/script';
import type { Connection } from './connection';

/** How long a client may leave unread what it was sent, in milliseconds. */
const READ_PATIENCE = 30_000;
/** What is small is joined up to this size, in bytes: each write is a call of the system. */
export const JOINED_SIZE = 64 * 1024;
/** What is large is written in pieces of this size, in bytes: the next when the client has read that. */
const PIECE_SIZE = 1024 * 1024;
/** So much may wait to be published behind an event that is under way, in bytes. */
const MAX_HELD = 4 * 1024 * 1024;
/** What a small piece of it counts as, in bytes. */
const MIN_HELD = 1024;

const NOTHING = new Uint8Array();

/** Writes blocks of lines on a connection, no faster than the client reads, and between two of them what is published. */
export class BlockWriter {
  readonly #connection: Connection;
  readonly #onReady: () => void;
  /** What is to be written before anything else, and how many events end with it. */
  #rest: Uint8Array = NOTHING;
  #restEvents = 0;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #isEmpty = true;
  #inBlock = false;
  #inLine = false;
  #patience: NodeJS.Timeout | undefined;

  /** @param onReady it isn't full any more */
  constructor(connection: Connection, onReady: () => void) {
    this.#connection = connection;
    this.#onReady = onReady;
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
    return this.#rest.length > 0 || this.#connection.isFull;
  }

  /** Writes lines; only while it isn't full. @param newEvents how many events end with them */
  write({ bytes, closed }: Pick<SendStep, 'bytes' | 'closed'>, newEvents: number): void {
    [this.#rest, this.#restEvents] = [bytes, newEvents];
    this.#inBlock = !closed;
    this.#inLine = endsInLine(bytes);
    this.#flush();
  }

  /** Ends the block that the file leaves open: what comes next is no part of it. */
  endBlock(): void {
    const end = `${this.#inLine ? '\n' : ''}${this.#inBlock ? '\n' : ''}`;
    [this.#inBlock, this.#inLine] = [false, false];
    if (end === '') return;
    this.#held.unshift(Buffer.from(end));
    this.#heldSize += MIN_HELD;
    this.#flush();
  }

  /** Writes whole blocks, behind the one that is open. @returns whether they will be written: too much may wait already */
  publish(bytes: Uint8Array): boolean {
    const size = this.#heldSize + Math.max(bytes.length, MIN_HELD);
    if (size > MAX_HELD) return false;
    this.#held.push(bytes);
    this.#heldSize = size;
    this.#flush();
    return true;
  }

  keepAlive(): void {
    if (!this.#inLine && !this.isFull) this.#connection.write(KEEP_ALIVE);
  }

  /** It waits for the client no more. */
  close(): void {
    clearTimeout(this.#patience);
  }

  #flush(): void {
    while (!this.#connection.isFull) {
      if (this.#rest.length === 0 && !this.#inBlock && !this.#inLine) this.#rest = this.#takeHeld();
      if (this.#rest.length === 0) return;
      this.#isEmpty = false;
      this.#writePiece();
    }
    this.#awaitReader();
  }

  #writePiece(): void {
    const [rest, events] = [this.#rest, this.#restEvents];
    if (rest.length > PIECE_SIZE) {
      this.#rest = rest.subarray(PIECE_SIZE);
      this.#connection.write(rest.subarray(0, PIECE_SIZE));
    } else {
      [this.#rest, this.#restEvents] = [NOTHING, 0];
      this.#connection.write(rest, events);
    }
  }

  /** What is small is joined; what is large isn't copied, for it may go to many. */
  #takeHeld(): Uint8Array {
    let size = 0;
    const end = this.#held.findIndex(({ length }, index) => {
      size += length;
      return index > 0 && size > JOINED_SIZE;
    });
    const taken = this.#held.splice(0, end < 0 ? this.#held.length : end);
    for (const { length } of taken) this.#heldSize -= Math.max(length, MIN_HELD);
    const [first, second] = taken;
    return first && !second ? first : Buffer.concat(taken);
  }

  #awaitReader(): void {
    if (this.#patience) return;
    this.#patience = setTimeout(() => this.#connection.cutOff(), READ_PATIENCE);
    this.#connection.onceDrained(() => {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.#flush();
      if (!this.isFull) this.#onReady();
    });
  }
}
