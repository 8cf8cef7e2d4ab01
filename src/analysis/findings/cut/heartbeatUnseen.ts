import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { type Gap, gapsOf, lengthOf, seenUntil } from '../../evidence/gaps';
import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Time without an event in which a page may wonder whether the stream lives, in milliseconds. */
const GAP = 20_000;
/** Time after the head in which a comment only opens the stream, in milliseconds. */
const OPENING = 250;

/** D32: while there are no events, only comments come, which a page can't see. */
export const heartbeatUnseen: Rule = (evidence) => {
  for (const connection of streamsOf(evidence)) {
    if (connection.text.comments.count === 0) continue;
    const gap = eventGaps(evidence, connection).find((one) => commentsIn(connection, one).length > 0);
    if (!gap) continue;
    const values = { gap: lengthOf(gap), comments: commentsIn(connection, gap).length };
    return { id: 'heartbeat-unseen', confidence: 'information', at: connection.requestedAt + gap.from, values };
  }
  return undefined;
};

/** Returns the long times without an event, also before the first and after the last one. */
function eventGaps({ now }: Evidence, connection: ConnectionEvidence): Gap[] {
  const { head, events, eventCount } = connection;
  const began = { number: 0, at: head?.at ?? 0 };
  const until = { number: eventCount + 1, at: seenUntil(connection, now) };
  return gapsOf([began, ...events, until]).filter((gap) => lengthOf(gap) >= GAP);
}

function commentsIn({ text, head }: ConnectionEvidence, { from, to }: Gap): number[] {
  const opened = (head?.at ?? 0) + OPENING;
  return text.comments.at.filter((at) => at > from && at < to && at > opened);
}
