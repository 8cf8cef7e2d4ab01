// A server can make evidence large, and it is masked in the extension host when it is copied.
import { expect, test } from 'vitest';
import { maskedInTurns } from '../../../src/client/evidence/maskedEvidence';
import { Turns } from '../../../src/turns/turns';
import { evidenceOf } from '../../support/evidence/evidence';
import { every, streamedAt } from '../../support/evidence/streamed';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';

test('the largest evidence is masked in turns, all of it', async () => {
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
  const shown = '••• a0 '.repeat(9);
  const ids = masked.connections.flatMap((connection) => connection.events.map(({ type, id }) => `${type} ${id}`));
  expect([ids.length, new Set(ids)]).toEqual([32_000, new Set([`${shown} ${shown}`])]);
});
