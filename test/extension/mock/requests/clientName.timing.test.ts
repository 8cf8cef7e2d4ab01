// Two hundred connections are described ten times a second, each with what its client says of itself.
import { expect, test } from 'vitest';
import { clientName } from '../../../../src/extension/mock/requests/clientName';
import { leastOf } from '../../../support/time/leastOf';
import { ownTime } from '../../../support/time/ownTime';

const BOUND = 10;

test.each([
  ['a version of digits', `Version/${'1'.repeat(492)}`],
  ['such a version, and more', `Version/${'1'.repeat(250)} ${'x '.repeat(120)}`],
  ['many versions', 'Version/11111111111111111111 '.repeat(17)],
])('names of clients whose User-Agent has %s take no longer than a turn', async (_, userAgent) => {
  const names = () => Array.from({ length: 200 }, () => clientName(userAgent));
  expect(await leastOf(BOUND, () => ownTime(names))).toBeLessThan(BOUND);
});
