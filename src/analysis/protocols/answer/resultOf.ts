import { ownText } from '../../../text/ownText';
import type { Json } from '../json/json';
import type { ResultItem, ResultTiming, StreamResult } from '../model/result';
import type { Answer } from './answer';
import type { GrowingItem } from './growingItem';
import { rateOf, speedOf } from './speedOf';

/**
 * Returns the answer so far as plain data, which later events don't change, except within its JSON values.
 * @param most maximum number of its items, the first ones @param longest as of `ResultReader.results`
 */
export function resultOf(answer: Answer, most: number, longest: number): StreamResult {
  const { protocol, model, stop, isComplete } = answer;
  return {
    protocol,
    items: answer.items.slice(0, most).map((item) => plainItem(answer, item, longest)),
    usage: { ...answer.usage },
    ...(model !== undefined && { model }),
    ...(stop !== undefined && { stop }),
    complete: isComplete,
    problems: answer.problems.map((problem) => ({ ...problem })),
    timing: timingOf(answer),
  };
}

function plainItem(answer: Answer, item: GrowingItem, longest: number): ResultItem {
  const { kind, name, id, first, last } = item;
  const text = startOf(item, 'text', longest);
  const value = argumentsOf(answer, item, longest);
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
function argumentsOf(answer: Answer, item: GrowingItem, longest: number): Json | undefined {
  const { value, argumentText, isFree } = item;
  const whole = value !== undefined || argumentText === undefined || isFree ? value : answer.wholeArguments(item);
  return whole ?? startOf(item, 'argumentText', longest);
}

/** Returns a text, or the beginning of one that is longer. */
function startOf(item: GrowingItem, which: 'text' | 'argumentText', longest: number): string | undefined {
  const text = item[which];
  if (text === undefined || text.length <= longest) return text;
  const known = item.starts[which];
  const start = known?.length === longest ? known : ownText(text, longest);
  item.starts[which] = start;
  return start;
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
