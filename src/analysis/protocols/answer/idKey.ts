import { mapKey } from '../../../text/numericStrings';
import { ownText } from '../../../text/ownText';
import { MAX_NAME } from '../model/limits';

/**
 * Returns a key for a Map by an id from outside: of its first 1,000 characters, as a stream may have thousands of ids of
 * megabytes each.
 */
export function idKey(id: string): string {
  return mapKey(id.length > MAX_NAME ? ownText(id, MAX_NAME) : id);
}
