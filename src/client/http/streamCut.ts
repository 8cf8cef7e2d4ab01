import { MAX_EVENT_SIZE } from '../../stream/limits';
import { newParser } from '../../stream/newParser';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamFormat, StreamParser } from '../../stream/streamParser';

/** A cut of a stream behind the last event that is wanted: it reads ahead, as an event's bytes are passed on before it. */
export class StreamCut {
  readonly #parser: StreamParser;
  #position: number;
  /** Position of the last event's end; undefined until that has come. */
  #end: number | undefined;

  /** @param isLast called with each event up to the last one @param start position of the first byte */
  constructor(format: StreamFormat, isLast: (event: IncomingEvent) => boolean, start: number) {
    this.#position = start;
    const onEvent = (event: IncomingEvent) => {
      if (this.#end === undefined && isLast(event)) this.#end = event.end;
    };
    this.#parser = newParser(format, onEvent, { start, maxEventSize: MAX_EVENT_SIZE });
  }

  /** Returns the part of the next chunk that belongs to the last event, or comes before it. */
  upToLast(chunk: Uint8Array): Uint8Array {
    const start = this.#position;
    this.#position += chunk.length;
    if (this.#end === undefined) this.#parser.feed(chunk);
    return this.#end === undefined ? chunk : chunk.subarray(0, Math.max(0, this.#end - start));
  }
}
