import type { SubscriptionHandlers } from './subscriptionOptions';

/** Returns handlers that call the first ones, and then the second ones. @param second undefined for none */
export function handlersInTurn(first: SubscriptionHandlers, second?: SubscriptionHandlers): SubscriptionHandlers {
  if (!second) return first;
  return {
    onConnect: inTurn(first.onConnect, second.onConnect),
    onResponse: inTurn(first.onResponse, second.onResponse),
    onBytes: inTurn(first.onBytes, second.onBytes),
    onEvent: inTurn(first.onEvent, second.onEvent),
    onLastEventId: inTurn(first.onLastEventId, second.onLastEventId),
    onWait: inTurn(first.onWait, second.onWait),
    // Only those who look for evidence want these.
    onReceived: eitherInTurn(first.onReceived, second.onReceived),
    onNote: eitherInTurn(first.onNote, second.onNote),
    onOpenEvent: eitherInTurn(first.onOpenEvent, second.onOpenEvent),
    onParsed: eitherInTurn(first.onParsed, second.onParsed),
    onEnd: inTurn(first.onEnd, second.onEnd),
  };
}

function inTurn<Given extends unknown[]>(one: (...given: Given) => void, other: (...given: Given) => void) {
  return (...given: Given) => {
    one(...given);
    other(...given);
  };
}

function eitherInTurn<Given>(one?: (given: Given) => void, other?: (given: Given) => void) {
  return one && other ? inTurn(one, other) : (one ?? other);
}
