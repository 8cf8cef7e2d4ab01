/**
 * Returns a pattern that matches the first of the given ones that does.
 * @param flags of the result: those of the patterns are dropped
 */
export function anyOf(flags: string, patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), flags);
}

/** Returns the match of a sticky pattern at the index. The pattern's own `lastIndex` isn't changed. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  const own = new RegExp(pattern);
  own.lastIndex = index;
  return own.exec(text) ?? undefined;
}
