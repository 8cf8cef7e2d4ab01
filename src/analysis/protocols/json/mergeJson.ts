import { type Json, memberOf, objectIn, setMember } from './json';

/** Merges a value into another, deeply: members of objects are added to those that are there, all else replaces. */
export function mergeJson(into: Json, value: Json): Json {
  const [target, source] = [objectIn(into), objectIn(value)];
  if (!target || !source) return value;
  for (const [name, member] of Object.entries(source)) {
    const old = memberOf(target, name);
    setMember(target, name, old === undefined ? member : mergeJson(old, member));
  }
  return target;
}
