import type { IncomingEvent } from './incomingEvent';
import type { StreamProgress } from './streamNote';

/** How a stream is read: as an event stream (WHATWG HTML §9.2), or as JSON lines, of which each is an event. */
export type StreamFormat = 'events' | 'lines';

/** An incremental parser of a stream; its chunks may end anywhere. */
export interface StreamParser extends StreamProgress {
  /** The `Last-Event-ID` that a reconnecting client sends; empty if none. */
  readonly lastEventId: string;
  /** Offset of the first line of the event in progress that isn't a comment; undefined if there is none. */
  readonly fieldsStart: number | undefined;
  /** Parses the next chunk. @param chunk isn't retained */
  feed(chunk: Uint8Array): void;
  /** Ends the stream, which is whole: what needs no end of its own is then an event. To be called last. */
  end(): void;
  /**
   * Returns the event in progress as if what closes it had come: clients discard it at the end of a stream (WHATWG HTML
   * §9.2.6). Undefined if its lines make no event. To be called last; no handler is called for it.
   */
  openEvent(): IncomingEvent | undefined;
}
