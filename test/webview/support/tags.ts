/** Returns the tags of a test that, unless it is in each run, is a long one, for `npm run test:all`. */
export function longUnless(isInEachRun: boolean): { tag: string[] } {
  return { tag: isInEachRun ? [] : ['@long'] };
}
