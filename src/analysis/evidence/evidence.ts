// Evidence about a stream: what was seen of it, as plain data that JSON can hold. Times in milliseconds, sizes and positions in
// bytes. `client/evidence` collects it, within limits; rules and pictures are made from it.

/** Evidence about a stream: the connections of one request, and of the probes that were made about it. */
export interface Evidence {
  /** Time of the first request, in milliseconds since 1970: events' own times are compared with it. */
  startedAt: number;
  /** Connections that are kept, the oldest first: the first one and the latest. */
  connections: ConnectionEvidence[];
  /** Number of connections between the first and the next one that is kept; 0 if all are. */
  omitted: number;
  /** Time of this snapshot since the first request. */
  now: number;
  /** Times during which our own event loop was blocked, since the first request. A rule must not judge such times. */
  stalls: Stall[];
  /** Requests that were made to find out more; empty if none were. */
  probes: Probe[];
}

/** A time during which our own event loop ran nothing, so that what came meanwhile was seen at its end. */
export interface Stall {
  from: number;
  length: number;
}

/** A request, its response, and its end. All times but `requestedAt` count from the request. */
export interface ConnectionEvidence {
  /** Number of the connection, from 1. */
  number: number;
  /** Time of the request, since the first request. */
  requestedAt: number;
  request: RequestEvidence;
  /** Redirects that were followed, in order. */
  redirects: HopEvidence[];
  /** Undefined if no head has come. */
  head?: HeadEvidence | undefined;
  /** Number of chunks so far, and their size as received, before any content coding is undone. */
  received: { chunks: number; bytes: number };
  /** Chunks that are kept: of all connections together the first 4,096 and the last 4,096. */
  chunks: ChunkEvidence[];
  /** Number of events so far. */
  eventCount: number;
  /** Events that are kept: of a connection the first 500 and the last 500. */
  events: EventEvidence[];
  /** Event types and how often each came; at most 20 types. */
  types: [type: string, count: number][];
  text: TextEvidence;
  /** Undefined while it goes on. */
  end?: EndEvidence | undefined;
}

/** Facts about a request. No value of a header is here that may be secret. */
export interface RequestEvidence {
  method: string;
  /** Origin of the URL, such as `https://example.org`. */
  origin: string;
  hasBody: boolean;
  /** Names of the headers that the user gave, in lower case. */
  headers: string[];
  accept: string;
  /** Empty if no compression was asked for. */
  acceptEncoding: string;
  /** Header `Origin`; empty for none. */
  fromOrigin: string;
  /** `Last-Event-ID` that was sent; empty for none. */
  lastEventId: string;
}

/** A redirect that was followed. */
export interface HopEvidence {
  status: number;
  /** URL that it leads to, with masks for its secrets; at most 1,000 characters. */
  url: string;
}

export interface HeadEvidence {
  at: number;
  status: number;
  /** Such as `1.1`. */
  httpVersion: string;
  /** Headers as received, with masks for secrets; at most 200, with values of at most 1,000 characters. */
  headers: [name: string, value: string][];
  /** Media type without parameters, in lower case; empty for none. */
  contentType: string;
  /** Charset that the media type names; undefined for none. */
  charset?: string | undefined;
  /** Content codings, as the header names them; empty for none. */
  encoding: string;
  /** Whether the response is read as a stream. */
  isStream: boolean;
  /** Whether it is read as JSON lines rather than as an event stream. Default: false. */
  isLines?: boolean | undefined;
  /** Undefined without TLS. */
  tls?: { issuer: string; alpn: string } | undefined;
}

/** A piece of the body as it was received: usually a chunk of HTTP/1.1. */
export interface ChunkEvidence {
  /** Number within its connection, from 1: of two with consecutive numbers nothing is missing in between. */
  number: number;
  at: number;
  size: number;
  /** First and last bytes in hexadecimal, at most 4 each, before any content coding is undone. */
  first: string;
  last: string;
}

