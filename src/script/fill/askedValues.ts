import { ownText } from '../../text/ownText';
import { type JsonPointer, valueAt } from '../request/jsonPointer';
import { readQuery } from '../request/queryValues';
import type { AskedNames } from './fill';

/** Maximum length of a value, and of all values of a request together, in UTF-16 code units. */
export const MAX_VALUE = 64 * 1024;
export const MAX_VALUES = 1024 * 1024;
/** Length of JSON that is written for a request, most of which may be cut off, from which on further JSON is empty. */
export const MAX_WRITTEN = 2 * 1024 * 1024;

/** A request's query, without its `?`, and its body as parsed JSON, at most 500 deep; undefined if it has none. */
export interface FilledRequest {
  query: string;
  body: unknown;
}

/** Values of a request that a script fills in: looked up once, so that nothing else of the request is kept. */
export class AskedValues {
  readonly #queries = new Map<string, string>();
  readonly #bodies = new Map<string, string>();
  #room = MAX_VALUES;
  #written = 0;

  constructor({ queries, pointers }: AskedNames, { query, body }: FilledRequest) {
    const values = queries.length > 0 ? readQuery(query) : new Map<string, string[]>();
    for (const name of queries) this.#queries.set(name, this.#limited(values.get(name)?.[0] ?? ''));
    for (const pointer of pointers) this.#bodies.set(keyOf(pointer), this.#bodyText(valueAt(body, pointer)));
  }

  /** Returns the values of names, in their order; empty if the request has none, or it was not looked up. */
  of({ queries, pointers }: AskedNames): { queries: string[]; bodies: string[] } {
    return {
      queries: queries.map((name) => this.#queries.get(name) ?? ''),
      bodies: pointers.map((pointer) => this.#bodies.get(keyOf(pointer)) ?? ''),
    };
  }

  #bodyText(value: unknown): string {
    if (typeof value === 'string') return this.#limited(value);
    if (value === undefined || this.#room === 0 || this.#written >= MAX_WRITTEN) return '';
    const json = JSON.stringify(value);
    this.#written += json.length;
    return this.#limited(json);
  }

  /** Returns the beginning of a long text; nothing if the values before it have used up the room. */
  #limited(text: string): string {
    const end = text.length <= MAX_VALUE ? text.length : MAX_VALUE - (isDivided(text, MAX_VALUE) ? 1 : 0);
    if (end > this.#room) {
      this.#room = 0;
      return '';
    }
    this.#room -= end;
    return end < text.length ? ownText(text, end) : text;
  }
}

/** Whether a code point of two code units stands across the index. */
function isDivided(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Keys of pointers: those of a script are the same for all of its connections. */
const keys = new WeakMap<JsonPointer, string>();

function keyOf(pointer: JsonPointer): string {
  const key = keys.get(pointer) ?? JSON.stringify(pointer);
  keys.set(pointer, key);
  return key;
}
