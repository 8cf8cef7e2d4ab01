import type { Random } from '../delays';

/** Returns a whole number, both ends included. Their difference must be a safe integer. */
export function wholeNumber(minimum: number, maximum: number, random: Random): number {
  // A generator may have 32 bits: two numbers of it make the 53 of the widest range.
  const fraction = Math.floor(random() * 2 ** 21) / 2 ** 21 + Math.floor(random() * 2 ** 32) / 2 ** 53;
  return minimum + Math.floor(fraction * (maximum - minimum + 1));
}

/**
 * Returns a generator of numbers from 0 to less than 1, the same for the same seed and connection (sfc32). Its state is of 128
 * bits: with fewer, many UUIDs would have the same number twice.
 */
export function seededRandom(seed: number, connection: number): Random {
  let [a, b, c, counter] = [seed | 0, connection | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Until then, near seeds have near numbers.
  for (let n = 0; n < 12; n += 1) next();
  return next;
}

/** Returns a UUID of version 4 (RFC 9562 §5.4). */
export function newUuid(random: Random): string {
  const digits = Array.from({ length: 4 }, () => hex(Math.floor(random() * 2 ** 32), 8)).join('');
  const variant = (Number.parseInt(digits.slice(16, 17), 16) & 0x3) | 0x8;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${hex(variant, 1)}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}

function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}
