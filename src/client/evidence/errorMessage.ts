import { type Maybe, memberOf, objectIn, textIn } from '../../analysis/protocols/json/json';
import { parseJson } from '../../analysis/protocols/json/parseJson';
import type { IncomingEvent } from '../../stream/parse';

/** Maximum length of data that is parsed, and of a message, in UTF-16 code units. */
const [MAX_PARSED, MAX_MESSAGE] = [16 * 1024, 200];

/** Returns the message of an event that says that something failed, by its type or its JSON; undefined if it doesn't. */
export function errorMessage({ event, data }: Pick<IncomingEvent, 'event' | 'data'>): string | undefined {
  const isNamed = event === 'error';
  if (!isNamed && !(data.startsWith('{') && data.includes('"error"'))) return undefined;
  const value = data.length > MAX_PARSED ? undefined : objectIn(parseJson(data));
  const error = memberOf(value, 'error');
  const failed = isNamed || memberOf(value, 'type') === 'error' || isFailure(error);
  return failed ? (messageIn(error) ?? messageIn(value) ?? data).slice(0, MAX_MESSAGE) : undefined;
}

/** Whether the value of an `error` key tells of one: many send `null`, `false` or an empty one with each event. */
function isFailure(error: Maybe): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0;
  return error === true || (typeof error === 'string' && error !== '');
}

function messageIn(value: Maybe): string | undefined {
  return textIn(value) ?? textIn(memberOf(value, 'message') ?? memberOf(value, 'detail'));
}
