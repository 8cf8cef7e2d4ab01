import type { ConnectionEvidence, Probe, ProbeKind, Stall } from '../../analysis/evidence/evidence';
import { StallWatch } from '../evidence/stallWatch';
import type { StreamRequest } from '../request/streamRequest';
import type { LeftOut, LeftOutReason, ProbeOptions, Step } from './probedStream';
import { PROBE_LIMITS, type ProbeLimits } from './probeLimits';
import { type Means, ProbeReading, type ReadingOptions } from './probeReading';

/** Options that differ between requests; the others are the same for all of a run. */
export type How = Partial<Pick<ReadingOptions, 'until' | 'mayClose' | 'enough' | 'time'>>;

/** A run of requests about one stream, within limits. It holds everything that is open, and closes it. */
export class ProbeRun {
  readonly limits: Readonly<ProbeLimits>;
  readonly means: Means;
  /** Time of the first request, by the clock of `performance.now()`. */
  readonly origin = performance.now();
  readonly leftOut: LeftOut[] = [];
  readonly #options: ProbeOptions;
  readonly #controller = new AbortController();
  readonly #stalls = new StallWatch();
  readonly #probes: Probe[] = [];
  readonly #asking: Step[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = () => this.#controller.abort();
  #done = 0;
  #failure: { error: unknown } | undefined;

  constructor(options: ProbeOptions) {
    const { secret, proxyFor, limits, signal } = options;
    this.#options = options;
    this.limits = { ...PROBE_LIMITS, ...limits };
    this.means = { signal: this.#controller.signal, secret, proxyFor };
    this.#timer = setTimeout(this.#onAbort, this.limits.total);
    if (signal?.aborted) this.#onAbort();
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#stalls.start(() => performance.now() - this.origin);
  }

  /** Probes that are over, in the order in which they were made. */
  get probes(): Probe[] {
    return this.#probes.toSorted((one, other) => one.connection.requestedAt - other.connection.requestedAt);
  }

  /** Times during which our own event loop was blocked. */
  get stalls(): Stall[] {
    return [...this.#stalls.stalls];
  }

  /** Begins to read. It is one of what is asked until it is over. */
  open(step: Step, request: StreamRequest, how: How): ProbeReading {
    const { time, size } = this.limits;
    const reading = new ProbeReading(request, { ...this.means, time, size, ...how });
    void this.during(step, reading.over.done);
    return reading;
  }

  /** Makes a probe. Resolves when it is over. */
  async ask(kind: ProbeKind, request: StreamRequest, how: How): Promise<ConnectionEvidence | undefined> {
    const reading = this.open(kind, request, how);
    await reading.over.done;
    const connection = reading.connection(this.origin);
    if (connection) this.add({ kind, connection });
    return connection;
  }

  add(probe: Probe): void {
    this.#probes.push(probe);
  }

  leaveOut(reason: LeftOutReason, ...kinds: ProbeKind[]): void {
    for (const kind of kinds) this.leftOut.push({ kind, reason });
  }

  /** Counts the step among those that are asked until the work is done. */
  async during<Result>(step: Step, work: Promise<Result>): Promise<Result> {
    this.#asking.push(step);
    this.#tell();
    try {
      return await work;
    } finally {
      this.#asking.splice(this.#asking.indexOf(step), 1);
      this.#done += 1;
      this.#tell();
    }
  }

  /** Throws if the caller has ended it, or its handler has failed. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
    const { signal } = this.#options;
    if (signal?.aborted) throw signal.reason;
  }

  /** Closes everything at once. Can be called repeatedly. */
  close(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#stalls.stop();
    this.#controller.abort();
  }

  #tell(): void {
    if (this.#failure || this.means.signal.aborted) return;
    try {
      this.#options.onProgress?.({ asking: [...this.#asking], done: this.#done });
    } catch (error) {
      this.#failure = { error };
      this.#controller.abort();
    }
  }
}
