// The cost of a row's preview.
import { expect, test } from 'vitest';
import { differenceOf, isComparable } from '../../../src/client/rows/rowDifference';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

test('what differs from the row before costs under 20 µs for an event of 330 bytes', async () => {
  const event = (seq: number) =>
    JSON.stringify({
      id: 'order-5f1c2d',
      seq,
      type: 'order.updated',
      at: `2026-11-25T12:00:0${Math.floor(seq / 1100)}Z`,
      tenant: 'emden-harbour',
      user: { id: 4711, name: 'Ada', roles: ['captain', 'pilot'] },
      price: { bid: 1.09 + seq / 1e5, ask: 1.1, currency: 'EUR' },
      status: 'open',
      retries: 0,
      note: 'the tide turns at the end of the bay',
    });
  const events = Array.from({ length: 10_000 }, (_, at) => event(at));
  const compareAll = () => {
    for (const [at, data] of events.entries())
      if (at > 0 && isComparable(data)) differenceOf(events[at - 1] ?? '', data);
  };
  // Compiled by V8 first, as with any stream that is worth a measurement.
  compareAll();
  const perEvent = await leastOf(20, () => (1000 * ownTime(compareAll)) / events.length);
  console.log(`${perEvent.toFixed(2)} µs an event`);
  expect(perEvent).toBeLessThan(20);
});
