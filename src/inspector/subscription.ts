import { EventStreamParser, type IncomingEvent } from '../sse/parse';
import { ReadingLimit } from '../turns/readingLimit';
import { Turns } from '../turns/turns';
import { CodingError } from './codingError';
import { isGzip, unreadableCoding } from './decoders';
import { type Exchange, type ExchangeOptions, exchange, faultOf, isEventStream, isRepeatable } from './exchange';
import { MAX_EVENT_SIZE } from './history';
import { type Redirect, RedirectError } from './redirect';
import { isSendableId, type StreamRequest } from './streamRequest';

/** The reconnection time while the stream doesn't set one, in milliseconds: Chromium's. */
const RECONNECTION_TIME = 3000;
/** A stream that sets less would be asked for again and again, without a pause. */
const MIN_RECONNECTION_TIME = 100;
/** Failure after failure it doubles, up to so many milliseconds. */
const MAX_RECONNECTION_TIME = 30_000;
/** Names and certificates that won't be others the next time, unless they were right before (WHATWG HTML §9.2.3: "futile"). */
const FUTILE =
  /^(ERR_(TLS|SSL|INVALID|HTTP)|ENOTFOUND$|CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED|EPROTO$|HPE_|loop$|location$)/;

/** Why an attempt is over. */
export type End =
  /** The stream came to its end. */
  | { cause: 'end' }
  /** Before or in the answer: what failed, as the system names it, and behind which redirects. */
  | { cause: 'network'; error: Error & { code?: string }; redirects: Redirect[] }
  /** The server wants no more requests: 204. */
  | { cause: 'noContent' }
  /** The answer is no event stream; it has been given out as it is. */
  | { cause: 'answer' };

export interface SubscriptionOptions extends Pick<ExchangeOptions, 'secret' | 'approved' | 'reading'> {
  /** Whether a stream that ends or breaks is asked for again. */
  reconnect: boolean;
  /** `Last-Event-ID` of the first request; empty: none. */
  lastEventId: string;
  /** The position of the first byte that will come. */
  position: number;
}

export interface SubscriptionHandlers {
  /** A request goes out, the first or one more. */
  onConnect(lastEventId: string): void;
  /** The head of an answer has come. */
  onAnswer(answer: Exchange, isEventStream: boolean): void;
  /** The next bytes of the answer. Those of a stream come before the events that they end. */
  onBytes(chunk: Uint8Array): void;
  onEvent(event: IncomingEvent): void;
  /** What a reconnect sends has changed: also by a block without data, which makes no event (WHATWG HTML §9.2.6). */
  onLastEventId(lastEventId: string): void;
  /** It reconnects after so many milliseconds. */
  onWait(end: End, delay: number): void;
  /** It is over for good. Not called after `close`. */
  onEnd(end: End): void;
}

/** Reads an event stream as an EventSource does, over reconnects; but with any method, headers and body. */
export class Subscription {
  readonly #request: StreamRequest;
  readonly #handlers: SubscriptionHandlers;
  readonly #controller = new AbortController();
  readonly #reconnect: boolean;
  #exchange: ExchangeOptions;
  /** Those that the attempt has followed. */
  #redirects: Redirect[] = [];
  #lastEventId: string;
  #reconnectionTime = RECONNECTION_TIME;
  #failures = 0;
  #hasOpened = false;
  #position: number;
  #unfinishedFrom: number | undefined;
  #parser: EventStreamParser | undefined;
  #stopWaiting: (() => void) | undefined;

  constructor(request: StreamRequest, options: SubscriptionOptions, handlers: SubscriptionHandlers) {
    const { reconnect, lastEventId, position, secret, approved } = options;
    this.#request = request;
    this.#reconnect = reconnect;
    this.#lastEventId = lastEventId;
    this.#position = position;
    this.#handlers = handlers;
    const { reading = new ReadingLimit(new Turns()) } = options;
    this.#exchange = { secret, approved, reading, onRedirect: (redirect) => this.#redirects.push(redirect) };
    void this.#run();
  }

  /** What a reconnect sends as `Last-Event-ID`, if it can be sent; empty: nothing. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Where the event begins that the stream ended in, and that was dropped; none where it ended between events. */
  get unfinishedFrom(): number | undefined {
    return this.#unfinishedFrom;
  }

  /** Where the event that is under way begins, comments before it included; where none is, the position of the next byte. */
  get blockStart(): number {
    return this.#parser?.blockStart ?? this.#position;
  }

