import type { Evidence, ProbeKind } from '../../analysis/evidence/evidence';
import type { End } from '../http/end';
import type { Exchange } from '../http/exchange';
import type { FindProxy } from '../http/proxy/requestProxy';
import type { KnownSecrets } from '../request/secrets/secrets';
import type { ProbeLimits } from './probeLimits';

/** A request that is made to find out why a stream is as it is: the stream's own, or a probe. */
export type Step = 'first' | ProbeKind;

/**
 * Why a probe wasn't made. `method`: only a GET is made again unasked. `noStream`: the response is no stream. `unwanted`: the user
 * wants no second connection. `ended`: the first connection ended before there could be a second. `noIds`: fewer than three
 * events had an id. `noOrigin`: no page's origin is known. `sameOrigin`: the page may read it anyway. `secret`: the body holds one for another origin. `noTime`: the time
 * for all of them was over.
 */
export type LeftOutReason =
  | 'method'
  | 'noStream'
  | 'unwanted'
  | 'ended'
  | 'noIds'
  | 'noOrigin'
  | 'sameOrigin'
  | 'secret'
  | 'noTime';

export interface LeftOut {
  /** Undefined if it holds for all probes. */
  kind?: ProbeKind | undefined;
  reason: LeftOutReason;
}

/** Progress of a diagnosis, for a sentence that says what is asked. */
export interface ProbeProgress {
  /** Requests that are open, in the order in which they were made. */
  asking: Step[];
  /** Number of requests that are over. */
  done: number;
}

export interface ProbeOptions {
  /** Origin of a page that is to read the stream. Default: none, it isn't asked about. */
  origin?: string | undefined;
  /** Another address of the same stream, an absolute URL. Default: none. */
  compare?: string | undefined;
  /**
   * Whether there may be several requests at once: a server may allow a person one stream. Default: true.
   */
  second?: boolean | undefined;
  /** Secrets that can't be recognized by a name. Default: none. */
  secret?: KnownSecrets | undefined;
  /** Finds the proxy for each request. Default: none, they go to their servers. */
  proxyFor?: FindProxy | undefined;
  /** Closes everything at once; the reason is thrown. Default: none. */
  signal?: AbortSignal | undefined;
  /** Default: `PROBE_LIMITS`. */
  limits?: Partial<ProbeLimits> | undefined;
  /** Called when a request is made, and when one is over. Default: not called. */
  onProgress?: ((progress: ProbeProgress) => void) | undefined;
}

/** A stream that was asked for, and what the probes found. */
export interface ProbedStream {
  evidence: Evidence;
  /** Probes that were made, each once. */
  asked: ProbeKind[];
  leftOut: LeftOut[];
  /** Response and end of the stream's own request; undefined if there was none, or we closed it. */
  response: Exchange | undefined;
  end: End | undefined;
}
