import type { IncomingEvent } from '../../stream/parse';
import type { End } from './end';
import type { Exchange, ExchangeOptions } from './exchange';

export interface SubscriptionOptions extends Pick<ExchangeOptions, 'secret' | 'approved' | 'reading' | 'isLenient'> {
  /** Node's parser's words for a fault of the answer before, of which the first answer is told. Default: nothing is known. */
  faultBefore?: string | undefined;
  /** Reads any answer that is a success as a stream. Default: only those that an EventSource reads. */
  anyType?: boolean | undefined;
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
  onResponse(response: Exchange, isEventStream: boolean): void;
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

/** As a panel gives them: the position it knows itself. */
export type ConnectOptions = Omit<SubscriptionOptions, 'position'>;
