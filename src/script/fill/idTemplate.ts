/** An id with the number of its event in it, such as `order-{{n}}`: the texts around the number. */
export interface IdTemplate {
  before: string;
  after: string;
}

/** Returns the number for which a template makes the id; undefined if it makes it for none. */
export function numberIn({ before, after }: IdTemplate, id: string): number | undefined {
  if (!id.startsWith(before) || !id.endsWith(after)) return undefined;
  const digits = id.slice(before.length, id.length - after.length);
  const number = /^[1-9]\d{0,15}$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
