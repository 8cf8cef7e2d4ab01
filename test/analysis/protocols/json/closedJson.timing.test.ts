import { expect, test } from 'vitest';
import { closedJson } from '../../../../src/analysis/protocols/json/closedJson';
import { ownTime } from '../../../support/time/ownTime';

test.each([
  ['letters', 'x'.repeat(200_000)],
  ['backslashes', '\\\\'.repeat(100_000)],
  ['backslashes, the last of which escapes nothing', `${'\\\\'.repeat(100_000)}\\`],
])('an open string of 200 KB of %s takes no long time', (_, text) => {
  // Quadratic time would be many seconds.
  expect(ownTime(() => expect(closedJson(`["${text}`)).toHaveLength(1))).toBeLessThan(500);
});
