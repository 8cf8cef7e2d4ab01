import { MAX_EVENT_SIZE } from '../../stream/limits';
import { newParser } from '../../stream/newParser';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamFormat, StreamParser } from '../../stream/streamParser';
import { ReadingLimit } from '../../turns/readingLimit';
import { Turns } from '../../turns/turns';
import { type StreamRequest, withLastEventId, withoutLastEventId } from '../request/streamRequest';
import { CodingError } from './coding/codingError';
import { isGzip, unreadableCoding } from './coding/decoders';
import { type End, isAskedAgain } from './end';
import { type Exchange, type ExchangeOptions, exchange, isEventStream } from './exchange';
import { formatOf } from './readAs';
import { ReconnectionTime } from './reconnectionTime';
import type { Redirect } from './redirect';
import { faultOf, isRepeatable } from './sendRequest';
import { StreamCut } from './streamCut';
import type { SubscriptionHandlers, SubscriptionOptions } from './subscriptionOptions';

/** A subscription to an event stream: reads it as an EventSource does, but with any method, headers and body. */
export class Subscription {
  readonly #request: StreamRequest;
  readonly #handlers: SubscriptionHandlers;
  readonly #controller = new AbortController();
  #reconnect: boolean;
  readonly #options: Pick<SubscriptionOptions, 'readAs' | 'isLast' | 'beforeReconnect' | 'maxTextSize'>;
  #exchange: ExchangeOptions;
  /** Redirects that the current attempt has followed. */
  #redirects: Redirect[] = [];
  #lastEventId: string;
  readonly #reconnectionTime = new ReconnectionTime();
  #hasOpened = false;
  #position: number;
  #unfinishedFrom: number | undefined;
  #parser: StreamParser | undefined;
  #stopWaiting: (() => void) | undefined;
  /** Size of the attempt's body so far, in bytes; undefined until its head has come. */
  #received: number | undefined;
  /** Whether it isn't asked for again: JSON lines have no ids to go on behind; another type without an event is no stream. */
  #isReadOnce = false;
  /** Fault of the previous response, in the words of Node's parser. */
  #previousFault: string | undefined;
  #isLenient = false;
  /**
   * Whether nothing of the response was received, because it isn't valid HTTP: it is requested again at once, and parsed
   * leniently.
   */
  #retriesLeniently = false;

