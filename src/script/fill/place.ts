import { type JsonPointer, readPointer } from '../request/jsonPointer';
import type { Filler } from './fill';

/** A place in a line, such as `{{n}}`, by what it asks for. */
export type Place =
  | Exclude<Filler, { by: 'query' | 'body' | 'nothing' }>
  | { by: 'query'; name: string }
  | { by: 'body'; pointer: JsonPointer };

export type PlaceName = 'n' | 'now' | 'uuid' | 'random' | 'query' | 'body';

/** The names of all places. */
export const PLACE_NAMES: readonly PlaceName[] = ['n', 'now', 'uuid', 'random', 'query', 'body'];

/** Maximum length of a name in the query, in UTF-16 code units. */
const MAX_NAME = 200;

/** Error for an unknown or malformed place, with the range of the wrong part in the text between its braces. */
export class BadPlaceError extends Error {
  override readonly name = 'BadPlaceError';
  constructor(
    /** Name of the malformed place; `unknown` if there is no such place. */
    readonly place: PlaceName | 'unknown',
    /** Start of the wrong part; like `end`, in UTF-16 code units. */
    readonly start: number,
    readonly end: number,
  ) {
    super(`Bad place: ${place}`);
  }
}

/**
 * Parses a place.
 * @param text between its braces
 * @throws {BadPlaceError} when it is unknown or malformed
 */
export function readPlace(text: string): Place {
  const [, space = '', word = '', rest = ''] = /^(\s*)(\S*)(.*)$/s.exec(text) ?? [];
  const [start, end] = [space.length, space.length + word.length];
  const name = PLACE_NAMES.find((one) => one === word);
  if (name === undefined) throw new BadPlaceError('unknown', start, end);
  const place = read(name, rest.trim());
  if (place) return place;
  const from = rest.trim() === '' ? start : end + rest.length - rest.trimStart().length;
  throw new BadPlaceError(name, from, text.trimEnd().length);
}

function read(name: PlaceName, rest: string): Place | undefined {
  switch (name) {
    case 'now':
      if (rest === 'ms') return { by: 'now ms' };
      return rest === '' ? { by: name } : undefined;
    case 'random':
      return readRandom(rest);
    case 'query':
      return rest === '' || rest.length > MAX_NAME ? undefined : { by: name, name: rest };
    case 'body': {
      const pointer = readPointer(rest);
      return pointer && { by: name, pointer };
    }
    default:
      return rest === '' ? { by: name } : undefined;
  }
}

function readRandom(rest: string): Place | undefined {
  const [, least, most] = /^(-?\d{1,16})\s+(-?\d{1,16})$/.exec(rest) ?? [];
  const [minimum, maximum] = [Number(least), Number(most)];
  const isRange = [minimum, maximum, maximum - minimum].every(Number.isSafeInteger) && minimum <= maximum;
  return isRange ? { by: 'random', minimum, maximum } : undefined;
}
