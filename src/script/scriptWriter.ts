import { ByteBuffer } from '../stream/byteBuffer';
import { AT, COLON, CR, hasMark, LF, MARK_SIZE } from '../stream/bytes';
import { MAX_WAIT } from './directive';

/** So much of a line that isn't whole is held back, in bytes: what is longer is given out as it comes. */
const MAX_BUFFERED = 1024 * 1024;
/** Size from which on pieces are given out, in bytes: a chunk may make two pieces of each of its bytes. */
const BLOCK = 64 * 1024;

/** How a connection ended: the answer was whole, it was broken off, or reset. */
export type ConnectionEnd = 'end' | 'drop' | 'reset';

/** The head of an response, as far as a file tells of it. */
export interface ResponseHead {
  /** Of the request. */
  method: string;
  status: number;
  isEventStream: boolean;
  /** In seconds, where the answer says so. */
  retryAfter?: number | undefined;
}

/** What is told of a stream's connections, in the order in which it happens. Times in milliseconds, of one clock that runs steadily. */
export interface StreamListener {
  response(head: ResponseHead, time: number): void;
  /** The next bytes of the stream that was answered last. */
  bytes(chunk: Uint8Array, time: number): void;
  /** @param end undefined: who reads has closed the connection */
  end(end: ConnectionEnd | undefined, time: number): void;
}

/**
 * Writes what comes on connections as a `.sse` file, piece by piece: lines as they came, and before them the pauses. A
 * line stands at the time at which its end came. When a call returns, each whole line has been given out; of one that
 * isn't, no more than 1 MB is held back. A longer one stands at the time at which it became so long, the rest of its
 * pauses behind it. Small pieces are coalesced into blocks.
 */
export class ScriptWriter implements StreamListener {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  readonly #block = new ByteBuffer();
  #isEmpty = true;
  #state: 'before' | 'open' | 'over' | 'left' = 'before';
  /** When the answer's head came, on the listener's clock and in the file. */
  #openedAt = 0;
  #opening = 0;
  /** All pauses so far. */
  #offset = 0;
  readonly #held = new ByteBuffer();
  /** When the last of it came. */
  #heldAt = 0;
  /** The beginning of the line has been given out already. */
  #inLine = false;
  #afterCR = false;

  /** @param write takes the next piece of the file; it may be a part of a chunk that came, not a copy */
  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  response(head: ResponseHead, time: number): void {
    this.#leave(undefined, time);
    this.#open(head, time);
    this.#flush();
  }