  constructor(request: StreamRequest, options: SubscriptionOptions, handlers: SubscriptionHandlers) {
    const { reconnect, lastEventId, position, faultBefore, reading = new ReadingLimit(new Turns()), ...more } = options;
    [this.#options, this.#reconnect, this.#previousFault] = [options, reconnect, faultBefore];
    // A Last-Event-ID header of the request is the initial value of the id that the stream updates (WHATWG HTML §9.2.3): the
    // two must not both be sent.
    const given = withoutLastEventId(request);
    this.#request = given.request;
    this.#lastEventId = lastEventId || given.lastEventId;
    this.#position = position;
    this.#handlers = handlers;
    this.#exchange = { ...more, reading, onRedirect: (redirect) => this.#redirects.push(redirect) };
    void this.#run();
  }

  /** `Last-Event-ID` that a reconnect sends, if it can be sent; empty for none. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /**
   * Position of the unfinished event that the stream ended in, and that was discarded; undefined if it ended between
   * events.
   */
  get unfinishedFrom(): number | undefined {
    return this.#unfinishedFrom;
  }

  /** Position where the event in progress begins, with the comments before it; of the next byte if there is none. */
  get blockStart(): number {
    return this.#parser?.blockStart ?? this.#position;
  }

  /** Position of the first line of the event in progress that isn't a comment; undefined if there is none yet. */
  get fieldsStart(): number | undefined {
    return this.#parser?.fieldsStart;
  }

  /** Whether to reconnect when a stream has ended or broken; also applies to a wait in progress. */
  set reconnect(reconnect: boolean) {
    this.#reconnect = reconnect;
    if (!reconnect) this.#stopWaiting?.();
  }

  /** Reconnects at once, if the subscription waits for the reconnection time. */
  reconnectNow(): void {
    this.#stopWaiting?.();
  }

  /** Closes the request at once; no handler is called after this. Calling it twice is fine. */
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
      if (!this.#closed && this.#reconnects(end)) await this.#wait(end);
      if (this.#closed) return;
      // Reconnecting may have been turned off meanwhile.
      if (!this.#reconnects(end)) {
        this.#handlers.onEnd(end);
        return;
      }
    }
  }

  #reconnects(end: End): boolean {
    if (this.#retriesLeniently) return true;
    return this.#reconnect && !this.#isReadOnce && isAskedAgain(end, this.#hasOpened);
  }

  async #wait(end: End): Promise<void> {
    const delay = this.#retriesLeniently ? 0 : this.#reconnectionTime.delay;
    const waited = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // The handler may end the wait, or close the subscription.
    this.#handlers.onWait(end, delay);
    await waited;
    this.#stopWaiting = undefined;
    if (!this.#closed) await this.#options.beforeReconnect?.();
  }

  async #attempt(): Promise<End> {
    this.#unfinishedFrom = undefined;
    this.#redirects = [];
    [this.#retriesLeniently, this.#isReadOnce, this.#received] = [false, false, undefined];
    this.#handlers.onConnect(this.#lastEventId);
    try {
      const request = withLastEventId(this.#request, this.#lastEventId);
      const response = await exchange(request, this.#controller.signal, this.#takeOptions());
      this.#received = 0;
      if (this.#closed) return { cause: 'end' };
      const format = formatOf(response, this.#options.readAs);
      const coding = format ? unreadableCoding(response.encoding) : undefined;
      if (format && !coding) this.#opened();
      this.#handlers.onResponse(response, format);
      if (coding) {
        response.body.close();
        throw new CodingError(coding, true);
      }
      const failure = await this.#read(response, format);
      // Like an EventSource, it doesn't reconnect after a response that isn't a stream.
      if (!format) {
        this.#noteFault(faultOf(failure));
        return response.status === 204 ? { cause: 'noContent' } : { cause: 'response', failure };
      }
      if (failure) throw failure;
      return { cause: 'end' };
    } catch (error) {
      this.#reconnectionTime.failed();
      this.#noteFault(faultOf(error));
      const redirects = this.#redirects;
      return { cause: 'network', error: error instanceof Error ? error : new Error(String(error)), redirects };
    }
  }

  #opened(): void {
    this.#hasOpened = true;
    this.#reconnectionTime.opened();
  }

  /**
   * Returns the options with the fault of the previous response. It is used for one attempt only: the server may be fixed
   * by the next.
   */
  #takeOptions(): ExchangeOptions {
    const faultBefore = this.#previousFault;
    this.#previousFault = undefined;
    this.#isLenient = faultBefore !== undefined || this.#exchange.isLenient === true;
    return { ...this.#exchange, faultBefore };
  }

  /** Makes the next attempt parse the response leniently, to its end. */
  #noteFault(fault: string | undefined): void {
    if (fault === undefined || !isRepeatable(this.#request.method)) return;
    // If lenient parsing was of no use, forget the fault: there may be another server by now.
    if (this.#received === undefined || this.#isLenient) return;
    this.#previousFault = fault;
    this.#retriesLeniently = this.#received === 0;
  }

  /** Reads the body. Resolves with the reason why it is incomplete; undefined if it is complete. */
  async #read(response: Exchange, format: StreamFormat | undefined): Promise<Error | undefined> {
    const [{ body, encoding }, start] = [response, this.#position];
    let unsaid: CodingError | undefined;
    const { isLast, maxTextSize } = this.#options;
    this.#isReadOnce = format !== undefined && (format === 'lines' || !isEventStream(response));
    const onEvent = (event: IncomingEvent) => {
      this.#isReadOnce &&= format === 'lines';
      this.#handlers.onEvent(event);
    };
    const parser = newParser(format ?? 'events', onEvent, {
      start,
      lastEventId: this.#lastEventId,
      ...{ maxEventSize: MAX_EVENT_SIZE, maxTextSize },
      onRetry: (milliseconds) => this.#reconnectionTime.set(milliseconds),
      onNote: this.#handlers.onNote,
    });
    this.#parser = parser;
    const cut = format && isLast ? new StreamCut(format, isLast, start) : undefined;
    try {
      const failure = await body.read((received) => {
        if (this.#closed) return;
        const chunk = cut ? cut.upToLast(received) : received;
        this.#received = (this.#received ?? 0) + chunk.length;
        this.#handlers.onBytes(chunk);
        if (!format || unsaid) return;
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
        this.#handlers.onParsed?.(parser);
      }, this.#handlers.onReceived);
      if (!unsaid && !failure && !this.#closed) parser.end();
      if (format && !this.#closed) this.#handlers.onParsed?.(parser);
      return unsaid ?? failure;
    } finally {
      [this.#unfinishedFrom, this.#parser] = [parser.unfinishedFrom, undefined];
      const open = format && !this.#closed ? parser.openEvent() : undefined;
      if (open) this.#handlers.onOpenEvent?.(open);
    }
  }
}
