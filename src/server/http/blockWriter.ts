import type { SendStep } from '../../script/script';
import { CR, endsInLine } from '../../stream/bytes';
import { KEEP_ALIVE } from '../../stream/encode';
import type { Blocks, StreamSink } from '../source';
import { DrainWait } from './drainWait';
import { MIN_QUEUED, type QueuedBytes } from './queuedBytes';

/** Time a client may take to drain its socket, in milliseconds. The default; a server may be given another. */
export const DRAIN_TIMEOUT = 30_000;
/**
 * Maximum size of a write, in bytes. Small chunks are coalesced up to this size, because every write is a system call: 4 MB to
 * 500 clients took 1.4 times as long with a fourth of it.
 */
export const PIECE_SIZE = 256 * 1024;
/** Maximum size of publications that are joined, in bytes: each client that doesn't read keeps its copy. */
const MAX_JOINED = 64 * 1024;
/** Maximum size of the publications queued while an event is in progress, in bytes. */
const MAX_QUEUED = 4 * 1024 * 1024;

const NOTHING = new Uint8Array();

/** Lines to be written. */
interface Lines extends Pick<SendStep, 'bytes' | 'closed'> {
  /** The bytes behind them, which are made when they are written; `end` ends as they do. Default: none. */
  rest?: { take(): Uint8Array; readonly isOver: boolean; readonly end: Uint8Array } | undefined;
}

export interface BlockWriterOptions {
  sink: StreamSink;
  /** Time the client may take to drain its socket, in milliseconds. */
  drainTimeout: number;
  /** The bytes queued for all clients of the server. */
  queuedBytes: QueuedBytes;
}

/**
 * A writer of blocks of lines to a stream, with backpressure. Publications are queued and written between two blocks. It
 * writes a piece at a time, only when the player calls it in its turn.
 */
export class BlockWriter {
  readonly #sink: StreamSink;
  readonly #drain: DrainWait;
  /** The rest of the bytes in progress, to be written before anything else, and the number of events that end in it. */
  #current: Uint8Array = NOTHING;
  #currentEvents = 0;
  /** The bytes behind them that aren't made yet; undefined if there are none. */
  #rest: Lines['rest'];
  /** The publication in progress, of which `#current` is the end; undefined if there is none. */
  #publication: Uint8Array | undefined;
  readonly #queuedBytes: QueuedBytes;
  #queue: Blocks[] = [];
  #queueSize = 0;
  #isEmpty = true;
  #inBlock = false;
  #inLine = false;
  /** Whether the last line ends with a CR: an LF behind it would be the rest of a CRLF, and no blank line. */
  #isAfterCr = false;
  #isClosed = false;

  /** @param onReady called when the socket has drained, so that `flush` can be called in the next turn */
  constructor({ sink, drainTimeout, queuedBytes }: BlockWriterOptions, onReady: () => void) {
    this.#sink = sink;
    this.#queuedBytes = queuedBytes;
    this.#drain = new DrainWait(sink, drainTimeout, onReady);
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
  get hasQueued(): boolean {
    return this.#queue.length > 0;
  }

  /** Whether the socket has to drain first. */
  get isFull(): boolean {
    return this.#sink.isFull;
  }

  /** Whether there are bytes to write before `write` may be called. */
  get isBusy(): boolean {
    return this.#current.length > 0 || (this.#queue.length > 0 && !this.#inBlock && !this.#inLine);
  }

  /**
   * Takes lines, and writes the first piece of them. To be called only while it is neither full nor busy.
   * @param newEvents number of events that end in them
   */
  write({ bytes, rest, closed }: Lines, newEvents: number): void {
    [this.#current, this.#rest, this.#currentEvents] = [bytes, rest, newEvents];
    this.#inBlock = !closed;
    const end = rest?.end ?? bytes;
    [this.#inLine, this.#isAfterCr] = [endsInLine(end), end.at(-1) === CR];
    this.flush();
  }

  /** Ends the block that the file leaves open, so that what follows doesn't become a part of it. */
  endBlock(): void {
    const isLineOpen = this.#inLine || (this.#inBlock && this.#isAfterCr);
    const end = `${isLineOpen ? '\n' : ''}${this.#inBlock ? '\n' : ''}`;
    [this.#inBlock, this.#inLine] = [false, false];
    if (end === '') return;
    const bytes = Buffer.from(end);
    this.#queue.unshift({ bytes, events: 0 });
    this.#queueSize += MIN_QUEUED;
    this.#queuedBytes.add(bytes);
  }

  /** Queues whole blocks after the one that is open. @returns whether they fit into the queue */
  publish(blocks: Blocks): boolean {
    const { bytes } = blocks;
    const size = this.#queueSize + Math.max(bytes.length, MIN_QUEUED);
    if (size > MAX_QUEUED || this.#isClosed) return false;
    this.#queuedBytes.add(bytes);
    this.#queue.push(blocks);
    this.#queueSize = size;
    return true;
  }

  keepAlive(): void {
    if (!this.#inLine && !this.isFull && !this.isBusy) this.#sink.write(KEEP_ALIVE);
  }

  /** Stops the timeout and releases the queue. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#drain.stop();
    for (const { bytes } of this.#queue) this.#queuedBytes.release(bytes);
    [this.#queue, this.#queueSize, this.#current, this.#rest] = [[], 0, NOTHING, undefined];
    this.#releasePublication();
  }

  /** Writes the next piece, if there is one and the socket isn't full. */
  flush(): void {
    if (!this.isFull && this.isBusy) {
      if (this.#current.length === 0) this.#takeQueued();
      this.#isEmpty = false;
      this.#writePiece();
    }
    if (this.isFull) this.#drain.start();
  }

  #writePiece(): void {
    const [bytes, events] = [this.#current, this.#currentEvents];
    if (bytes.length > PIECE_SIZE) {
      this.#current = bytes.subarray(PIECE_SIZE);
      this.#sink.write(bytes.subarray(0, PIECE_SIZE));
    } else if (this.#rest) {
      this.#current = this.#rest.take();
      if (this.#rest.isOver) this.#rest = undefined;
      this.#sink.write(bytes);
    } else {
      [this.#current, this.#currentEvents] = [NOTHING, 0];
      // The end of a large publication is copied: a view would keep all of it in memory until the client reads.
      const isEnd = this.#publication !== undefined && this.#publication.length > bytes.length;
      this.#sink.write(isEnd ? bytes.slice() : bytes, events);
      this.#releasePublication();
    }
  }

  #releasePublication(): void {
    if (this.#publication) this.#queuedBytes.release(this.#publication);
    this.#publication = undefined;
  }

  /** Takes publications from the queue. Small ones are coalesced; a large one isn't copied, as it may go to many clients. */
  #takeQueued(): void {
    let size = 0;
    const end = this.#queue.findIndex(({ bytes }, index) => {
      size += bytes.length;
      return index > 0 && size > MAX_JOINED;
    });
    const taken = this.#queue.splice(0, end < 0 ? this.#queue.length : end);
    for (const { bytes } of taken) this.#queueSize -= Math.max(bytes.length, MIN_QUEUED);
    this.#currentEvents = taken.reduce((sum, { events }) => sum + events, 0);
    const [first, second] = taken;
    if (first && !second) {
      [this.#current, this.#publication] = [first.bytes, first.bytes];
      return;
    }
    for (const { bytes } of taken) this.#queuedBytes.release(bytes);
    this.#current = Buffer.concat(taken.map(({ bytes }) => bytes));
  }
}
