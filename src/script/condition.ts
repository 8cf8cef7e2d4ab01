import { type JsonPointer, readPointer, valueAt } from './request/jsonPointer';
import { type QueryValues, readQuery } from './request/queryValues';

/** A condition on the request for a stream, which a file is an answer to. */
export type Condition =
  /** The request has that number on its path, from 1. */
  | { by: 'request'; number: number }
  /** A value of that name in its query, or in its headers, is that one. */
  | { by: 'query' | 'header'; name: string; value: string }
  /** The pointer leads to that value in its body, which is JSON. */
  | { by: 'body'; pointer: JsonPointer; value: string | number | boolean | null };

/** A request for a stream, as far as conditions and places may ask for it. */
export interface AskedRequest {
  /** Number of the request on its path, from 1. */
  number: number;
  /** The query without its `?`. */
  query: string;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as parsed JSON; undefined if it has none, or one that isn't JSON. */
  body: unknown;
}

/** Maximum number of conditions in a file. */
export const MAX_CONDITIONS = 20;
/** Maximum lengths of names and values, in UTF-16 code units. */
const MAX_NAME = 200;
const MAX_VALUE = 1000;

/** Parses a condition, such as `query channel = 7`; returns undefined if it is malformed. */
export function readCondition(text: string): Condition | undefined {
  const [, by = '', rest = ''] = /^(\S+)\s+(\S.*)$/s.exec(text) ?? [];
  if (by === 'request') return /^[1-9]\d{0,8}$/.test(rest) ? { by, number: Number(rest) } : undefined;
  const equals = rest.indexOf('=');
  const [name, value] = [rest.slice(0, equals).trim(), rest.slice(equals + 1).trim()];
  if (equals < 1 || name === '' || value.length > MAX_VALUE) return undefined;
  if (by === 'body') return readBodyCondition(name, value);
  if (name.length > MAX_NAME) return undefined;
  if (by === 'query') return { by, name, value };
  const isHeader = by === 'header' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
  return isHeader ? { by, name: name.toLowerCase(), value } : undefined;
}

function readBodyCondition(text: string, word: string): Condition | undefined {
  const pointer = readPointer(text);
  const value = readScalar(word);
  return pointer === undefined || value === undefined ? undefined : { by: 'body', pointer, value };
}

/** Returns the JSON value of a word; a word that is none is a string. Undefined for an array, an object or an open string. */
function readScalar(word: string): string | number | boolean | null | undefined {
  if (word === '') return undefined;
  try {
    const value: unknown = JSON.parse(word);
    if (typeof value === 'object' && value !== null) return undefined;
    return value as string | number | boolean | null;
  } catch {
    return word.startsWith('"') ? undefined : word;
  }
}

/** Whether the request is as all conditions demand. */
export function fitsAll(conditions: readonly Condition[], asked: AskedRequest): boolean {
  return conditions.every((condition) => fits(condition, asked));
}

/** The decoded queries of requests: a thousand files may ask for the same one. */
const queries = new WeakMap<AskedRequest, QueryValues>();

function queryValues(asked: AskedRequest): QueryValues {
  const values = queries.get(asked) ?? readQuery(asked.query);
  queries.set(asked, values);
  return values;
}

function fits(condition: Condition, asked: AskedRequest): boolean {
  switch (condition.by) {
    case 'request':
      return condition.number === asked.number;
    case 'query':
      return queryValues(asked).get(condition.name)?.includes(condition.value) ?? false;
    case 'header':
      return headerValues(asked, condition.name).includes(condition.value);
    case 'body':
      return valueAt(asked.body, condition.pointer) === condition.value;
  }
}

function headerValues({ headers }: AskedRequest, name: string): readonly string[] {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' ? [value] : (value ?? []);
}
