/** Returns a pattern that fits where any of them does, the first that does. @param flags of the result: those of the patterns are dropped */
export function anyOf(flags: string, patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), flags);
}

/** Returns what a sticky pattern finds at the index, and nowhere else. The pattern itself keeps no place. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  const own = new RegExp(pattern);
  own.lastIndex = index;
  return own.exec(text) ?? undefined;
}
