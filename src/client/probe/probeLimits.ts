/** Limits of the requests that are made to find out more. Times in milliseconds, sizes in bytes. */
export interface ProbeLimits {
  /** Time for each request. */
  time: number;
  /** Size of a body, without content codings, from which on a request is closed. */
  size: number;
  /** Time for all requests. */
  total: number;
  /** Number of requests at once. */
  atOnce: number;
  /** Time that a second connection has until the first is closed for it. */
  wait: number;
}

export const PROBE_LIMITS: Readonly<ProbeLimits> = {
  time: 10_000,
  size: 64 * 1024,
  total: 30_000,
  atOnce: 3,
  // A rule wants three seconds before it speaks of a queue.
  wait: 3500,
};
