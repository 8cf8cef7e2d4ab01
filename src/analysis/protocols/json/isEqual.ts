import { type Json, type Maybe, memberOf, objectIn } from './json';

/** Whether two values are the same JSON; the order of an object's members doesn't matter. */
export function isEqual(one: Maybe, other: Json): boolean {
  if (Array.isArray(other))
    return (
      Array.isArray(one) && one.length === other.length && other.every((value, index) => isEqual(one[index], value))
    );
  const [object, expected] = [objectIn(one), objectIn(other)];
  if (object === undefined || expected === undefined) return one === other;
  const names = Object.keys(expected);
  return (
    Object.keys(object).length === names.length &&
    names.every(
      (name) => isEqual(memberOf(object, name), memberOf(expected, name) ?? null) && Object.hasOwn(object, name),
    )
  );
}