export interface EventEvidence {
  /** Number within its connection, from 1. */
  number: number;
  at: number;
  size: number;
  /** Position of its block in the stream, over all connections. */
  start: number;
  /** At most 100 characters. */
  type: string;
  /** Id that its block sets, at most 100 characters; undefined if it sets none. */
  id?: string | undefined;
  /** Time at which the event says that it was made, in milliseconds since 1970; undefined if it says none that we know. */
  madeAt?: number | undefined;
  /** Time by which its blank line came after its last field; undefined if they came together. */
  endLateBy?: number | undefined;
}

/** A line or a block that is noteworthy. */
export interface LineEvidence {
  /** Position in the stream, over all connections. */
  position: number;
  /** Its beginning, at most 200 characters. */
  text: string;
}

/** How often something came, and the first of it; at most 5. */
export interface Noted {
  count: number;
  first: LineEvidence[];
}

/** Lines and events of a stream that clients ignore, or that are odd. */
export interface TextEvidence {
  /** Position of the stream's first byte, over all connections. */
  start: number;
  /** Size without content codings. */
  bytes: number;
  /** Lines with one of the four fields, whatever its value. */
  fields: number;
  /** Comments, and the times of the last 200. */
  comments: { count: number; at: number[] };
  /** Lines whose field has another name: clients ignore them. */
  ignored: Noted;
  /** Blocks that clients don't dispatch as they have no data, though they have an `event`. */
  withoutData: Noted;
  /** Lines `retry` whose value isn't digits only: clients ignore them. */
  badRetry: Noted;
  /** Valid reconnection times, each once, at most 5. */
  retries: number[];
  /** Lines `id` with NUL, which clients ignore, and empty ones, which reset the id. */
  nulIds: Noted;
  emptyIds: Noted;
  /** Events whose data has the characters `\n\n` where line ends were meant. */
  escaped: Noted;
  /** Events whose data begins a JSON value that lines without `data:` go on with. `lines`: number of those lines. */
  lost: Noted & { lines: number };
  /** Events that say that something failed: by their type, or by the JSON in their data. `text` is the message. */
  errors: Noted;
  /** Bytes that aren't UTF-8: `text` is hexadecimal. */
  notUtf8: Noted;
  /** Byte order marks elsewhere than at the beginning of the stream. */
  marks: Noted;
  /** Bytes NUL. */
  nuls: Noted;
  /** Whether its first line end is CR LF. */
  isCrLf: boolean;
  /** The block in progress: whole lines since the last blank one, their size, when the first of them came, and whether there is data. */
  open: { lines: number; bytes: number; at?: number | undefined; hasData?: boolean | undefined };
}

export interface EndEvidence {
  at: number;
  /**
   * `end`: complete, as HTTP says. `cut`: the connection ended before that. `failed`: there was no response, or its coding
   * couldn't be read. `left`: we closed it.
   */
  cause: 'end' | 'cut' | 'failed' | 'left';
  /** Code of the system's error; undefined if there is none. */
  code?: string | undefined;
  /** Whether it ended in the middle of an event. */
  unfinished: boolean;
}

/**
 * A request that was made to find out more, and how it differs. `again`: not at all. `identity`: no compression. `browser`: a
 * browser's compressions. `anyType`: `Accept` that allows all types. `origin`: with an `Origin`, and without the cookie. `preflight`: OPTIONS, as
 * a page would ask first. `second`: beside the first connection. `resumed`: behind the third event's id. `head`: HEAD.
 * `other`: another address of the same stream. `http2`: over HTTP/2.
 */
export interface Probe {
  kind: ProbeKind;
  connection: ConnectionEvidence;
  /** The protocol that TLS chose, and the code of an error that only HTTP/2 has; for `http2`. */
  http2?: { alpn: string; error?: string | undefined } | undefined;
  /** Time when the first connection was closed, counted from the second's request; for `second`. */
  firstClosedAt?: number | undefined;
}

export type ProbeKind =
  | 'again'
  | 'identity'
  | 'browser'
  | 'anyType'
  | 'origin'
  | 'preflight'
  | 'second'
  | 'resumed'
  | 'head'
  | 'other'
  | 'http2';
