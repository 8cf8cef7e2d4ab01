// Findings are looked for once a second in the extension host, which must not stand still for them.
import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { evidenceOf } from '../../support/evidence/evidence';
import { chunksAt, every, streamedAt } from '../../support/evidence/streamed';
import { ownTime } from '../../support/time/ownTime';

/** As many connections and events as are kept, each connection behind the last id of the one before. */
function largest() {
  const connections = Array.from({ length: 32 }, (_, index) => {
    const one = streamedAt(every(10, 1000), { number: index + 1, requestedAt: index * 20_000 });
    const events = one.events.map((event) => ({ ...event, id: `${index * 1000 + event.number}` }));
    const request = { ...one.request, lastEventId: index === 0 ? '' : `${index * 1000}` };
    const end = { at: 10_010, cause: 'end' as const, unfinished: false };
    return { ...one, events, request, end, chunks: chunksAt(every(10, 256)) };
  });
  return evidenceOf(connections, { now: 700_000 });
}

test('findings about the largest evidence take little time', () => {
  const evidence = largest();
  const times = Array.from({ length: 9 }, () => ownTime(() => void findingsOf(evidence)));
  expect(Math.min(...times)).toBeLessThan(100);
});