  /** Where the first line of the event that is under way begins that isn't a comment; undefined where there is none yet. */
  get fieldsStart(): number | undefined {
    return this.#parser?.fieldsStart;
  }

  /** Doesn't wait for the reconnection time. */
  reconnectNow(): void {
    this.#stopWaiting?.();
  }

  /** Ends the request at once; no handler is called after this. Twice is fine. */
  close(): void {
    this.#controller.abort();
    this.#stopWaiting?.();
  }

  get #closed(): boolean {
    return this.#controller.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const end = await this.#attempt();
      if (this.#closed) return;
      if (!this.#goesOn(end)) {
        this.#handlers.onEnd(end);
        return;
      }
      await this.#wait(end);
    }
  }

  #goesOn(end: End): boolean {
    if (!this.#reconnect) return false;
    if (end.cause === 'network' && end.error instanceof CodingError) return false;
    // Only a person can say that it may go on.
    if (end.cause === 'network' && end.error instanceof RedirectError && end.error.code === 'secret') return false;
    if (end.cause === 'network') return this.#hasOpened || !FUTILE.test(end.error.code ?? '');
    return end.cause === 'end';
  }

  async #wait(end: End): Promise<void> {
    const time = Math.max(MIN_RECONNECTION_TIME, this.#reconnectionTime);
    const delay = Math.min(time * 2 ** Math.max(0, this.#failures - 1), this.#longest);
    this.#handlers.onWait(end, delay);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#stopWaiting = undefined;
  }

  /** A stream may ask for more than the cap. */
  get #longest(): number {
    return Math.min(Math.max(MAX_RECONNECTION_TIME, this.#reconnectionTime), 2 ** 31 - 1);
  }

  async #attempt(): Promise<End> {
    this.#unfinishedFrom = undefined;
    this.#redirects = [];
    this.#handlers.onConnect(this.#lastEventId);
    try {
      const answer = await exchange(this.#withLastEventId(), this.#controller.signal, this.#exchange);
      const isStream = isEventStream(answer);
      if (this.#closed) return { cause: 'end' };
      this.#exchange = { ...this.#exchange, fault: answer.fault };
      const coding = isStream ? unreadableCoding(answer.encoding) : undefined;
      if (isStream && !coding) [this.#failures, this.#hasOpened] = [0, true];
      this.#handlers.onAnswer(answer, isStream);
      if (coding) throw new CodingError(coding, true);
      await this.#read(answer, isStream);
      if (isStream) return { cause: 'end' };
      return { cause: answer.status === 204 ? 'noContent' : 'answer' };
    } catch (error) {
      this.#failures += 1;
      // The next time it is read to its end.
      if (isRepeatable(this.#request.method))
        this.#exchange = { ...this.#exchange, fault: faultOf(error) ?? this.#exchange.fault };
      const redirects = this.#redirects;
      return { cause: 'network', error: error instanceof Error ? error : new Error(String(error)), redirects };
    }
  }

  async #read({ body, encoding }: Exchange, isStream: boolean): Promise<void> {
    const start = this.#position;
    let unsaid: CodingError | undefined;
    const parser = new EventStreamParser((event) => this.#handlers.onEvent(event), {
      start: this.#position,
      lastEventId: this.#lastEventId,
      maxEventSize: MAX_EVENT_SIZE,
      onRetry: (milliseconds) => {
        this.#reconnectionTime = milliseconds;
      },
    });
    this.#parser = parser;
    try {
      const failure = await body.read((chunk) => {
        if (this.#closed) return;
        this.#handlers.onBytes(chunk);
        if (!isStream || unsaid) return;
        if (this.#position === start && encoding === '' && isGzip(chunk)) {
          unsaid = new CodingError('gzip', false);
          body.close();
          return;
        }
        this.#position += chunk.length;
        parser.feed(chunk);
        if (parser.lastEventId !== this.#lastEventId) {
          this.#lastEventId = parser.lastEventId;
          this.#handlers.onLastEventId(parser.lastEventId);
        }
      });
      if (unsaid ?? failure) throw unsaid ?? failure;
    } finally {
      this.#unfinishedFrom = parser.unfinishedFrom;
      this.#parser = undefined;
    }
  }

  #withLastEventId(): StreamRequest {
    if (this.#lastEventId === '') return this.#request;
    const headers = this.#request.headers.filter(([name]) => name.toLowerCase() !== 'last-event-id');
    if (isSendableId(this.#lastEventId)) headers.push(['Last-Event-ID', this.#lastEventId]);
    return { ...this.#request, headers };
  }
}
