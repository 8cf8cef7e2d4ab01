import type { ConnectionEvidence } from '../../analysis/evidence/evidence';
import type { IncomingEvent } from '../../stream/parse';
import { EvidenceRecorder } from '../evidence/evidenceRecorder';
import type { End } from '../http/end';
import type { Exchange } from '../http/exchange';
import { handlersInTurn } from '../http/handlersInTurn';
import type { FindProxy } from '../http/proxy/requestProxy';
import { Subscription } from '../http/subscription';
import type { SubscriptionHandlers } from '../http/subscriptionOptions';
import type { KnownSecrets } from '../request/secrets/secrets';
import type { StreamRequest } from '../request/streamRequest';
import { Once } from './once';

/** Number of events after which `events` is reached. */
const EVENTS = 3;
/** Time for which events are read on, in milliseconds: it tells whether all came at once, with the end behind them. */
const GRACE = 250;

/** Facts that a request is made with, whatever it asks. */
export interface Means {
  /** Aborted when all is to be closed. */
  signal: AbortSignal;
  /** Secrets that can't be recognized by a name. Default: none. */
  secret?: KnownSecrets | undefined;
  /** Finds the proxy for each request. Default: none, it goes to its server. */
  proxyFor?: FindProxy | undefined;
}

export interface ReadingOptions extends Means {
  /** Time after which it is closed, in milliseconds. */
  time: number;
  /** Size of the body, without content codings, from which on it is closed, in bytes. */
  size: number;
  /** Part of the response that is enough. Default: it is never enough, only full. */
  until?: 'head' | 'bytes' | 'events' | undefined;
  /** Awaited before it is closed because it is full or enough; until then a full one is held back. Default: it isn't awaited. */
  mayClose?: Promise<void> | undefined;
  /** Resolved when it is enough, or over. Default: nobody waits for that. */
  enough?: Once | undefined;
}

/** A request that is made and read until it is enough, within limits, with evidence of it. */
export class ProbeReading {
  /** Resolves when the head of the response has come, or it is over. */
  readonly answered = new Once();
  readonly over = new Once();
  readonly startedAt = performance.now();
  readonly #options: ReadingOptions;
  readonly #recorder: EvidenceRecorder;
  readonly #subscription: Subscription;
  readonly #timer: NodeJS.Timeout;
  #grace: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.close();
  readonly #ids: string[] = [];
  #response: Exchange | undefined;
  #end: End | undefined;
  #size = 0;
  #events = 0;
  #endedAt = Number.POSITIVE_INFINITY;
  #isStream = false;
  #isClosing = false;

  constructor(request: StreamRequest, options: ReadingOptions) {
    const { signal, secret, proxyFor, time } = options;
    this.#options = options;
    this.#recorder = new EvidenceRecorder(request);
    this.#timer = setTimeout(this.#onAbort, time);
    signal.addEventListener('abort', this.#onAbort, { once: true });
    // Probes are about event streams.
    const how = { reconnect: false, readAs: 'eventSource' as const, lastEventId: '', position: 0, secret, proxyFor };
    this.#subscription = new Subscription(request, how, handlersInTurn(this.#recorder.handlers, this.#told()));
    if (signal.aborted) this.close();
  }

  /** Head and body of its response; undefined if none has come. */
  get response(): Exchange | undefined {
    return this.#response;
  }

  /** Whether the response is read as an event stream. */
  get isStream(): boolean {
    return this.#isStream;
  }

  /** Why it is over; undefined if it isn't, or we closed it. */
  get end(): End | undefined {
    return this.#end;
  }

  /** Time at which it was over, by the clock of `performance.now()`; infinite until then. */
  get endedAt(): number {
    return this.#endedAt;
  }

  /** Ids that the first events set, at most three. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Closes it at once. Can be called repeatedly. */
  close(): void {
    this.#subscription.close();
    this.#finish();
  }

  /** Returns the evidence so far. @param origin time that its own are to count from, by the clock of `performance.now()` */
  connection(origin: number): ConnectionEvidence | undefined {
    const connection = this.#recorder.snapshot().connections.at(-1);
    return connection && { ...connection, number: 1, requestedAt: this.startedAt - origin };
  }

  #told(): SubscriptionHandlers {
    return {
      onConnect: () => {},
      onResponse: (response, format) => {
        [this.#response, this.#isStream] = [response, format !== undefined];
        this.answered.resolve();
        if (this.#options.until === 'head') this.#reach();
      },
      onBytes: (chunk) => {
        this.#size += chunk.length;
        // The beginning of any other response is enough to see what it is.
        if (this.#options.until === 'bytes' || !this.#isStream) this.#reach();
        if (this.#size >= this.#options.size) this.#fill();
      },
      onEvent: (event) => this.#take(event),
      onLastEventId: () => {},
      onWait: () => {},
      onEnd: (end) => {
        this.#end = end;
        this.#finish();
      },
    };
  }

  #take({ id }: IncomingEvent): void {
    this.#events += 1;
    if (id !== undefined && id !== '' && this.#ids.length < EVENTS) this.#ids.push(id);
    if (this.#events === EVENTS && this.#options.until === 'events') this.#reach();
  }

  #fill(): void {
    this.#response?.body.pause();
    this.#reach();
  }

  #reach(): void {
    this.#options.enough?.resolve();
    if (this.#isClosing) return;
    this.#isClosing = true;
    const { mayClose } = this.#options;
    if (mayClose) void mayClose.then(() => this.#closeSoon());
    else this.#closeSoon();
  }

  #closeSoon(): void {
    const isFull = this.#size >= this.#options.size;
    if (this.#options.until === 'events' && !isFull) this.#grace = setTimeout(this.#onAbort, GRACE);
    else this.close();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#grace);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#recorder.close();
    this.#endedAt = Math.min(this.#endedAt, performance.now());
    for (const promise of [this.answered, this.#options.enough, this.over]) promise?.resolve();
  }
}
