import { membersOf, sourceAt } from '../../text/jsonMembers';
import { isJson } from '../../text/jsonSyntax';

/** Maximum length of data that is searched for an error, in characters. */
const MAX_DATA = 8 * 1024;
/** Values of a member `error` that report none. */
const NONE = /^(?:null|false|0|""|\{\s*\}|\[\s*\])$/;

/**
 * Whether an event of no known protocol reports an error: by its type, or by the member `error` of its data.
 * @param type of the event
 */
export function isErrorEvent(type: string, data: string): boolean {
  if (type.toLowerCase() === 'error') return true;
  if (!data.includes('"error"') || data.length > MAX_DATA || !/^\s*\{/.test(data) || !isJson(data)) return false;
  const { keys, values } = membersOf(data, data.search(/\S/));
  const at = values[keys.findLastIndex((key) => data.startsWith('"error"', key))];
  return at !== undefined && !NONE.test(sourceAt(data, at));
}
