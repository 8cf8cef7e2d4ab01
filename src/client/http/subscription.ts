import { MAX_EVENT_SIZE } from '../../stream/limits';
import { EventStreamParser, type IncomingEvent } from '../../stream/parse';
import { ReadingLimit } from '../../turns/readingLimit';
import { Turns } from '../../turns/turns';
import { type StreamRequest, withLastEventId, withoutLastEventId } from '../request/streamRequest';
import { CodingError } from './coding/codingError';
import { isGzip, unreadableCoding } from './coding/decoders';
import { type End, isAskedAgain } from './end';
import {
  type Exchange,
  type ExchangeOptions,
  exchange,
  faultOf,
  isEventStream,
  isRepeatable,
  isSuccess,
} from './exchange';
import { ReconnectionTime } from './reconnectionTime';
import type { Redirect } from './redirect';
import type { SubscriptionHandlers, SubscriptionOptions } from './subscriptionOptions';

/** Reads an event stream as an EventSource does, over reconnects; but with any method, headers and body. */
export class Subscription {
  readonly #request: StreamRequest;
  readonly #handlers: SubscriptionHandlers;
  readonly #controller = new AbortController();
  #reconnect: boolean;
  readonly #anyType: boolean;
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
  /** Size of the attempt's body so far, in bytes; undefined: its head hasn't come. */
  #received: number | undefined;
  /** Whether the answer is of another type, and has had no event: it is no stream after all. */
  #isBarren = false;
  /** Fault of the answer before, as Node's parser says. */
  #learned: string | undefined;
  #isLenient = false;
  /** Whether nothing has come of the response, since it wasn't valid HTTP: asked for once more at once, it is read all the same. */
  #isToBeRead = false;

  constructor(request: StreamRequest, options: SubscriptionOptions, handlers: SubscriptionHandlers) {
    const {
      reconnect,
      lastEventId,
      position,
      anyType = false,
      faultBefore,
      reading = new ReadingLimit(new Turns()),
      ...more
    } = options;
    [this.#reconnect, this.#anyType, this.#learned] = [reconnect, anyType, faultBefore];
    // A header is the first value of what the stream moves on (WHATWG HTML §9.2.3): it isn't sent beside it.
    const given = withoutLastEventId(request);
    this.#request = given.request;
    this.#lastEventId = lastEventId || given.lastEventId;
    this.#position = position;
    this.#handlers = handlers;
    this.#exchange = { ...more, reading, onRedirect: (redirect) => this.#redirects.push(redirect) };
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

  /** Whether a stream that ends or breaks from here on, or has and is waited for, is asked for again. */
  set reconnect(reconnect: boolean) {
    this.#reconnect = reconnect;
    if (!reconnect) this.#stopWaiting?.();
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
      if (!this.#closed && this.#goesOn(end)) await this.#wait(end);
      if (this.#closed) return;
      // Meanwhile it may have been told not to.
      if (!this.#goesOn(end)) {
        this.#handlers.onEnd(end);
        return;
      }
    }
  }

  #goesOn(end: End): boolean {
    if (this.#isToBeRead) return true;
    return this.#reconnect && !this.#isBarren && isAskedAgain(end, this.#hasOpened);
  }

  async #wait(end: End): Promise<void> {
    const delay = this.#isToBeRead ? 0 : this.#reconnectionTime.delay;
    const waited = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // It may be told at once not to wait, or be closed.
    this.#handlers.onWait(end, delay);
    await waited;
    this.#stopWaiting = undefined;
  }

  async #attempt(): Promise<End> {
    this.#unfinishedFrom = undefined;
    this.#redirects = [];
    [this.#isToBeRead, this.#isBarren, this.#received] = [false, false, undefined];
    this.#handlers.onConnect(this.#lastEventId);
    try {
      const request = withLastEventId(this.#request, this.#lastEventId);
      const response = await exchange(request, this.#controller.signal, this.#takeOptions());
      this.#received = 0;
      const isStream = isEventStream(response) || (this.#anyType && isSuccess(response));
      if (this.#closed) return { cause: 'end' };
      const coding = isStream ? unreadableCoding(response.encoding) : undefined;
      if (isStream && !coding) this.#opened();
      this.#handlers.onResponse(response, isStream);
      if (coding) {
        response.body.close();
        throw new CodingError(coding, true);
      }
      const failure = await this.#read(response, isStream);
      // Its head has said what it is: as by an EventSource, it isn't asked for again.
      if (!isStream) {
        this.#learn(faultOf(failure));
        return response.status === 204 ? { cause: 'noContent' } : { cause: 'response', failure };
      }
      if (failure) throw failure;
      return { cause: 'end' };
    } catch (error) {
      this.#reconnectionTime.failed();
      this.#learn(faultOf(error));
      const redirects = this.#redirects;
      return { cause: 'network', error: error instanceof Error ? error : new Error(String(error)), redirects };
    }
  }

  #opened(): void {
    this.#hasOpened = true;
    this.#reconnectionTime.opened();
  }

  /** Takes what was learned of the answer before: for the next one, it goes no more. The server may have been mended by then. */
  #takeOptions(): ExchangeOptions {
    const faultBefore = this.#learned;
    this.#learned = undefined;
    this.#isLenient = faultBefore !== undefined || this.#exchange.isLenient === true;
    return { ...this.#exchange, faultBefore };
  }

  /** Has the next answer read to its end, whatever isn't valid in it. */
  #learn(fault: string | undefined): void {
    if (fault === undefined || !isRepeatable(this.#request.method)) return;
    // Where reading leniently was of no use, another server may be there by now.
    if (this.#received === undefined || this.#isLenient) return;
    this.#learned = fault;
    this.#isToBeRead = this.#received === 0;
  }

  /** Resolves with why the body isn't whole; undefined: it is. */
  async #read(response: Exchange, isStream: boolean): Promise<Error | undefined> {
    const { body, encoding } = response;
    const start = this.#position;
    let unsaid: CodingError | undefined;
    this.#isBarren = isStream && !isEventStream(response);
    const onEvent = (event: IncomingEvent) => {
      this.#isBarren = false;
      this.#handlers.onEvent(event);
    };
    const parser = new EventStreamParser(onEvent, {
      start: this.#position,
      lastEventId: this.#lastEventId,
      maxEventSize: MAX_EVENT_SIZE,
      onRetry: (milliseconds) => this.#reconnectionTime.set(milliseconds),
    });
    this.#parser = parser;
    try {
      const failure = await body.read((chunk) => {
        if (this.#closed) return;
        this.#received = (this.#received ?? 0) + chunk.length;
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
}
