import type { Rule } from '../finding';
import { areAlike, pauseOf, type Return, returnsIn } from './ids';
import { roundAndRound } from './roundAndRound';

/** Streams that were cut and came back without any id to resume from. */
export const noIds: Rule = (evidence) => {
  const { connections } = evidence;
  if (connections.some(({ events }) => events.some(({ id }) => id !== undefined))) return undefined;
  const returns = returnsIn(evidence).filter(({ before }) => before.eventCount > 0 && before.end?.cause !== 'left');
  const found = returns.find(isCut) ?? returns[0];
  if (!found || roundAndRound(evidence)) return undefined;
  const { before, after } = found;
  return {
    id: 'no-ids',
    // A stream that ends or that begins with all there is may lose nothing.
    confidence: isCut(found) && !beginsAlike(found) ? 'proven' : 'hint',
    at: before.requestedAt + (before.end?.at ?? 0),
    values: {
      from: Math.round(before.requestedAt + (before.end?.at ?? 0)),
      to: Math.round(after.requestedAt + (after.head?.at ?? 0)),
      pause: Math.round(pauseOf(found)),
    },
  };
};

function isCut({ before }: Return): boolean {
  return before.end?.cause === 'cut';
}

/** Whether both begin with the same event: such as a snapshot. */
function beginsAlike({ before, after }: Return): boolean {
  const [one, other] = [before.events[0], after.events[0]];
  return one !== undefined && other !== undefined && areAlike(one, other);
}
