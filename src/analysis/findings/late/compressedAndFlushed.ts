import { burstsOf } from '../../evidence/bursts';
import { type Delivery, deliveriesOf } from '../../evidence/deliveries';
import type { ConnectionEvidence } from '../../evidence/evidence';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';
import { codingOf, preludeOf } from './coding';

/** The bytes at which a flush of zlib ends, in hexadecimal. */
const FLUSHED = '0000ffff';
/** Part of what came that must be whole. */
const MOST = 0.9;
const SECOND = 1000;
/** Number of events that may be written together, and time in which they are decoded, in milliseconds. */
const [FEW, AT_ONCE] = [3, 50];

/** D5: the stream is compressed, and each event is flushed. */
export const compressedAndFlushed: Rule = (evidence) => {
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'browser').filter(isStream)];
  const connection = asked.find(isFlushed);
  if (!connection || evidence.now - connection.requestedAt < SECOND) return undefined;
  const values = { encoding: codingOf(connection), events: connection.eventCount };
  return { id: 'compressed-and-flushed', confidence: 'information', values };
};

function isFlushed(connection: ConnectionEvidence): boolean {
  const coding = codingOf(connection);
  const isZlib = /^(x-)?gzip$|^deflate$/.test(coding);
  const whole = isZlib ? flushedBursts(connection) : deliveriesOf(connection).map(isPrompt);
  // When it ends, the compressor ends its data, too.
  const judged = connection.end && connection.end.cause !== 'left' ? whole.slice(0, -1) : whole;
  if (coding === '' || connection.events.length < 3 || judged.length < 3) return false;
  return judged.filter(Boolean).length >= judged.length * MOST;
}

/** Returns for each burst but one with the beginning of the data only whether it ends in a flush. */
function flushedBursts(connection: ConnectionEvidence): boolean[] {
  const [first] = connection.chunks;
  const isPrelude = first?.size === preludeOf(codingOf(connection));
  const bursts = burstsOf(isPrelude ? connection.chunks.slice(1) : connection.chunks);
  return bursts.map(({ chunks }) => chunks.at(-1)?.last === FLUSHED);
}

/** Whether a chunk brought few events, and those at once: of a coding without a known mark, more may have been held. */
function isPrompt({ chunk, events }: Delivery): boolean {
  const [first] = events;
  return first !== undefined && events.length <= FEW && first.at - chunk.at <= AT_ONCE;
}
