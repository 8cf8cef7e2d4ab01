import { seenUntil } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { isStream } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Shortest wait for the second head, in milliseconds. */
const WAIT = 3000;
/** Time within which the head comes once the first connection is closed, in milliseconds. */
const AT_ONCE = 300;

/** D12: the server answers a second request only when the first is over. */
export const oneAtATime: Rule = (evidence) => {
  const probe = evidence.probes.find(({ kind }) => kind === 'second');
  const first = evidence.connections.at(-1);
  const { connection: second, firstClosedAt: closed } = probe ?? {};
  if (!second?.head || closed === undefined || !first?.head || !isStream(first)) return undefined;
  const { at } = second.head;
  const isFreed = closed >= WAIT && at >= closed && at - closed <= AT_ONCE;
  // A server that thinks for long before it answers could answer just now.
  const isQuickAlone = first.head.at <= closed / 3;
  // A first stream that was over would have let the second in.
  const wasOpen = first.requestedAt + seenUntil(first, evidence.now) >= second.requestedAt + closed - AT_ONCE;
  if (!isFreed || !isQuickAlone || !wasOpen || isStalled(evidence, second, 0, at, WAIT)) return undefined;
  return {
    id: 'one-at-a-time',
    confidence: 'proven',
    at: second.requestedAt + at,
    values: { wait: at, freed: at - closed },
  };
};
