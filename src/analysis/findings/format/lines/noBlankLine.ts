import type { ConnectionEvidence, Evidence } from '../../../evidence/evidence';
import { median } from '../../../evidence/median';
import { streamsOf } from '../../../evidence/streams';
import type { Finding, Rule } from '../../finding';
import { escapedNewlines } from './escapedNewlines';

/** Shortest silence after which fields in an open stream don't merely wait for the rest of their event, in milliseconds. */
const MIN_SILENCE = 2000;
/** Shortest gap between chunks that aren't parts of one write, in milliseconds. */
const MIN_GAP = 100;
/** Maximum size of an event that comes in several writes; a larger one may just be slow, in bytes. */
const MAX_SLOW = 64 * 1024;
/** Size from which bytes without a single line end are noteworthy. */
const MIN_LINE = 1024;

/** Lines come, but no blank line, so that no event is ever finished (WHATWG HTML §9.2.6). */
export const noBlankLine: Rule = (evidence) => {
  const streams = streamsOf(evidence);
  const last = streams.at(-1);
  if (!last || streams.some(({ eventCount }) => eventCount > 0)) return undefined;
  const { lines, bytes, at = 0, hasData = true } = last.text.open;
  const isLine = lines === 0 && bytes >= MIN_LINE;
  // Without data, they are the beginning of an event that is yet to come.
  if (isLine ? escapedNewlines(evidence) : lines < 2 || last.text.fields < 2 || !hasData) return undefined;
  const ended = hasEnded(last);
  if (!ended && !hasWaited(last, evidence)) return undefined;
  return {
    id: 'no-blank-line',
    // In an open stream, they may be lines of one event that takes long.
    confidence: ended ? 'proven' : 'likely',
    variant: variantOf(isLine, ended),
    at: last.requestedAt + at,
    position: last.text.start + last.text.bytes - bytes,
    values: { lines, bytes },
  } satisfies Finding;
};

function variantOf(isLine: boolean, ended: boolean): string {
  if (isLine) return 'line';
  return ended ? 'ended' : 'open';
}

/** Whether it is complete: one that was cut may have been about to send the blank line. */
function hasEnded({ end }: ConnectionEvidence): boolean {
  return end?.cause === 'end';
}

/** Whether the server had the time for a blank line: it is silent, or has written several times since. */
function hasWaited({ requestedAt, end, chunks, text }: ConnectionEvidence, { now }: Evidence): boolean {
  const until = end?.at ?? now - requestedAt;
  const from = text.open.at ?? until;
  const times = chunks.map(({ at }) => at).filter((at) => at >= from);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const writes = gaps.filter((gap) => gap >= MIN_GAP);
  if (until - (times.at(-1) ?? from) >= Math.max(MIN_SILENCE, 3 * median(writes))) return true;
  return writes.length >= 3 && until - from >= 1000 && text.open.bytes <= MAX_SLOW;
}
