import type { ReadOptions } from '../api/reading/streamEvent';
import { isSendableId } from '../client/request/streamRequest';
import type { Arguments, Range } from './process/arguments';
import { UsageError } from './process/failure';

/** Number of events. */
const COUNT: Range = { minimum: 1, maximum: 1_000_000_000 };
/** Time, in seconds: a timer of Node's takes up to 24 days. */
const SECONDS: Range = { minimum: 0.001, maximum: 2_000_000 };

/** Options of a reading and of a recording. */
export const READING_OPTIONS = {
  'last-event-id': { type: 'string' },
  'count': { type: 'string' },
  'reconnect': { type: 'boolean' },
  'as': { type: 'string' },
} as const;

/** Returns these options as the API takes them. @throws {UsageError} */
export function readingOptions(given: Arguments): Pick<ReadOptions, 'count' | 'reconnect' | 'lastEventId' | 'readAs'> {
  const lastEventId = given.text('last-event-id');
  if (lastEventId !== undefined && !isSendableId(lastEventId))
    throw new UsageError('--last-event-id is larger than 8,000 bytes, or has a character that headers can’t carry.');
  const [count, reconnect] = [given.wholeNumber('count', COUNT), given.has('reconnect')];
  return { count, reconnect, lastEventId, readAs: format(given) };
}

function format(given: Arguments): ReadOptions['readAs'] {
  const format = given.text('as');
  if (format === undefined || format === 'events' || format === 'lines') return format;
  throw new UsageError('--as takes events or lines.');
}

/** Returns an option in seconds as milliseconds; undefined if it wasn't given. @throws {UsageError} */
export function milliseconds(given: Arguments, name: string): number | undefined {
  const time = given.number(name, SECONDS, 'seconds');
  return time === undefined ? undefined : time * 1000;
}
