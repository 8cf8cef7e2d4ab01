// The cost of what rows show of a stream that goes on for long.
import { expect, test } from 'vitest';
import { RowAdditions } from '../../../src/client/results/rowAdditions';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

test('a piece costs no more when the first of a hundred thousand have been forgotten', async () => {
  const rows = new RowAdditions();
  let event = 0;
  // As many as 64 KB of a server hold.
  const add = () => {
    for (const until = event + 3000; event < until; event += 1)
      rows.add({ event, result: 0, item: 0, kind: 'text', text: 'a' });
  };
  for (let round = 0; round < 80; round += 1) add();
  const time = await leastOf(20, () => ownTime(add));
  console.log(`${time.toFixed(1)} ms for 3,000 pieces`);
  expect(time).toBeLessThan(20);
});
