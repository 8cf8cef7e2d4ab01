import type { Json } from '../json/json';
import type { ResultItem, ResultTiming, StreamResult } from '../model/result';
import type { Answer } from './answer';
import type { GrowingItem } from './growingItem';
import { rateOf, speedOf } from './speedOf';

/**
 * Returns the answer so far as plain data, which later events don't change, except within its JSON values.
 * @param most maximum number of its items, the first ones
 */
export function resultOf(answer: Answer, most: number): StreamResult {
  const { protocol, model, stop, isComplete } = answer;
  return {
    protocol,
    items: answer.items.slice(0, most).map((item) => plainItem(answer, item)),
    usage: { ...answer.usage },
    ...(model !== undefined && { model }),
    ...(stop !== undefined && { stop }),
    complete: isComplete,
    problems: answer.problems.map((problem) => ({ ...problem })),
    timing: timingOf(answer),
  };
}

function plainItem(answer: Answer, item: GrowingItem): ResultItem {
  const { kind, text, name, id, first, last } = item;
  const value = argumentsOf(answer, item);
  return {
    kind,
    ...(text !== undefined && { text }),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(value !== undefined && { arguments: value }),
    events: [first, last],
  };
}

/** Returns the value, or the text so far. */
function argumentsOf(answer: Answer, item: GrowingItem): Json | undefined {
  const { value, argumentText, isFree } = item;
  if (value !== undefined || argumentText === undefined || isFree) return value ?? argumentText;
  return answer.wholeArguments(item) ?? argumentText;
}

function timingOf(answer: Answer): ResultTiming {
  const { first, last, events, firstText } = answer.times;
  const duration = Math.max(0, last - first);
  return {
    firstEventAfter: first,
    ...(firstText !== undefined && { firstTextAfter: firstText }),
    duration,
    eventsPerSecond: rateOf(events, duration),
    ...speedOf(answer),
  };
}
