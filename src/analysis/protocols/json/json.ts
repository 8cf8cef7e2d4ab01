/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A value from outside, or one that is missing. */
export type Maybe = Json | undefined;

/** Returns the object; undefined if the value isn't one. */
export function objectIn(value: Maybe): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** Returns the array; an empty one if the value isn't one. */
export function listIn(value: Maybe): readonly Json[] {
  return Array.isArray(value) ? value : NONE;
}

/** Returns the text; undefined if the value isn't one. */
export function textIn(value: Maybe): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns the text that isn't empty; undefined if the value isn't such a one: empty never erases. */
export function fullText(value: Maybe): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the number; undefined if the value isn't one, or is too large for one: 1e999 is infinite, and no JSON can pass that on. */
export function numberIn(value: Maybe): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Returns the member of that name; undefined if the value is no object, or has none of its own. */
export function memberOf(value: Maybe, name: string): Maybe {
  const object = objectIn(value);
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Returns the value that names lead to; undefined if there is none. */
export function valueAt(value: Maybe, names: readonly string[]): Maybe {
  let found = value;
  for (const name of names) found = memberOf(found, name);
  return found;
}

/** Sets a member as JSON.parse does: `__proto__` is a name as any other. */
export function setMember(object: JsonObject, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

const NONE: readonly Json[] = [];
