import { ByteBuffer } from '../stream/byteBuffer';
import { AT, COLON, CR, hasMark, LF, MARK_SIZE } from '../stream/bytes';
import { LinesAsEvents } from '../stream/lines/linesAsEvents';
import type { StreamFormat } from '../stream/streamParser';
import { MAX_WAIT } from './directive';

/** Maximum size of an incomplete line that is buffered, in bytes: a longer one is written as it comes. */
const MAX_BUFFERED = 1024 * 1024;
/** Size at which the block is flushed, in bytes. Pieces are coalesced, as a chunk may become two pieces for each byte. */
const BLOCK = 64 * 1024;

/** The way in which a connection ended: with the whole response (`end`), closed before that (`drop`), or by a TCP reset. */
export type ConnectionEnd = 'end' | 'drop' | 'reset';

/** The head of a response, as far as a script can state it. */
export interface ResponseHead {
  /** The request's method. */
  method: string;
  status: number;
  isEventStream: boolean;
  /** Format of the stream. Default: an event stream. */
  format?: StreamFormat | undefined;
  /** `Retry-After`, in seconds; undefined if the response has none. */
  retryAfter?: number | undefined;
}

/** A listener for a stream's connections, called in order. Times are in milliseconds, on one monotonic clock. */
export interface StreamListener {
  response(head: ResponseHead, time: number): void;
  /** Called with the next bytes of the stream of the last response. */
  bytes(chunk: Uint8Array, time: number): void;
  /** Called when the connection has ended. @param end undefined if the client has closed it */
  end(end: ConnectionEnd | undefined, time: number): void;
}

/**
 * Writes what is received on connections as a `.sse` file, piece by piece: the lines as they were received, each after a
 * pause. A line's time is the time at which its end was received. When a call returns, all complete lines have been
 * written; up to 1 MB of an incomplete one is buffered. The time of a longer one is the time at which it reached that
 * size; its further pauses are written after it. Small pieces are coalesced into blocks. JSON lines are written as an event
 * stream, each as the data of an event.
 */
export class ScriptWriter implements StreamListener {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  readonly #block = new ByteBuffer();
  #isEmpty = true;
  #state: 'before' | 'open' | 'over' | 'left' = 'before';
  /** Time at which the response's head was received, on the listener's clock and in the file. */
  #openedAt = 0;
  #openedOffset = 0;
  /** Sum of all pauses so far, in milliseconds. */
  #offset = 0;
  readonly #buffered = new ByteBuffer();
  /** Time at which the last of it was received. */
  #bufferedAt = 0;
  /** Whether the beginning of the present line has been written already. */
  #isLineBegun = false;
  #afterCR = false;
  /** Writer of JSON lines; undefined in an event stream. */
  #lines: LinesAsEvents | undefined;

  /** @param write called with the next piece of the file, which may be a view of a received chunk, not a copy */
  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  response(head: ResponseHead, time: number): void {
    this.#close(undefined, time);
    this.#open(head, time);
    this.#flush();
  }

  bytes(received: Uint8Array, time: number): void {
    if (this.#state !== 'open') return;
    this.#add(this.#lines ? this.#lines.encode(received) : received, time);
  }

  #add(chunk: Uint8Array, time: number): void {
    if (chunk.length === 0) return;
    const from = this.#endLine(chunk);
    this.#emit(chunk.subarray(0, from));
    this.#afterCR = chunk.at(-1) === CR;
    const end = Math.max(from, chunk.lastIndexOf(LF) + 1, chunk.lastIndexOf(CR) + 1);
    if (end > from) this.#emitLines(this.#takeLine(chunk.subarray(from, end)), time);
    if (end < chunk.length) this.#bufferLine(chunk.subarray(end), time);
    this.#flush();
  }

