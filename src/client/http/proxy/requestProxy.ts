import type { Agent, ClientRequest } from 'node:http';

/** A proxy that one request is sent through. */
export interface RequestProxy {
  /** Agent that connects to the proxy; used for this request only. */
  agent: Agent;
  /**
   * Watches the request on its way through the proxy.
   * @returns a function that returns the error to report for one of the request
   */
  watch(request: ClientRequest): (error: Error) => Error;
}

/**
 * Resolves with the proxy for a URL; undefined if there is none. Rejects with ProxyError if it can't be used.
 * @param signal of the request: an abort also closes a connection to the proxy that isn't open yet
 */
export type FindProxy = (url: URL, signal: AbortSignal) => Promise<RequestProxy | undefined>;
