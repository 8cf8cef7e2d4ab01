import type { IncomingEvent } from '../../stream/parse';

/** An event of a stream. */
export interface StreamEvent {
  /** Time at which it was complete, in milliseconds since 1970. */
  time: number;
  /** Type; `message` if its block sets none. */
  event: string;
  /** Data, without the last line end. At most 16 MB; what was left out of a larger event is counted in `omitted`. */
  data: string;
  /** Id that its block sets; null if it sets none. */
  id: string | null;
  /** Last event ID of the stream, behind this event; empty if none. */
  lastEventId: string;
  /** Size of its block, in bytes, with comments and the blank line. */
  size: number;
  /** Number of bytes left out of its data, because it is larger than 16 MB; missing if none. */
  omitted?: number;
}

/** A wait for a new attempt. */
export interface Reconnect {
  /** Number of the attempt that follows, from 1. */
  number: number;
  /** Time until then, in milliseconds. */
  delay: number;
  /** Why the previous attempt ended, as a sentence without secrets. */
  reason: string;
  /** `Last-Event-ID` that will be sent; empty for none. */
  lastEventId: string;
}

/**
 * Why a reading ended. `end`: the stream ended; `noContent`: the server answered 204; `cut`: the response broke off, or
 * ended before it was complete; `network`: no response came; `status`, `type`: the response is neither an event stream nor JSON lines, by its
 * status, or by its media type or content coding; `signal`: the caller ended it, by `signal` or by leaving the iteration;
 * `duration`: a recording is complete.
 */
export type EndCause =
  | 'end'
  | 'noContent'
  | 'cut'
  | 'network'
  | 'status'
  | 'type'
  | 'count'
  | 'timeout'
  | 'signal'
  | 'duration';

/** How a reading ended. Times in milliseconds. */
export interface StreamEnd {
  cause: EndCause;
  /** Status of the last response; null if none came. */
  status: number | null;
  events: number;
  /** Number of bytes of the stream, without transfer and content codings. */
  bytes: number;
  /** Time from the last request to the head of its response; null if none came. */
  headersAfter: number | null;
  /** Time from the last request to its first event; null if none came. */
  firstEventAfter: number | null;
  duration: number;
  reconnects: number;
}

/** A request for a stream. */
export interface EventStreamRequest {
  /** URL with `http:` or `https:`. */
  url: string | URL;
  /** Default: GET; POST with a body. */
  method?: string | undefined;
  /** An object, or pairs: a list, a map, or the `Headers` of `fetch`. Default: none beside those that an EventSource sends. */
  headers?: Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]> | undefined;
  /** Default: none. */
  body?: string | undefined;
  /** Whether to accept any TLS certificate. Default: false. */
  insecure?: boolean | undefined;
}

/** A stream to read: by its URL, a curl command, or a request. */
export type RequestLocation = string | URL | EventStreamRequest;

/** Options of `readEventStream`. */
export interface ReadOptions {
  /** Number of events after which the reading ends. Default: none. */
  count?: number | undefined;
  /** Time after which the reading fails, in milliseconds. Default: none. */
  timeout?: number | undefined;
  /** Whether to reconnect after a cut or an end, as an EventSource does, until 204; not to JSON lines. Default: false. */
  reconnect?: boolean | undefined;
  /** `Last-Event-ID` of the first request. Default: none. */
  lastEventId?: string | undefined;
  /**
   * How any successful response is read: as an event stream (`events`), or as JSON lines (`lines`), of which each is an event of
   * type `message` without an id. Default: by its media type.
   */
  readAs?: 'events' | 'lines' | undefined;
  /** Type of the events that are given and counted. Default: all. */
  event?: string | undefined;
  /** Ends the reading; the iteration rejects with the signal's reason. Default: none. */
  signal?: AbortSignal | undefined;
  /** Called when it waits for a new attempt. Default: none. */
  onReconnect?: ((reconnect: Reconnect) => void) | undefined;
}

/** Events as they come, and how the reading ended. */
export interface StreamReading extends AsyncIterable<StreamEvent> {
  /** Resolves when the reading has ended, also with an error; never rejects. Pending until the iteration begins. */
  readonly end: Promise<StreamEnd>;
}

/** Options of `recordEventStream`; beside these, those of reading a stream. */
export interface RecordOptions extends Omit<ReadOptions, 'event'> {
  /** Time to record, in milliseconds; the recording is then complete. Default: until the stream ends. */
  duration?: number | undefined;
  /** Whether to overwrite an existing file. Default: false, that is an error. */
  force?: boolean | undefined;
  /** Called, at most ten times a second, with what was recorded so far. Default: none. */
  onProgress?: ((progress: { events: number; bytes: number }) => void) | undefined;
}

/** A recording that is complete. */
export interface Recording extends StreamEnd {
  /** Absolute path of the file: another one than was asked for if a program changed that while it was recorded to. */
  file: string;
  /** Number of the first event in that other file, if earlier ones are only in the one that was changed; else missing. */
  firstEvent?: number;
}

/** Returns an event as it is given to a caller; it came just now. */
export function eventOf({ event, data, id, lastEventId, start, end, omitted }: IncomingEvent): StreamEvent {
  const time = Date.now();
  return { time, event, data, id: id ?? null, lastEventId, size: end - start, ...(omitted > 0 && { omitted }) };
}