  bytes(chunk: Uint8Array, time: number): void {
    if (this.#state !== 'open' || chunk.length === 0) return;
    const from = this.#endLine(chunk);
    this.#give(chunk.subarray(0, from));
    this.#afterCR = chunk.at(-1) === CR;
    const end = Math.max(from, chunk.lastIndexOf(LF) + 1, chunk.lastIndexOf(CR) + 1);
    if (end > from) this.#giveLines(this.#behindHeld(chunk.subarray(from, end)), time);
    if (end < chunk.length) this.#hold(chunk.subarray(end), time);
    this.#flush();
  }

  end(end: ConnectionEnd | undefined, time: number): void {
    this.#leave(end, time);
    this.#flush();
  }

  /** Gives out the line that isn't whole, if there is one. To be called when nothing more will be told. */
  finish(): void {
    this.#finishLine();
    this.#flush();
  }

  #open({ method, status, isEventStream, retryAfter }: ResponseHead, time: number): void {
    if (this.#isEmpty && method === 'POST') this.#direct('method POST');
    // Else both connections would be one, and the event that the first was left in would go on in the second.
    if (this.#state === 'left') this.#direct('drop');
    if (!isEventStream) {
      this.#refuse(status, retryAfter);
      if (this.#state === 'left') this.#state = 'over';
      return;
    }
    if (this.#state !== 'before') this.#direct('connection');
    this.#state = 'open';
    // The time in between is the client's: who plays the file has a reconnection time of its own.
    [this.#openedAt, this.#opening] = [time, this.#offset];
  }

  #leave(end: ConnectionEnd | undefined, time: number): void {
    if (this.#state !== 'open') return;
    this.#finishLine();
    this.#state = end ? 'over' : 'left';
    if (!end) return;
    this.#waitUntil(time);
    this.#direct(end);
  }

  #finishLine(): void {
    if (this.#held.size > 0) this.#giveHeld(this.#heldAt);
    this.#afterCR = false;
    if (!this.#inLine) return;
    this.#inLine = false;
    this.#give(Uint8Array.of(LF));
    this.#direct('no-newline');
  }

  #refuse(status: number, retryAfter: number | undefined): void {
    // Of another status no file tells: it is no refusal, and no stream.
    if (status !== 204 && (status < 400 || status > 599)) return;
    const isTold = retryAfter !== undefined && Number.isInteger(retryAfter) && retryAfter >= 0 && retryAfter < 100_000;
    this.#direct(`status ${status}${isTold ? ` retry-after ${retryAfter}` : ''}`);
  }

  /** How much of the chunk is of the line that has been given out already, or its beginning has. */
  #endLine(chunk: Uint8Array): number {
    // The line was whole with its CR, and nothing has been put behind it.
    if (this.#afterCR) return chunk[0] === LF ? 1 : 0;
    if (!this.#inLine) return 0;
    const end = chunk.findIndex((byte) => byte === LF || byte === CR);
    this.#inLine = end < 0;
    if (end < 0) return chunk.length;
    return chunk[end] === CR && chunk[end + 1] === LF ? end + 2 : end + 1;
  }

  /** Keeps a copy of a piece of a line. */
  #hold(piece: Uint8Array, time: number): void {
    this.#held.append(piece);
    this.#heldAt = time;
    if (this.#held.size > MAX_BUFFERED) this.#giveHeld(time);
  }

  #giveHeld(time: number): void {
    this.#giveLines(this.#behindHeld(new Uint8Array(0)), time);
    this.#inLine = true;
  }

  /** What was held back, with what has come behind it. */
  #behindHeld(lines: Uint8Array): Uint8Array {
    if (this.#held.size === 0) return lines;
    this.#held.append(lines);
    return this.#held.take();
  }

  /** Those that would be read as directives get one more `@`. */
  #giveLines(lines: Uint8Array, time: number): void {
    this.#waitUntil(time);
    let from = 0;
    for (let at = lines.indexOf(AT); at >= 0; at = lines.indexOf(AT, at + 1)) {
      if (!isDirection(lines, at)) continue;
      this.#give(lines.subarray(from, at));
      this.#give(Uint8Array.of(AT));
      from = at;
    }
    this.#give(lines.subarray(from));
  }

  /** From the absolute time, so that what is lost by rounding doesn't add up. */
  #waitUntil(time: number): void {
    const offset = this.#opening + Math.round(time - this.#openedAt);
    for (let pause = offset - this.#offset; pause > 0; pause -= MAX_WAIT) {
      const part = Math.min(pause, MAX_WAIT);
      this.#direct(part < 1000 ? `wait ${part}ms` : `wait ${part / 1000}s`);
    }
    this.#offset = Math.max(this.#offset, offset);
  }

  #direct(directive: string): void {
    this.#give(this.#encoder.encode(`:@ ${directive}\n`));
  }

  #give(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#isEmpty = false;
    if (bytes.length >= BLOCK) {
      // Needn't be copied.
      this.#flush();
      this.#write(bytes);
      return;
    }
    this.#block.append(bytes);
    if (this.#block.size >= BLOCK) this.#flush();
  }

  #flush(): void {
    if (this.#block.size > 0) this.#write(this.#block.take());
  }
}

/** Whether a colon stands before it, at the beginning of the line or behind a byte order mark that does. */
function isDirection(lines: Uint8Array, at: number): boolean {
  if (lines[at - 1] !== COLON) return false;
  const start = hasMark(lines, at - 1 - MARK_SIZE) ? at - 1 - MARK_SIZE : at - 1;
  return start === 0 || lines[start - 1] === LF || lines[start - 1] === CR;
}
