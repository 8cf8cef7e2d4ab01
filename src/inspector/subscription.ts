import { EventStreamParser, type IncomingEvent } from '../sse/parse';
import { ReadingLimit } from '../turns/readingLimit';
import { Turns } from '../turns/turns';
import { CodingError } from './codingError';
import { isGzip, unreadableCoding } from './decoders';
import { type Exchange, type ExchangeOptions, exchange, faultOf, isEventStream, isRepeatable } from './exchange';
import { MAX_EVENT_SIZE } from './history';
import { ReconnectionTime } from './reconnectionTime';
import { type Redirect, RedirectError } from './redirect';
import { isSendableId, type StreamRequest } from './streamRequest';

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
  /** The answer is no event stream; it has been given out as it is. What came of its body isn't all, where it has failed. */
  | { cause: 'answer'; failure?: (Error & { code?: string }) | undefined };

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
  readonly #reconnectionTime = new ReconnectionTime();
  #hasOpened = false;
  #position: number;
  #unfinishedFrom: number | undefined;
  #parser: EventStreamParser | undefined;
  #stopWaiting: (() => void) | undefined;
  /** Nothing has come of the answer, since it wasn't valid HTTP: asked for once more at once, it is read all the same. */
  #isToBeRead = false;

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
    if (this.#isToBeRead) return true;
    if (!this.#reconnect) return false;
    if (end.cause === 'network' && end.error instanceof CodingError) return false;
    // Only a person can say that it may go on.
    if (end.cause === 'network' && end.error instanceof RedirectError && end.error.code === 'secret') return false;
    if (end.cause === 'network') return this.#hasOpened || !FUTILE.test(end.error.code ?? '');
    return end.cause === 'end';
  }

  async #wait(end: End): Promise<void> {
    const delay = this.#isToBeRead ? 0 : this.#reconnectionTime.delay;
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

  async #attempt(): Promise<End> {
    this.#unfinishedFrom = undefined;
    this.#redirects = [];
    this.#isToBeRead = false;
    this.#handlers.onConnect(this.#lastEventId);
    let start: number | undefined;
    try {
      const answer = await exchange(this.#withLastEventId(), this.#controller.signal, this.#exchange);
      start = this.#position;
      const isStream = isEventStream(answer);
      if (this.#closed) return { cause: 'end' };
      this.#exchange = { ...this.#exchange, fault: answer.fault };
      const coding = isStream ? unreadableCoding(answer.encoding) : undefined;
      if (isStream && !coding) this.#opened();
      this.#handlers.onAnswer(answer, isStream);
      if (coding) {
        answer.body.close();
        throw new CodingError(coding, true);
      }
      const failure = await this.#read(answer, isStream);
      // What it is, its head has said: as an EventSource, it isn't asked for again.
      if (!isStream) {
        this.#learn(faultOf(failure), this.#position);
        return answer.status === 204 ? { cause: 'noContent' } : { cause: 'answer', failure };
      }
      if (failure) throw failure;
      return { cause: 'end' };
    } catch (error) {
      this.#reconnectionTime.failed();
      this.#learn(faultOf(error), start);
      const redirects = this.#redirects;
      return { cause: 'network', error: error instanceof Error ? error : new Error(String(error)), redirects };
    }
  }

  #opened(): void {
    this.#hasOpened = true;
    this.#reconnectionTime.opened();
  }

  /** What isn't valid is read the next time, to its end. @param start where its body begins; undefined: its head has failed */
  #learn(fault: string | undefined, start: number | undefined): void {
    if (fault === undefined || !isRepeatable(this.#request.method)) return;
    this.#isToBeRead = this.#exchange.fault === undefined && this.#position === start;
    this.#exchange = { ...this.#exchange, fault };
  }

  /** Resolves with why the body isn't whole; undefined: it is. */
  async #read({ body, encoding }: Exchange, isStream: boolean): Promise<Error | undefined> {
    const start = this.#position;
    let unsaid: CodingError | undefined;
    const parser = new EventStreamParser((event) => this.#handlers.onEvent(event), {
      start: this.#position,
      lastEventId: this.#lastEventId,
      maxEventSize: MAX_EVENT_SIZE,
      onRetry: (milliseconds) => this.#reconnectionTime.set(milliseconds),
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
      return unsaid ?? failure;
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
