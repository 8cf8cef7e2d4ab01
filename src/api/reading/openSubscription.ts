import { Subscription } from '../../client/http/subscription';
import type { ConnectOptions, SubscriptionHandlers } from '../../client/http/subscriptionOptions';
import type { StreamRequest } from '../../client/request/streamRequest';

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
