import { copyOf } from '../json/copyOf';
import type { Json } from '../json/json';
import { JsonEnd } from '../json/jsonEnd';
import type { ItemKind } from '../model/result';

/** An item while it grows. */
export interface GrowingItem {
  kind: ItemKind;
  /** Index in its result; -1 if there was no room for it: then it is in none. */
  index: number;
  /** Key by which its answer finds it, unless another item has that by now; undefined if it never had one. */
  key: string | undefined;
  first: number;
  last: number;
  name: string | undefined;
  id: string | undefined;
  text: string | undefined;
  /** Arguments as text, if they come in pieces. */
  argumentText: string | undefined;
  /** Beginnings of both, once they were asked for: to read the sum of parts, an engine copies all of it. */
  starts: { text?: string; argumentText?: string };
  /** Arguments as a value, if they come whole; the text, where there is one, comes before it. */
  value: Json | undefined;
  /** Size that the value was charged with. */
  valueSize: number;
  /** Whether somebody reads the value as it is, so that a copy is to be changed. */
  isLent: boolean;
  /** Whether its arguments are no JSON by nature, such as those of OpenAI's custom tools. */
  isFree: boolean;
  /** Whether that text may be whole. */
  end: JsonEnd;
  /** Value of that text, once it was parsed. Without a value, it is no JSON, or there was no room for parsing it. */
  parsed: { value: Json | undefined; isJson: boolean | undefined } | undefined;
}

export function newItem(kind: ItemKind, index: number, event: number): GrowingItem {
  // Named one by one: to spread objects into one takes ten times as long as all the rest, and an event may make thousands.
  return {
    kind,
    index,
    key: undefined,
    first: event,
    last: event,
    name: undefined,
    id: undefined,
    text: undefined,
    argumentText: undefined,
    starts: {},
    value: undefined,
    valueSize: 0,
    isLent: false,
    isFree: false,
    end: new JsonEnd(),
    parsed: undefined,
  };
}

/** Returns the item's value, to be changed in place; undefined if there is none. */
export function changeableValue(item: GrowingItem): Json | undefined {
  if (item.isLent && item.value !== undefined) item.value = copyOf(item.value);
  item.isLent = false;
  return item.value;
}
