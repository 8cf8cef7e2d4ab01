import type { ConnectionEvidence } from '../../evidence/evidence';
import { streamsOf } from '../../evidence/streams';
import type { Finding, Rule } from '../finding';

/** D30: the stream ended within an event, or without the end that HTTP asks for. */
export const cutInAnEvent: Rule = (evidence) => {
  const found = streamsOf(evidence).flatMap((connection) => judge(connection) ?? []);
  return found.findLast(({ confidence }) => confidence === 'proven') ?? found.at(-1);
};

function judge(connection: ConnectionEvidence): Finding | undefined {
  const { end, eventCount } = connection;
  if (end?.cause !== 'cut' && end?.cause !== 'end') return undefined;
  const isCut = end.cause === 'cut';
  // A stream without a single blank line isn't in the middle of an event: it has none (D13).
  if (!isCut && (!end.unfinished || eventCount === 0)) return undefined;
  const last = connection.events.at(-1);
  const position = last ? last.start + last.size : connection.text.start;
  return {
    id: 'cut-in-an-event',
    confidence: end.unfinished ? 'proven' : 'information',
    variant: end.unfinished ? (isCut ? 'within' : 'ended') : 'between',
    at: connection.requestedAt + end.at,
    position,
    values: { event: eventCount + 1, ids: connection.events.filter(({ id }) => id !== undefined).length },
  };
}
