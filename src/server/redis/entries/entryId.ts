/**
 * An id of an entry, two numbers: `1692632086370-0`. It is the SSE id, too, and safe as one: digits and a hyphen. Kept as
 * text, as each number has up to 64 bits.
 */
export type EntryId = string;

/** The id before all entries. */
export const BEFORE_ALL: EntryId = '0-0';

/** Length of the longest number, 2⁶⁴ − 1. */
const MAX_DIGITS = 20;
const MAX_NUMBER = '18446744073709551615';

/** Returns an id from outside as Redis writes it; undefined if it is none. */
export function readEntryId(text: string): EntryId | undefined {
  const [, milliseconds = '', sequence = ''] = /^(\d{1,20})-(\d{1,20})$/.exec(text) ?? [];
  if (milliseconds === '' || isAbove(milliseconds, MAX_NUMBER) || isAbove(sequence, MAX_NUMBER)) return undefined;
  return `${withoutZeros(milliseconds)}-${withoutZeros(sequence)}`;
}

/** Returns a number below, equal to or above 0 if `a` is before, equal to or behind `b`: they compare as numbers, not as text. */
export function compareIds(a: EntryId, b: EntryId): number {
  if (a === b) return 0;
  const [aParts, bParts] = [a.split('-'), b.split('-')];
  return compareNumbers(aParts[0] ?? '', bParts[0] ?? '') || compareNumbers(aParts[1] ?? '', bParts[1] ?? '');
}

function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isAbove(number: string, maximum: string): boolean {
  return number.padStart(MAX_DIGITS, '0') > maximum;
}

function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}
