import type { End } from '../../client/http/end';
import type { Exchange } from '../../client/http/exchange';
import { environmentProxy } from '../../client/http/proxy/environmentProxy';
import type { SubscriptionHandlers } from '../../client/http/subscriptionOptions';
import { OtherBody } from '../../client/otherBody';
import { isSendableId, withoutLastEventId } from '../../client/request/streamRequest';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamFormat } from '../../stream/streamParser';
import { endCauseOf } from './endCause';
import { attemptSentence, type ReadingState } from './endSentence';
import { type OpenRequest, type OpenStream, openSubscription } from './openSubscription';
import { Pause } from './pause';
import { ReadingFigures } from './readingFigures';
import type { ReadyRequest } from './readyRequest';
import { failureOf, type StreamError } from './streamError';
import {
  type EndCause,
  eventOf,
  type ReadOptions,
  type Reconnect,
  type StreamEnd,
  type StreamEvent,
} from './streamEvent';

/** Options of a reading. */
export type ReaderOptions = Pick<ReadOptions, 'count' | 'timeout' | 'reconnect' | 'lastEventId' | 'event' | 'readAs'>;

/** Head of a response that is an event stream. */
export type StreamHead = Pick<Exchange, 'contentType' | 'headers'>;

/** Handlers of a reading; none is called after it is over. The reading ends with an error that one of them throws. */
export interface ReaderHandlers {
  /** Called with the next bytes of the stream; up to the last event's end, if `count` is set. */
  onBytes?: ((chunk: Uint8Array) => void) | undefined;
  /** Called with each event of the wanted type, after the bytes that complete it. */
  onEvent?: ((event: StreamEvent) => void) | undefined;
  /** Called at the end with the event of the wanted type that the stream ended in the middle of, which clients discard. */
  onOpenEvent?: ((event: StreamEvent) => void) | undefined;
  onReconnect?: ((reconnect: Reconnect) => void) | undefined;
  /** Called with the head of each response that is an event stream, before its events. */
  onHead?: ((head: StreamHead) => void) | undefined;
}

/** The outcome of a reading. */
export interface ReadingOutcome {
  end: StreamEnd;
  /** Sentence that says why it ended, without secrets; empty if the caller ended it. */
  sentence: string;
  /** Error of a reading that failed; undefined if it is complete, or the caller ended it. */
  error: Error | undefined;
}

/** Reads a stream once, or again and again as an EventSource does, until it has what is wanted. */
export class StreamReader {
  /** Promise of the outcome; never rejects. */
  readonly done: Promise<ReadingOutcome>;
  readonly #request: ReadyRequest;
  readonly #options: ReaderOptions;
  readonly #handlers: ReaderHandlers;
  readonly #figures = new ReadingFigures();
  readonly #pause = new Pause();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #stream: OpenStream;
  #resolve: (outcome: ReadingOutcome) => void = () => {};
  #isOver = false;
  #response: Exchange | undefined;
  #format: StreamFormat | undefined;
  #lastEventId: string;
  /** Body that is looked at, and whether it is JSON lines. */
  #other: OtherBody | undefined;
  #areLines = false;
  /** Event that the last attempt has ended in. */
  #open: IncomingEvent | undefined;
  /** Number of wanted events that were read ahead. */
  #ahead = 0;
  /** Why the last attempt is over, while it waits for the next. */
  #waitsAfter: string | undefined;

