import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { seenUntil } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Difference that counts, in milliseconds. */
const LATER = 1000;
/** Time after which a response without a byte is late, in milliseconds. */
const NOTHING = 5000;
/** Number of tries, of each kind, that prove it. */
const TRIES = 3;

/** D8: the stream is late, or another, without `Accept: text/event-stream`. */
export const acceptSensitive: Rule = (evidence) => {
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'again', 'identity').filter(isStream)].filter(
    ({ request }) => request.accept.includes('text/event-stream'),
  );
  const others = probesOf(evidence, 'anyType');
  if (asked.length === 0 || others.length === 0) return undefined;
  const refused = others.find(isOther);
  if (refused?.head) {
    const { status, contentType } = refused.head;
    return { id: 'accept-sensitive', confidence: 'proven', variant: 'refused', values: { status, type: contentType } };
  }
  const isProof = asked.length >= TRIES && others.length >= TRIES;
  // A first byte may be late by chance: only heads are compared unless there are several tries.
  const start = isProof ? byteAt : headAt;
  const [most, least] = [asked.map((one) => start(evidence, one)), others.map((one) => start(evidence, one))];
  if ([...most, ...least].includes(undefined)) return undefined;
  const [withIt, without] = [Math.max(...most.map(Number)), Math.min(...least.map(Number))];
  if (without - withIt < LATER) return undefined;
  const isBusy = others.some((one) => isStalled(evidence, one, 0, Math.max(1, start(evidence, one) ?? 1), LATER));
  if (isBusy) return undefined;
  const values = { withIt, without, tries: others.length };
  return { id: 'accept-sensitive', confidence: isProof ? 'proven' : 'hint', values };
};

/** Whether the response is refused for its type, or of another: a limit of requests has other statuses. */
function isOther({ head }: ConnectionEvidence): boolean {
  return head !== undefined && (head.status === 406 || (head.status === 200 && !head.isStream));
}

/** Returns when the head came, or for how long it hasn't; undefined if that is too short to say. */
function headAt({ now }: Evidence, connection: ConnectionEvidence): number | undefined {
  return connection.head?.at ?? waited(connection, now);
}

/** Returns when the first byte came, or for how long it hasn't; undefined if that is too short to say. */
function byteAt({ now }: Evidence, connection: ConnectionEvidence): number | undefined {
  return connection.chunks[0]?.at ?? waited(connection, now);
}

function waited(connection: ConnectionEvidence, now: number): number | undefined {
  const time = seenUntil(connection, now);
  return connection.end?.cause !== 'failed' && time >= NOTHING ? time : undefined;
}
