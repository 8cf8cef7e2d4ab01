import { patternSource } from '../../text/patternSource';
import { compileExpression } from './filter/expression';
import type { History, RecordedEvent } from './history';

/** Maximum size of an event's block that is searched for text, in bytes. */
const MAX_SEARCHED = 64 * 1024;

/**
 * Returns a pattern, ignoring case, for a text.
 * @param isRegExp whether the text is a regular expression rather than plain text
 * @throws {SyntaxError} if the regular expression is invalid @throws {ExpressionError} if it could take long to compile
 */
export function textPattern(text: string, isRegExp: boolean): RegExp {
  return isRegExp ? compileExpression(text) : new RegExp(patternSource(text), 'i');
}

/** Whether the pattern is found in data, type or id of an event, as far as they are searched. */
export function isInEvent(history: History, event: RecordedEvent, pattern: RegExp): boolean {
  return (
    // Most events have the default type: a search for "age" shouldn't match all of them.
    (event.event !== 'message' && pattern.test(event.event)) ||
    pattern.test(event.id ?? '') ||
    pattern.test(history.data(event, MAX_SEARCHED))
  );
}
