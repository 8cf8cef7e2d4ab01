/** Returns a reproducible random number generator, from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Garbles text in one to three places: cuts, doubles or deletes a part, changes a byte, or inserts something hostile. */
export function mutate(text: string, random: () => number): string {
  const at = (length: number) => Math.floor(random() * (length + 1));
  const feared = [
    '\0',
    '\r',
    '\n',
    '\r\n\r\n',
    ':',
    ' ',
    '\t',
    '%',
    '%00',
    '\xff',
    '../',
    'A'.repeat(20_000),
    '-1',
    '9'.repeat(40),
  ];
  let result = text;
  for (let round = Math.ceil(random() * 3); round > 0; round -= 1) {
    const [start, end] = [at(result.length), at(result.length)].sort((a, b) => a - b) as [number, number];
    const [before, part, after] = [result.slice(0, start), result.slice(start, end), result.slice(end)];
    const ways = [
      () => before,
      () => before + part + part + after,
      () => before + after,
      () => before + String.fromCharCode(at(255)) + result.slice(start + 1),
      () => before + feared[at(feared.length - 1)] + result.slice(start),
    ];
    result = (ways[at(ways.length - 1)] as () => string)();
  }
  return result;
}

/** Returns a random element. */
export function pick<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)] as T;
}
