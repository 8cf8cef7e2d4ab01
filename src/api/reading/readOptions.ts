import { isSendableId } from '../../client/request/streamRequest';
import { ownOptions, shownValue } from '../options/checkedOption';
import type { ReadOptions, RecordOptions } from './streamEvent';

/** Maximum time of a timer of Node's, in milliseconds. */
const MAX_TIME = 2 ** 31 - 1;

/**
 * Returns the options of a reading, checked.
 * @throws {RangeError} that names the option and its range @throws {TypeError} if one is of a wrong kind
 */
export function checkedReadOptions<Options extends ReadOptions>(options: Options): Options {
  const own = ownOptions(options);
  const { count, timeout, event, lastEventId = '', readAs = 'events' } = own;
  if (count !== undefined && !(Number.isSafeInteger(count) && count > 0))
    throw new RangeError(`count takes a whole number from 1, not ${shownValue(count)}.`);
  checkTime('timeout', timeout);
  if (readAs !== 'events' && readAs !== 'lines') throw new RangeError('readAs takes events or lines.');
  // No event would be of such a type, and the reading would wait for ever.
  if (event !== undefined && typeof event !== 'string')
    throw new TypeError(`event takes a string, not ${shownValue(event)}.`);
  // An event without an id has null there. Anything that isn't a string would fail in the middle of the request.
  if (typeof lastEventId !== 'string')
    throw new TypeError(`lastEventId takes a string, not ${shownValue(lastEventId)}.`);
  if (!isSendableId(lastEventId))
    throw new RangeError('lastEventId is larger than 8,000 bytes, or has a character that headers can’t carry.');
  return own;
}

/** Returns the options of a recording, checked. Throws the same. */
export function checkedRecordOptions(options: RecordOptions): RecordOptions {
  const own = checkedReadOptions(options);
  checkTime('duration', own.duration);
  return own;
}

function checkTime(name: string, time: number | undefined): void {
  // Written so that NaN is refused.
  if (time !== undefined && !(typeof time === 'number' && time > 0 && time <= MAX_TIME))
    throw new RangeError(`${name} takes milliseconds above 0, up to ${MAX_TIME} (24 days), not ${shownValue(time)}.`);
}
