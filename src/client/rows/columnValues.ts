import type { PathStep } from '../../analysis/protocols/json/jsonPath';
import { isNested, membersOf, sourceAt, stringAt } from '../../text/jsonMembers';
import { isJson } from '../../text/jsonSyntax';

/** Maximum length of data that is searched for values, in characters: a millisecond's work. */
const MAX_DATA = 64 * 1024;
/** Maximum length of a value, in characters. */
const MAX_VALUE = 200;

/**
 * Returns the values at JSON paths of an event's data, each on one line, as they were sent, but strings without their quotes;
 * empty for one that isn't there; `…` for all if the data is too long.
 */
export function columnValues(data: string, paths: readonly (readonly PathStep[])[]): string[] {
  if (data.length > MAX_DATA) return paths.map(() => '…');
  const isReadable = /^\s*[{[]/.test(data) && isJson(data);
  return paths.map((steps) => (isReadable ? valueText(data, steps) : ''));
}

function valueText(text: string, steps: readonly PathStep[]): string {
  let at: number | undefined = text.search(/\S/);
  for (const step of steps) {
    at = memberAt(text, at, step);
    if (at === undefined) return '';
  }
  const value = text[at] === '"' ? stringAt(text, at) : sourceAt(text, at);
  const line = value.slice(0, MAX_VALUE + 1).replace(/\s+/g, ' ');
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE)}…` : line;
}

/** Returns the offset of a member's value; of several with the same key, the last counts, as in JSON.parse. */
function memberAt(text: string, at: number, step: PathStep): number | undefined {
  if (!isNested(text, at)) return undefined;
  const { keys, values } = membersOf(text, at);
  if (text[at] === '[') return typeof step === 'number' ? values.at(step) : undefined;
  if (typeof step === 'number') return undefined;
  const key = keys.findLastIndex((place) => stringAt(text, place) === step);
  return values[key];
}
