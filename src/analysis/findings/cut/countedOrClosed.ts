import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { seenUntil } from '../../evidence/gaps';
import { headerValue } from '../../evidence/headerValues';
import { streamsOf } from '../../evidence/streams';
import type { Finding, Rule } from '../finding';

/** Time in which an answer is no stream that goes on, in milliseconds. */
const SHORT = 1000;

/** D39: the response has a length, or only the connection's end tells that it is over. */
export const countedOrClosed: Rule = (evidence) => {
  const [finding] = streamsOf(evidence).flatMap((connection) => judge(evidence, connection) ?? []);
  return finding;
};

function judge(evidence: Evidence, connection: ConnectionEvidence): Finding | undefined {
  const length = headerValue(connection, 'Content-Length');
  const version = connection.head?.httpVersion ?? '';
  const isBrief = seenUntil(connection, evidence.now) < SHORT;
  const id = 'counted-or-closed';
  if (length !== undefined && /^\d+$/.test(length)) {
    // A short answer may well be counted, if it is whole.
    if (isBrief && !isBroken(connection)) return undefined;
    // An answer that was made before it was sent may be counted, too, and take its time.
    const isWhole = connection.end?.cause === 'end' && !isBroken(connection);
    return { id, confidence: isWhole ? 'hint' : 'proven', variant: 'counted', values: { length: Number(length) } };
  }
  const isChunked = headerValue(connection, 'Transfer-Encoding') !== undefined;
  if (isChunked || isBrief || !version.startsWith('1.')) return undefined;
  return { id, confidence: 'hint', variant: 'closed', values: { version } };
}

/** Whether a length ended the response before its first event, or within one. */
function isBroken({ end, eventCount }: ConnectionEvidence): boolean {
  return end?.cause === 'end' && (end.unfinished || eventCount === 0);
}
