import type { SubscriptionHandlers } from './subscriptionOptions';

/** Returns handlers that call the first ones, and then the second ones. @param second undefined for none */
export function handlersInTurn(first: SubscriptionHandlers, second?: SubscriptionHandlers): SubscriptionHandlers {
  if (!second) return first;
  const inTurn =
    <Given extends unknown[]>(one: (...given: Given) => void, other: (...given: Given) => void) =>
    (...given: Given) => {
      one(...given);
      other(...given);
    };
  return {
    onConnect: inTurn(first.onConnect, second.onConnect),
    onResponse: inTurn(first.onResponse, second.onResponse),
    onBytes: inTurn(first.onBytes, second.onBytes),
    onEvent: inTurn(first.onEvent, second.onEvent),
    onLastEventId: inTurn(first.onLastEventId, second.onLastEventId),
    onWait: inTurn(first.onWait, second.onWait),
    onEnd: inTurn(first.onEnd, second.onEnd),
  };
}
