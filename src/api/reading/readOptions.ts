import { isSendableId } from '../../client/request/streamRequest';
import type { ReadOptions, RecordOptions } from './streamEvent';

/** Maximum time of a timer of Node's, in milliseconds. */
const MAX_TIME = 2 ** 31 - 1;

/** Checks the options of a reading. @throws {RangeError} that names the option and its range @throws {TypeError} if `lastEventId` is no string */
export function checkReadOptions({ count, timeout, lastEventId = '', readAs = 'events' }: ReadOptions): void {
  if (count !== undefined && !(Number.isSafeInteger(count) && count > 0))
    throw new RangeError(`count takes a whole number from 1, not ${count}.`);
  checkTime('timeout', timeout);
  if (readAs !== 'events' && readAs !== 'lines') throw new RangeError('readAs takes events or lines.');
  // An event without an id has null there. Anything that isn't a string would fail in the middle of the request.
  if (typeof lastEventId !== 'string') throw new TypeError(`lastEventId takes a string, not ${kindOf(lastEventId)}.`);
  if (!isSendableId(lastEventId))
    throw new RangeError('lastEventId is larger than 8,000 bytes, or has a character that headers can’t carry.');
}

/** Checks the options of a recording. Throws the same. */
export function checkRecordOptions(options: RecordOptions): void {
  checkReadOptions(options);
  checkTime('duration', options.duration);
}

function checkTime(name: string, time: number | undefined): void {
  // Written so that NaN is refused.
  if (time !== undefined && !(typeof time === 'number' && time > 0 && time <= MAX_TIME))
    throw new RangeError(`${name} takes milliseconds above 0, up to ${MAX_TIME} (24 days), not ${time}.`);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
