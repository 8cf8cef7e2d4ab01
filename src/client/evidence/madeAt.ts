/** Maximum length of the data that is searched, in UTF-16 code units. */
const MAX_SEARCHED = 2048;
/** Names under which an event says when it was made. `created` isn't one: for LLM streams, it is the same in all events. */
const NAMED =
  /"(?:time|timestamp|ts|at|date|(?:created|sent|emitted|published)_?at)"\s*:\s*(?:"([^"]{10,40})"|(\d{10}(?:\.\d{1,9})?|\d{13}|\d{16})\b)/i;
const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/;
const NUMBER = /^\s*(\d{10}(?:\.\d{1,9})?|\d{13}|\d{16})\s*$/;
/** Ids that begin with milliseconds, such as those of Redis streams. */
const ID = /^(\d{13})(?:-\d+)?$/;

/**
 * Returns the time at which an event says that it was made, in milliseconds since 1970; undefined if it says none that we
 * know.
 */
export function madeAtOf(data: string, id: string | undefined): number | undefined {
  const text = data.slice(0, MAX_SEARCHED);
  const [, named, digits] = NAMED.exec(text) ?? [];
  const iso = named ?? ISO.exec(text)?.[0];
  const at = iso === undefined ? epoch(digits ?? NUMBER.exec(text)?.[1] ?? ID.exec(id ?? '')?.[1]) : dateOf(iso);
  return at !== undefined && Number.isFinite(at) ? at : undefined;
}

function dateOf(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(text) ? epoch(text) : Date.parse(text.replace(',', '.'));
}

/** @param digits seconds, milliseconds or microseconds since 1970 */
function epoch(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const [whole = ''] = digits.split('.');
  if (whole.length <= 10) return Number(digits) * 1000;
  return whole.length <= 13 ? Number(digits) : Number(digits) / 1000;
}
