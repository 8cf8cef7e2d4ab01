import type { Json } from '../json/json';
import { wholeValue } from '../json/partialJson';
import type { ResultItem, ResultTiming, StreamResult } from '../model/result';
import type { Answer } from './answer';
import type { GrowingItem } from './growingItem';
import { rateOf, speedOf } from './speedOf';

/** Returns the answer so far as plain data, which later events don't change, except within its JSON values. */
export function resultOf(answer: Answer): StreamResult {
  const { protocol, model, stop, isComplete } = answer;
  return {
    protocol,
    items: answer.items.map(plainItem),
    usage: { ...answer.usage },
    ...(model !== undefined && { model }),
    ...(stop !== undefined && { stop }),
    complete: isComplete,
    problems: answer.problems.map((problem) => ({ ...problem })),
    timing: timingOf(answer),
  };
}

function plainItem(item: GrowingItem): ResultItem {
  const { kind, text, name, id, first, last } = item;
  const value = argumentsOf(item);
  return {
    kind,
    ...(text !== undefined && { text }),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(value !== undefined && { arguments: value }),
    events: [first, last],
  };
}

/** Returns the value, or the text so far. The same text is parsed once only. */
function argumentsOf(item: GrowingItem): Json | undefined {
  const { value, argumentText, isFree } = item;
  if (value !== undefined || argumentText === undefined || isFree) return value ?? argumentText;
  if (item.parsed?.length !== argumentText.length)
    item.parsed = { length: argumentText.length, value: wholeValue(argumentText) };
  return item.parsed.value ?? argumentText;
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
