import type { Json } from '../json/json';
import type { ItemKind } from '../model/result';

/** An item while it grows. Text is added to a string: engines keep such a sum as its parts until somebody reads it. */
export interface GrowingItem {
  kind: ItemKind;
  /** Index in its result; -1 if there was no room for it: then it is in none. */
  index: number;
  first: number;
  last: number;
  name: string | undefined;
  id: string | undefined;
  text: string | undefined;
  /** Arguments as text, if they come in pieces. */
  argumentText: string | undefined;
  /** Arguments as a value, if they come whole; the text, where there is one, comes before it. */
  value: Json | undefined;
  /** Size that the value was charged with. */
  valueSize: number;
  /** Whether its arguments are no JSON by nature, such as those of OpenAI's custom tools. */
  isFree: boolean;
  /** Value that a text of this length has; undefined if none was looked for, or it has none. */
  parsed: { length: number; value: Json | undefined } | undefined;
}

export function newItem(kind: ItemKind, index: number, event: number): GrowingItem {
  const nothing = { name: undefined, id: undefined, text: undefined, argumentText: undefined, value: undefined };
  return { kind, index, first: event, last: event, ...nothing, valueSize: 0, isFree: false, parsed: undefined };
}
