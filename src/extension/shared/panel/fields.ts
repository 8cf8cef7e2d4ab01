/** Fields of a value from outside; empty if it isn't an object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the value's fields, each `unknown` and to be checked. For code loaded at startup, which a library would double.
 */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
