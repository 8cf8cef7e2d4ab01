/** An event of an event stream, as a client dispatches it (WHATWG HTML §9.2.6, "Interpreting an event stream"). */
export interface IncomingEvent {
  /** The lines of its `data` fields, joined by LF. */
  data: string;
  /** The event's type; `message` if the stream doesn't set one. */
  event: string;
  /** The id that its own block sets; undefined if it sets none. */
  id: string | undefined;
  /** The last id that the stream has set so far. */
  lastEventId: string;
  /** Offset of the beginning of its block, in bytes; comments before it belong to the block. */
  start: number;
  /** Offset of the first line that sets its data, type or id; lines before that may be omitted. */
  fieldsStart: number;
  /** Offset of the end of the blank line that closes the block, in bytes; excludes the LF of a CRLF if that comes later. */
  end: number;
  /** Number of bytes omitted from its lines because the event is larger than `maxEventSize`. */
  omitted: number;
  /** Whether `data` are only the beginning, as more of it would take long to decode: see `maxTextSize`. */
  isCut?: boolean;
}
