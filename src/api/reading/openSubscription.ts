import { Subscription } from '../../client/http/subscription';
import type { ConnectOptions, SubscriptionHandlers } from '../../client/http/subscriptionOptions';
import type { StreamRequest } from '../../client/request/streamRequest';

/** A stream that a reading has opened. */
export interface OpenStream {
  /** Whether it ended in the middle of an event. */
  readonly unfinished: boolean;
  /** Closes it; no handler is called after this. May be called more than once. */
  close(): void;
}

/** Opens a stream. */
export type OpenRequest = (request: StreamRequest, options: ConnectOptions, told: SubscriptionHandlers) => OpenStream;

/** Opens a stream of which nothing is kept. */
export function openSubscription(request: StreamRequest, options: ConnectOptions, told: SubscriptionHandlers) {
  const subscription = new Subscription(request, { ...options, position: 0 }, told);
  return {
    get unfinished(): boolean {
      return subscription.unfinishedFrom !== undefined;
    },
    close: () => subscription.close(),
  };
}
