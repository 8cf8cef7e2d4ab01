import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { type Gap, gapsOf, lengthOf, longestOf, silenceOf } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Silence that proxies may cut soon, in milliseconds: many do at 60 s. */
const SILENCE = 45_000;

/** D31: the stream is silent for long, and has no heartbeat. */
export const noHeartbeat: Rule = (evidence) => {
  for (const connection of streamsOf(evidence)) {
    const gap = connection.text.comments.count === 0 ? longestSilence(evidence, connection) : undefined;
    if (!gap || lengthOf(gap) < SILENCE || isStalled(evidence, connection, gap.from, gap.to)) continue;
    return {
      id: 'no-heartbeat',
      confidence: 'hint',
      at: connection.requestedAt + gap.from,
      values: { silence: lengthOf(gap) },
    };
  }
  return undefined;
};

/** Returns the longest time without a byte; the one before a cut is the matter of another rule. */
function longestSilence({ now }: Evidence, connection: ConnectionEvidence): Gap | undefined {
  const { head, chunks, end } = connection;
  const isOpen = end === undefined || end.cause === 'left';
  const last = isOpen ? silenceOf(connection, now) : undefined;
  return longestOf([...gapsOf([{ number: 0, at: head?.at ?? 0 }, ...chunks]), ...(last ? [last] : [])]);
}