  /** Ends the JSON line in progress, which may lack its end. Does nothing in an event stream. */
  endRecord(time: number): void {
    if (this.#lines) this.#add(this.#lines.end(), time);
  }

  end(end: ConnectionEnd | undefined, time: number): void {
    this.#close(end, time);
    this.#flush();
  }

  /** Writes the incomplete last line, if there is one. To be called last. */
  finish(): void {
    this.#finishLine();
    this.#flush();
  }

  #open(head: ResponseHead, time: number): void {
    const { method, status, isEventStream, retryAfter } = head;
    if (this.#isEmpty && method === 'POST') this.#writeDirective('method POST');
    // Without this, the two connections would become one, and an unfinished event of the first would go on in the second.
    if (this.#state === 'left') this.#writeDirective('drop');
    if (!isEventStream) {
      this.#writeStatus(status, retryAfter);
      if (this.#state === 'left') this.#state = 'over';
      return;
    }
    if (this.#state !== 'before') this.#writeDirective('connection');
    this.#state = 'open';
    this.#lines = head.format === 'lines' ? new LinesAsEvents() : undefined;
    // The time between connections is not recorded: a client of the mock has a reconnection time of its own.
    [this.#openedAt, this.#openedOffset] = [time, this.#offset];
  }

  #close(end: ConnectionEnd | undefined, time: number): void {
    if (this.#state !== 'open') return;
    // The last of the JSON lines may lack its end, if all of them came.
    if (end === 'end') this.endRecord(time);
    this.#finishLine();
    this.#state = end ? 'over' : 'left';
    if (!end) return;
    this.#waitUntil(time);
    this.#writeDirective(end);
  }

  #finishLine(): void {
    if (this.#buffered.size > 0) this.#flushLine(this.#bufferedAt);
    this.#afterCR = false;
    if (!this.#isLineBegun) return;
    this.#isLineBegun = false;
    this.#emit(Uint8Array.of(LF));
    this.#writeDirective('no-newline');
  }

  #writeStatus(status: number, retryAfter: number | undefined): void {
    // A script can't state another status: it would be neither a refusal nor a stream.
    if (status !== 204 && (status < 400 || status > 599)) return;
    const isWritable =
      retryAfter !== undefined && Number.isInteger(retryAfter) && retryAfter >= 0 && retryAfter < 100_000;
    this.#writeDirective(`status ${status}${isWritable ? ` retry-after ${retryAfter}` : ''}`);
  }

  /** Returns the number of bytes of the chunk that belong to a line of which the beginning, or all, has been written. */
  #endLine(chunk: Uint8Array): number {
    // The line was complete with its CR, and nothing has been written after that.
    if (this.#afterCR) return chunk[0] === LF ? 1 : 0;
    if (!this.#isLineBegun) return 0;
    const end = chunk.findIndex((byte) => byte === LF || byte === CR);
    this.#isLineBegun = end < 0;
    if (end < 0) return chunk.length;
    return chunk[end] === CR && chunk[end + 1] === LF ? end + 2 : end + 1;
  }

  /** Buffers a copy of a piece of a line. */
  #bufferLine(piece: Uint8Array, time: number): void {
    this.#buffered.append(piece);
    this.#bufferedAt = time;
    if (this.#buffered.size > MAX_BUFFERED) this.#flushLine(time);
  }

  #flushLine(time: number): void {
    this.#emitLines(this.#takeLine(new Uint8Array(0)), time);
    this.#isLineBegun = true;
  }

  /** Returns the buffered beginning of a line, if any, joined with the lines that follow it. */
  #takeLine(lines: Uint8Array): Uint8Array {
    if (this.#buffered.size === 0) return lines;
    this.#buffered.append(lines);
    return this.#buffered.take();
  }

  /** Writes lines. Escapes those that would be read as directives by adding an `@`. */
  #emitLines(lines: Uint8Array, time: number): void {
    this.#waitUntil(time);
    let from = 0;
    for (let at = lines.indexOf(AT); at >= 0; at = lines.indexOf(AT, at + 1)) {
      if (!isDirective(lines, at)) continue;
      this.#emit(lines.subarray(from, at));
      this.#emit(Uint8Array.of(AT));
      from = at;
    }
    this.#emit(lines.subarray(from));
  }

  /** Writes the pause up to a time. It is computed from the absolute time, so that rounding errors don't add up. */
  #waitUntil(time: number): void {
    const offset = this.#openedOffset + Math.round(time - this.#openedAt);
    for (let pause = offset - this.#offset; pause > 0; pause -= MAX_WAIT) {
      const part = Math.min(pause, MAX_WAIT);
      this.#writeDirective(part < 1000 ? `wait ${part}ms` : `wait ${part / 1000}s`);
    }
    this.#offset = Math.max(this.#offset, offset);
  }

  #writeDirective(directive: string): void {
    this.#emit(this.#encoder.encode(`:@ ${directive}\n`));
  }

  #emit(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#isEmpty = false;
    if (bytes.length >= BLOCK) {
      // Large pieces are written without a copy.
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

/** Whether the `@` at this index follows a colon that begins its line, or follows the line's byte order mark. */
function isDirective(lines: Uint8Array, at: number): boolean {
  if (lines[at - 1] !== COLON) return false;
  const start = hasMark(lines, at - 1 - MARK_SIZE) ? at - 1 - MARK_SIZE : at - 1;
  return start === 0 || lines[start - 1] === LF || lines[start - 1] === CR;
}
