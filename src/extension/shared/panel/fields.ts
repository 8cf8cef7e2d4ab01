/** The fields of a value that comes from outside; none, where it is no object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns what the value's fields are; each is `unknown`, to be checked. For what is loaded as the extension starts: a library would double it. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
