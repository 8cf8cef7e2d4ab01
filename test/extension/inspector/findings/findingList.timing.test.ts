// Findings are looked for in the extension host while a panel is seen, in evidence that a server can make large.
import { expect, test } from 'vitest';
import { findingsOf } from '../../../../src/analysis/findings/findings';
import { FindingList } from '../../../../src/extension/inspector/findings/findingList';
import { evidenceOf } from '../../../support/evidence/evidence';
import { chunksAt, every, streamedAt } from '../../../support/evidence/streamed';
import { leastOf } from '../../../support/time/leastOf';
import { ownTime } from '../../../support/time/ownTime';

/** Milliseconds of an idle machine's processor time: 10, and the rule under way. All rules together took 40 to 80. */
const BOUND = 30;

/** As many connections and events as are kept, with long types and ids that all differ. */
function largest() {
  const connections = Array.from({ length: 32 }, (_, index) => {
    const one = streamedAt(every(10, 1000), { number: index + 1, requestedAt: index * 20_000 });
    const events = one.events.map((event) => {
      const name = `${index * 1000 + event.number}`.padStart(100, 'x');
      return { ...event, type: name, id: name, madeAt: Date.UTC(2026, 0, 1) + event.at };
    });
    const end = { at: 10_010, cause: 'end' as const, unfinished: false };
    return { ...one, events, end, chunks: chunksAt(every(10, 256)) };
  });
  return evidenceOf(connections, { now: 700_000 });
}

test('the largest evidence is looked through in short turns, and as well as at one go', async () => {
  const evidence = largest();
  const longest = await leastOf(BOUND, () => {
    const list = new FindingList();
    let [time, isOver] = [0, false];
    while (!isOver) {
      const turn = ownTime(() => {
        isOver = list.update(() => evidence);
      });
      time = Math.max(time, turn);
      expect(list.isLooking).toBe(!isOver);
    }
    expect(list.findings).toEqual(findingsOf(evidence));
    return time;
  });
  expect(longest).toBeLessThan(BOUND);
});
