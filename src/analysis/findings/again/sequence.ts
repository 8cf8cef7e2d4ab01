/** Minimum number of ids that make a sequence, and the part of its steps that must go up. */
const [MIN_LENGTH, MIN_RISING] = [4, 0.75];

/** A place where a sequence of ids goes down. */
export interface Fall {
  index: number;
  before: string;
  after: string;
}

/** Returns the number that an id is: digits, or milliseconds and a count as Redis has it; undefined if it is none. */
export function numberOf(id: string): bigint | undefined {
  const [, high, low] = /^(\d{1,19})(?:-(\d{1,9}))?$/.exec(id) ?? [];
  if (high === undefined) return undefined;
  return low === undefined ? BigInt(high) : BigInt(high) * 1_000_000_000n + BigInt(low);
}

/** Returns the first place where ids that are a rising sequence of numbers go down; undefined if there is none. */
export function fallIn(ids: readonly string[]): Fall | undefined {
  const numbers = ids.map(numberOf);
  // Numbers and pairs can't be compared.
  const isMixed = new Set(ids.map((id) => id.includes('-'))).size > 1;
  if (ids.length < MIN_LENGTH || isMixed || numbers.includes(undefined)) return undefined;
  const steps = numbers.slice(1).map((number, index) => (number ?? 0n) - (numbers[index] ?? 0n));
  const falls = steps.filter((step) => step < 0n).length;
  // Ids may be random numbers.
  if (falls === 0 || steps.filter((step) => step > 0n).length / steps.length < MIN_RISING) return undefined;
  const index = steps.findIndex((step) => step < 0n) + 1;
  return { index, before: ids[index - 1] ?? '', after: ids[index] ?? '' };
}

/** Whether no id is a smaller number than the one before. */
export function isRising(ids: readonly string[]): boolean {
  const numbers = ids.map(numberOf);
  return numbers.every((number, index) => index === 0 || (number ?? 0n) >= (numbers[index - 1] ?? 0n));
}

/** Whether ids are numbers each of which is one more than the one before. */
export function isCounted(ids: readonly string[]): boolean {
  const numbers = ids.map((id) => (/^\d{1,19}$/.test(id) ? BigInt(id) : undefined));
  return numbers.every((number, index) => {
    const before = numbers[index - 1];
    return number !== undefined && (index === 0 || (before !== undefined && number === before + 1n));
  });
}
