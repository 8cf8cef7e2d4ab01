import { MAX_EVENT_SIZE } from '../../stream/limits';
import { RECORD_SEPARATOR } from '../../stream/lines/recordSplitter';
import { newParser } from '../../stream/newParser';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamFormat, StreamParser } from '../../stream/streamParser';

/** A cut of a stream behind the last event that is wanted: it reads ahead, as an event's bytes are passed on before it. */
export class StreamCut {
  readonly #parser: StreamParser;
  readonly #format: StreamFormat;
  #position: number;
  /** Position of the last event's end; undefined until that has come. */
  #end: number | undefined;

  /** @param isLast called with each event up to the last one @param start position of the first byte */
  constructor(format: StreamFormat, isLast: (event: IncomingEvent) => boolean, start: number) {
    [this.#format, this.#position] = [format, start];
    const onEvent = (event: IncomingEvent) => {
      if (this.#end === undefined && isLast(event)) this.#end = event.end;
    };
    this.#parser = newParser(format, onEvent, { start, maxEventSize: MAX_EVENT_SIZE });
  }

  /** Returns the part of the next chunk that belongs to the last event, comes before it, or ends it. */
  upToLast(chunk: Uint8Array): Uint8Array {
    const start = this.#position;
    this.#position += chunk.length;
    if (this.#end === undefined) this.#parser.feed(chunk);
    if (this.#end === undefined) return chunk;
    const end = this.#end - start;
    // A JSON text may have no other end than the separator before the next one, which is no part of it.
    const isEndedByNext = this.#format === 'lines' && chunk[end] === RECORD_SEPARATOR;
    return chunk.subarray(0, Math.max(0, isEndedByNext ? end + 1 : end));
  }
}
