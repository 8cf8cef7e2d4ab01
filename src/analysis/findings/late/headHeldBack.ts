import { BURST, burstsOf } from '../../evidence/bursts';
import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { isStalled } from '../../evidence/stalls';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Time after which a head is late, in milliseconds. */
const LATE = 1000;
/** Time within which HEAD shows that the server could have sent its head at once, in milliseconds. */
const QUICK = 200;
/** Time within which an answer that ends was made in one go, in milliseconds. */
const ONE_GO = 250;
/** Bytes of a first burst from which on a buffer may have been filled. */
const BUFFER = 3400;

/** D3: the head comes only with the first event. */
export const headHeldBack: Rule = (evidence) => {
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'again', 'second').filter(isStream)];
  const [connection] = streamsOf(evidence);
  // If it comes early at another time, it isn't kept until there is an event.
  if (!connection?.head || asked.some(({ head }) => (head?.at ?? 0) < LATE)) return undefined;
  const [burst, next] = burstsOf(connection.chunks);
  const { at } = connection.head;
  if (!burst || burst.from - at > BURST || isOneGo(connection)) return undefined;
  if (isStalled(evidence, connection, 0, burst.from)) return undefined;
  const events = connection.events.filter((event) => event.at < (next?.from ?? Number.POSITIVE_INFINITY)).length;
  const variant = events >= 3 || (burst.chunks[0]?.size ?? 0) >= BUFFER ? 'proxy' : 'server';
  const head = quickHead(evidence);
  const confidence = head === undefined ? 'hint' : 'likely';
  const values = { after: at, head: head ?? -1, events };
  return { id: 'head-held-back', confidence, variant, at: connection.requestedAt + at, values };
};

/** Whether the whole answer came with its head: then that it was late isn't the head's fault. */
function isOneGo({ head, end }: ConnectionEvidence): boolean {
  return end !== undefined && end.at - (head?.at ?? 0) <= ONE_GO;
}

/** Returns the time in which HEAD was answered, if that was quick. */
function quickHead(evidence: Evidence): number | undefined {
  const quick = probesOf(evidence, 'head').find(({ head }) => head?.status === 200 && head.at < QUICK);
  return quick?.head?.at;
}
