import type { IncomingEvent } from '../../stream/parse';
import type { StreamNote, StreamProgress } from '../../stream/streamNote';
import type { StreamFormat } from '../../stream/streamParser';
import type { End } from './end';
import type { Exchange, ExchangeOptions } from './exchange';
import type { ReadAs } from './readAs';

export interface SubscriptionOptions
  extends Pick<ExchangeOptions, 'secret' | 'approved' | 'reading' | 'isLenient' | 'proxyFor'> {
  /** Fault of the previous response, in the words of Node's parser; used for the first attempt. Default: none. */
  faultBefore?: string | undefined;
  /** How any successful response is read. Default: an event stream and JSON lines by their types, all else as text. */
  readAs?: ReadAs | undefined;
  /** Whether to reconnect when the stream has ended or broken. */
  reconnect: boolean;
  /** `Last-Event-ID` of the first request; empty for none. */
  lastEventId: string;
  /** Position of the first byte that will come. */
  position: number;
  /** Maximum size of an event's data that are decoded, in bytes: see `IncomingEvent.isCut`. Default: no limit. */
  maxTextSize?: number | undefined;
  /**
   * Whether an event is the last one that is wanted: nothing that follows it is passed on. Called once for each event, in
   * order, before its bytes are passed on; the handler of the event is to close the subscription. Default: none is.
   */
  isLast?: ((event: IncomingEvent) => boolean) | undefined;
  /** Awaited before each reconnect, so that one can be put off while too much waits to be processed. Default: nothing is. */
  beforeReconnect?: (() => Promise<void>) | undefined;
}

export interface SubscriptionHandlers {
  /** Called when a request is sent, whether the first or a later one. */
  onConnect(lastEventId: string): void;
  /** Called when the head of a response has come. @param format that it is read in; undefined if it is no stream */
  onResponse(response: Exchange, format: StreamFormat | undefined): void;
  /** Called with the next bytes of the response; those of a stream before the events that they complete. */
  onBytes(chunk: Uint8Array): void;
  onEvent(event: IncomingEvent): void;
  /**
   * Called with the event that a connection's stream ended in the middle of, which clients discard, before the end or the
   * wait is told. Default: not called.
   */
  onOpenEvent?: ((event: IncomingEvent) => void) | undefined;
  /**
   * Called when the id that a reconnect sends has changed, even by a block without data, which makes no event (WHATWG HTML
   * §9.2.6).
   */
  onLastEventId(lastEventId: string): void;
  /** Called when the subscription waits for a reconnect, with the delay in milliseconds. */
  onWait(end: End, delay: number): void;
  /** Called with the next bytes as they were received, before any content coding is undone. Default: not called. */
  onReceived?: ((chunk: Uint8Array) => void) | undefined;
  /** Called for each line and block of the stream that makes no event. Default: not called. */
  onNote?: ((note: StreamNote) => void) | undefined;
  /** Called when all that has come of a stream was parsed. Default: not called. */
  onParsed?: ((progress: StreamProgress) => void) | undefined;
  /** Called when the subscription has ended for good. Not called after `close`. */
  onEnd(end: End): void;
}

/** The options that a panel gives; the inspection knows the position itself. */
export type ConnectOptions = Omit<SubscriptionOptions, 'position'>;
