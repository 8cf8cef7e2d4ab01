import type { Rule } from '../finding';
import { identified, returnsIn } from './ids';
import { isCounted } from './sequence';

/** Minimum number of events that show that ids count by one. */
const MIN_COUNTED = 5;

/** Ids that counted by one leave a gap after a reconnect: the server no longer had what came in between. */
export const missedEvents: Rule = (evidence) => {
  for (const { before, after } of returnsIn(evidence)) {
    const ids = identified(before)
      .slice(-MIN_COUNTED)
      .map(({ id }) => id);
    const [first] = identified(after);
    const last = ids.at(-1);
    const isAsked = last !== undefined && after.request.lastEventId === last;
    if (!first || !isAsked || ids.length < MIN_COUNTED || !isCounted(ids) || !/^\d{1,15}$/.test(first.id)) continue;
    const missed = Number(first.id) - Number(last) - 1;
    if (missed <= 0) continue;
    const values = { before: last, after: first.id, events: missed };
    const at = after.requestedAt + first.at;
    return { id: 'ids-broken', confidence: 'likely', variant: 'gap', at, position: first.start, values };
  }
  return undefined;
};
