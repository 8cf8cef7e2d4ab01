import { type Json, type JsonObject, setMember } from './json';

/** Returns a copy of a value. (By way of its text, a list of a million numbers would take a second.) */
export function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) setMember(copy, name, copyOf(value[name] ?? null));
  return copy;
}
