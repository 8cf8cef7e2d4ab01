import type { PathStep } from '../../analysis/protocols/json/jsonPath';
import { isNested, membersOf, sourceAt, stringAt } from '../../text/jsonMembers';
import { isJson } from '../../text/jsonSyntax';

/** Maximum length of data that is searched for values, in characters: a millisecond's work. */
export const MAX_DATA = 64 * 1024;
/** Maximum length of a value, in characters. */
const MAX_VALUE = 200;
/** Maximum length of all that is read to follow an event's paths, in characters: each step of a deep one reads the rest again. */
const MAX_READ = 512 * 1024;

/** Part of a text: a value, and perhaps what is between it and the next. */
type Span = [from: number, to: number];

/** Room for what is read, in characters. */
interface Room {
  left: number;
}

/**
 * Returns the values at JSON paths of an event's data, each on one line, as they were sent, but strings without their quotes;
 * empty for one that isn't there; `…` for all if the data is too long, and for one that would take long to find.
 */
export function columnValues(data: string, paths: readonly (readonly PathStep[])[]): string[] {
  if (data.length > MAX_DATA) return paths.map(() => '…');
  const isReadable = /^\s*[{[]/.test(data) && isJson(data);
  const room = { left: MAX_READ };
  return paths.map((steps) => (isReadable ? valueText(data, steps, room) : ''));
}

function valueText(text: string, steps: readonly PathStep[], room: Room): string {
  let span: Span | undefined = [text.search(/\S/), text.length];
  for (const step of steps) {
    room.left -= span[1] - span[0];
    if (room.left < 0) return '…';
    span = memberAt(text, span, step);
    if (span === undefined) return '';
  }
  const [at] = span;
  const value = text[at] === '"' ? stringAt(text, at) : sourceAt(text, at);
  const line = value.slice(0, MAX_VALUE + 1).replace(/\s+/g, ' ');
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE)}…` : line;
}

/** Returns the place of a member's value; of several with the same key, the last counts, as in JSON.parse. */
function memberAt(text: string, [at, end]: Span, step: PathStep): Span | undefined {
  if (!isNested(text, at)) return undefined;
  const { keys, values } = membersOf(text, at);
  const isArray = text[at] === '[';
  if (isArray !== (typeof step === 'number')) return undefined;
  const index = typeof step === 'number' ? (step < 0 ? values.length + step : step) : indexOfKey(text, keys, step);
  const value = values[index];
  return value === undefined ? undefined : [value, keys[index + 1] ?? values[index + 1] ?? end];
}

function indexOfKey(text: string, keys: readonly number[], name: string): number {
  return keys.findLastIndex((place) => stringAt(text, place) === name);
}
