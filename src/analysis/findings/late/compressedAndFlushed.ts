import { type Delivery, deliveriesOf } from '../../evidence/deliveries';
import type { ConnectionEvidence } from '../../evidence/evidence';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';
import { codingOf } from './coding';

/** The bytes at which a flush of zlib ends, in hexadecimal. */
const FLUSHED = '0000ffff';
/** Part of the chunks that must be whole. */
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
  const { events, end } = connection;
  const coding = codingOf(connection);
  const all = deliveriesOf(connection);
  // When it ends, the compressor ends its data, too.
  const judged = end && end.cause !== 'left' ? all.slice(0, -1) : all;
  if (coding === '' || events.length < 3 || judged.length < 3) return false;
  const isWhole = /^(x-)?gzip$|^deflate$/.test(coding) ? ({ chunk }: Delivery) => chunk.last === FLUSHED : isPrompt;
  return judged.filter(isWhole).length >= judged.length * MOST;
}

/** Whether a chunk brought few events, and those at once: of a coding without a known mark, more may have been held. */
function isPrompt({ chunk, events }: Delivery): boolean {
  const [first] = events;
  return first !== undefined && events.length <= FEW && first.at - chunk.at <= AT_ONCE;
}
