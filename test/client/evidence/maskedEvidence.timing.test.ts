// A server can make evidence large, and it is masked in the extension host when it is copied.
import { expect, test } from 'vitest';
import { maskedEvidence, maskedInTurns } from '../../../src/client/evidence/maskedEvidence';
import { Turns } from '../../../src/turns/turns';
import { evidenceOf } from '../../support/evidence/evidence';
import { every, streamedAt } from '../../support/evidence/streamed';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';

test('the largest evidence is masked in turns, and as well as at one go', async () => {
  const text = 'hunter2 a0 '.repeat(9);
  const one = streamedAt(every(10, 1000));
  const events = one.events.map((event) => ({ ...event, type: text, id: text }));
  const evidence = evidenceOf(Array.from({ length: 32 }, () => ({ ...one, events })));
  const secrets = ['hunter2', 'sesame-Open-123'];
  let masked = evidence;
  const longest = await leastOf(40, () =>
    longestGo(
      maskedInTurns(evidence, secrets, new Turns()).then((shown) => {
        masked = shown;
      }),
    ),
  );
  // A turn of 10 ms, and a garbage collection.
  expect(longest).toBeLessThan(40);
  expect(masked).toEqual(maskedEvidence(evidence, secrets));
  expect(masked.connections[31]?.events[999]?.id).toBe('••• a0 '.repeat(9));
});
