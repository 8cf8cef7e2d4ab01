// A server that ends each connection, and whose thousand events each have types and ids that make rules compare: rules are
// applied once a second.
import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { connection, evidenceOf, head } from '../../support/evidence/evidence';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

const BOUND = 150;

test('a thousand types on each of 32 connections are compared in linear time', async () => {
  const events = Array.from({ length: 1000 }, (_, index) => ({
    number: index + 1,
    at: index,
    size: 20,
    start: index,
    type: `${'x'.repeat(90)}${index % 999}`,
    id: String((index * 7919) % 1000),
  }));
  // Texts of their own, as those of a stream are.
  const own = () => JSON.parse(JSON.stringify(events)) as typeof events;
  const connections = Array.from({ length: 32 }, (_, index) =>
    connection({
      head: head({ isStream: true }),
      number: index + 1,
      requestedAt: index * 5000,
      events: own(),
      eventCount: 1000,
    }),
  );
  const time = await leastOf(BOUND, () => ownTime(() => findingsOf(evidenceOf(connections))));
  expect(time).toBeLessThan(BOUND);
});
