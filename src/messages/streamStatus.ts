// The connection's state, as the inspector's page is told it. Times in milliseconds, sizes in bytes.

/**
 * Ways to go on that a person may choose after a request that failed, or whose answer is no event stream. `sendTo`: to send its body,
 * which holds a secret, on to the host that a redirect leads to; `readAnyway`: an answer that isn't valid HTTP, by asking
 * once more; `readAsStream`: an answer of another type; `connectAnyway`: without looking at the certificate.
 */
export type NextStep = 'sendTo' | 'readAnyway' | 'readAsStream' | 'tryHttp' | 'tryHttps' | 'connectAnyway';

/** The head of an response, and when it came, counted from the request. */
export interface ResponseFacts {
  status: number;
  contentType: string;
  headersAfter: number;
  /** None where no event has come, or that one was cleared. */
  firstEventAfter?: number | undefined;
}

/** Facts that some states have, and others can't have. */
interface StateFacts {
  response: ResponseFacts;
  /** Why it waits, ended or failed, or what is not valid of what it reads, in the user's language. */
  reason: string;
  /** Events in the last second. */
  rate: number;
  /** Time to the reconnection, from when this is told: the page's clock may be another. */
  reconnectIn: number;
  /** How much has come of an answer that is no event stream. */
  bodySize: number;
  /** Offered by a button; for `sendTo`, with the host. */
  nextStep: { step: NextStep; host: string };
}

type Fact = keyof StateFacts;

/**
 * A state with the facts that it has, and may have. `running`: a request is under way, or will be without the user.
 */
type In<State extends string, Running extends boolean, Has extends Fact, May extends Fact> = {
  state: State;
  running: Running;
} & Pick<StateFacts, Has> & { [Name in May]?: StateFacts[Name] | undefined } & {
    [Name in Exclude<Fact, Has | May>]?: undefined;
  };

/** The inspector's connection line. `answered`: an answer that is no event stream, shown as it is. */
export type StreamStatus = {
  reconnects: number;
  /** The id that a reconnect sends as `Last-Event-ID`. */
  lastEventId: string;
  /** That can't be sent: it is too large for a header, or has characters that headers can't carry. */
  unsendable: boolean;
  /** The request in force takes any TLS certificate. */
  insecure: boolean;
  /** The file that is recorded to, and how much is in it; none while nothing is recorded. */
  recording?: { name: string; size: number } | undefined;
} & (
  | In<'idle', false, never, 'response'>
  | In<'connecting', true, never, never>
  | In<'open', true, 'response' | 'rate', 'reason'>
  | In<'waiting', true, 'reconnectIn', 'response' | 'reason' | 'nextStep'>
  | In<'answered', boolean, 'response' | 'bodySize', 'reason' | 'nextStep'>
  // Without an response, where the extension host has gone before there was one.
  | In<'ended', false, never, 'response' | 'reason' | 'nextStep'>
  | In<'failed', false, never, 'response' | 'reason' | 'nextStep'>
);

/** Remark beside its state. */
export interface Outcome {
  reason?: string | undefined;
  nextStep?: StateFacts['nextStep'] | undefined;
}
