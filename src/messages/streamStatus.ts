// Connection state as sent to the inspector's page. Times in milliseconds, sizes in bytes.

/**
 * Ways to continue that the user is offered after a request that failed, or whose response is no event stream. `sendTo`:
 * send the body, which holds a secret, on to the host that a redirect leads to; `readAnyway`: accept a response that isn't
 * valid HTTP, by repeating the request; `readAsStream`: accept a response of another type; `connectAnyway`: skip the check
 * of the certificate; `addAuthorization`: edit the header in the form, which the page does. Any success can also be read in
 * another way: `readAsLines`, `readAsText`.
 */
export type NextStep =
  | 'sendTo'
  | 'readAnyway'
  | 'readAsStream'
  | 'readAsLines'
  | 'readAsText'
  | 'tryHttp'
  | 'tryHttps'
  | 'connectAnyway'
  | 'addAuthorization';

/** Steps that read a response in another way, by the way. */
export const READ_STEPS = { events: 'readAsStream', lines: 'readAsLines', text: 'readAsText' } as const;

/** How a response is read: as an event stream, as JSON lines, or shown as it is. */
export type Reading = keyof typeof READ_STEPS;

/** Head of a response, and the time of its arrival, counted from the request. */
export interface ResponseFacts {
  status: number;
  contentType: string;
  headersAfter: number;
  /** Undefined if no event has come, or the first one was cleared. */
  firstEventAfter?: number | undefined;
}

/** Facts that only some states have. */
interface StateFacts {
  response: ResponseFacts;
  /** Reason for waiting, the end or the failure, or what isn't valid in the stream, in the user's language. */
  reason: string;
  /** Number of events in the last second. */
  rate: number;
  /** Time to the reconnection, counted from when this is sent: the page's clock may differ. */
  reconnectIn: number;
  /** Bytes received of a response that is no event stream. */
  bodySize: number;
  /** Offered as a button; for `sendTo`, with the host. */
  nextStep: { step: NextStep; host: string };
}

type Fact = keyof StateFacts;

/** A state with its required and optional facts. `running`: a request is in progress, or will be without the user. */
type In<State extends string, Running extends boolean, Has extends Fact, May extends Fact> = {
  state: State;
  running: Running;
} & Pick<StateFacts, Has> & { [Name in May]?: StateFacts[Name] | undefined } & {
    [Name in Exclude<Fact, Has | May>]?: undefined;
  };

/** Content of the inspector's connection line. `answered`: the response is no event stream, and shown as it is. */
export type StreamStatus = {
  reconnects: number;
  /** Id that a reconnect sends as `Last-Event-ID`. */
  lastEventId: string;
  /** Whether the id can't be sent: it is too large for a header, or has characters that headers can't carry. */
  unsendable: boolean;
  /** Whether the current request accepts invalid TLS certificates. */
  insecure: boolean;
  /** How the response is read; undefined if it can't be read in another way. */
  readAs?: Reading | undefined;
  /** File that is recorded to, and its size; undefined while nothing is recorded. */
  recording?: { name: string; size: number } | undefined;
} & (
  | In<'idle', false, never, 'response'>
  | In<'connecting', true, never, never>
  | In<'open', true, 'response' | 'rate', 'reason'>
  | In<'waiting', true, 'reconnectIn', 'response' | 'reason' | 'nextStep'>
  | In<'answered', boolean, 'response' | 'bodySize', 'reason' | 'nextStep'>
  // Without a response if the extension host was lost before there was one.
  | In<'ended', false, never, 'response' | 'reason' | 'nextStep'>
  | In<'failed', false, never, 'response' | 'reason' | 'nextStep'>
);

/** Remark about a state. */
export interface Outcome {
  reason?: string | undefined;
  nextStep?: StateFacts['nextStep'] | undefined;
  readAs?: Reading | undefined;
}
