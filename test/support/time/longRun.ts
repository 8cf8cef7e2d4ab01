// `npm run test:all` has time for whole matrices and full sizes; `npm test` shows the same by examples.
import { test } from 'vitest';
import { isLong } from '../random/drawn';

/** A test of what another one, or a smaller one, has shown already: only in the long run. */
export const longTest = test.runIf(isLong);

/** Returns these further cases of a test in the long run, and none in the short one. */
export function inLongRun<T>(cases: readonly T[]): readonly T[] {
  return isLong ? cases : [];
}