  /** @param open makes the requests. Default: a subscription */
  constructor(
    request: ReadyRequest,
    options: ReaderOptions = {},
    handlers: ReaderHandlers = {},
    open: OpenRequest = openSubscription,
  ) {
    [this.#request, this.#options, this.#handlers] = [request, options, handlers];
    const { timeout, reconnect = false, lastEventId = '' } = options;
    this.#lastEventId = lastEventId || withoutLastEventId(request.plain).lastEventId;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    if (timeout !== undefined) this.#timer = setTimeout(() => this.#finish('timeout'), timeout);
    const how = {
      reconnect,
      lastEventId,
      readAs: options.readAs,
      secret: request.secret,
      proxyFor: environmentProxy,
      isLast: options.count === undefined ? undefined : (event: IncomingEvent) => this.#isLast(event),
      beforeReconnect: () => this.#pause.over,
    };
    this.#stream = open(request.plain, how, this.#told());
  }

  /** Number of events that were given, and of bytes of the stream. */
  get progress(): { events: number; bytes: number } {
    const { events, bytes } = this.#figures;
    return { events, bytes };
  }

  /** Whether the head of the last request's response has come. */
  get isAnswered(): boolean {
    return this.#figures.isAnswered;
  }

  /** Holds the stream back: the server waits, and there is no reconnect. At most a few chunks more are read. */
  pause(): void {
    if (!this.#isOver) this.#pause.begin(this.#response?.body);
  }

  resume(): void {
    this.#pause.end();
  }

  /** Ends the reading at once, as its caller wants it to. May be called more than once. */
  stop(cause: 'signal' | 'duration' = 'signal'): void {
    this.#finish(cause);
  }

  #told(): SubscriptionHandlers {
    return {
      onConnect: () => {
        [this.#response, this.#waitsAfter, this.#open] = [undefined, undefined, undefined];
        this.#figures.connecting();
      },
      onResponse: (response, format) => this.#answered(response, format),
      onBytes: (chunk) => {
        if (this.#other) return this.#other.feed(chunk);
        this.#figures.bytes += chunk.length;
        this.#tell(() => this.#handlers.onBytes?.(chunk));
      },
      onEvent: (event) => this.#take(event),
      onOpenEvent: (event) => {
        this.#open = event;
      },
      onLastEventId: (lastEventId) => {
        this.#lastEventId = lastEventId;
      },
      onWait: (end, delay) => this.#wait(end, delay),
      onEnd: (end) => (this.#other ? this.#other.end() : this.#end(end)),
    };
  }

  #answered(response: Exchange, format: StreamFormat | undefined): void {
    [this.#response, this.#format] = [response, format];
    this.#figures.answered(response.status);
    // The body of another type may be JSON lines; any other says no more, and may never end.
    const over: End = response.status === 204 ? { cause: 'noContent' } : { cause: 'response' };
    if (!format && response.status === 200) this.#look(over);
    else if (!format) this.#end(over);
    else {
      this.#pause.applyTo(response.body);
      this.#tell(() => this.#handlers.onHead?.(response));
    }
  }

  #look(over: End): void {
    this.#other = new OtherBody((areLines) => {
      this.#areLines = areLines;
      this.#end(over);
    });
  }

  #isWanted({ event }: IncomingEvent): boolean {
    return this.#options.event === undefined || event === this.#options.event;
  }

  #isLast(event: IncomingEvent): boolean {
    if (this.#isWanted(event)) this.#ahead += 1;
    return this.#ahead === this.#options.count;
  }

  #take(incoming: IncomingEvent): void {
    if (this.#isOver || !this.#isWanted(incoming)) return;
    this.#figures.event();
    this.#tell(() => this.#handlers.onEvent?.(eventOf(incoming)));
    if (this.#figures.events === this.#options.count) this.#finish('count');
  }

  #wait(end: End, delay: number): void {
    // Without a wait, it still counts as the same attempt.
    if (delay === 0) return;
    this.#figures.reconnects += 1;
    const reason = this.#reasonOf(end);
    this.#waitsAfter = reason;
    const lastEventId = isSendableId(this.#lastEventId) ? this.#lastEventId : '';
    this.#tell(() => this.#handlers.onReconnect?.({ number: this.#figures.reconnects, delay, reason, lastEventId }));
  }

  #end(end: End): void {
    const open = this.#open;
    if (open && this.#isWanted(open)) this.#tell(() => this.#handlers.onOpenEvent?.(eventOf(open)));
    const status = this.#figures.isAnswered ? this.#figures.status : null;
    this.#finish(endCauseOf(end, status), this.#reasonOf(end));
  }

  #reasonOf(end: End): string {
    return attemptSentence(this.#request, { end, response: this.#response, unfinished: this.#stream.unfinished });
  }

  /** Calls a handler of the caller's; an error in it ends the reading. */
  #tell(call: () => void): void {
    if (this.#isOver) return;
    try {
      call();
    } catch (error) {
      this.#finish('signal', '', error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** @param reason why the last attempt is over @param error of the caller's own */
  #finish(cause: EndCause, reason = '', error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const end = this.#figures.end(cause);
    this.#stream.close();
    this.#other?.close();
    this.#pause.end();
    const failed = error ?? this.#failure(end, reason);
    this.#resolve({ end, sentence: failed && !error ? failed.message : reason, error: failed });
  }

  #failure(end: StreamEnd, reason: string): StreamError | undefined {
    const { count, timeout, reconnect = false } = this.#options;
    const { events } = end;
    const extent = { events, count, reconnect, isLines: this.#format === 'lines', looksLikeLines: this.#areLines };
    return failureOf(end, { reason, extent, timeout, state: this.#state });
  }

  get #state(): ReadingState {
    if (this.#waitsAfter !== undefined) return { reason: this.#waitsAfter };
    return this.#figures.isAnswered ? 'open' : 'silent';
  }
}
