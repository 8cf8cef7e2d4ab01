import { BURST } from '../../evidence/bursts';
import type { ChunkEvidence, ConnectionEvidence } from '../../evidence/evidence';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';
import { codingOf } from './coding';

/** The bytes at which a flush of zlib ends, in hexadecimal. */
const FLUSHED = '0000ffff';
/** Part of the chunks that must be whole. */
const MOST = 0.9;
const SECOND = 1000;

/** D5: the stream is compressed, and each event is flushed. */
export const compressedAndFlushed: Rule = (evidence) => {
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'browser').filter(isStream)];
  const connection = asked.find(isFlushed);
  if (!connection || evidence.now - connection.requestedAt < SECOND) return undefined;
  const values = { encoding: codingOf(connection), events: connection.eventCount };
  return { id: 'compressed-and-flushed', confidence: 'information', values };
};

function isFlushed(connection: ConnectionEvidence): boolean {
  const { chunks, events, end } = connection;
  const coding = codingOf(connection);
  // When it ends, the compressor ends its data, too.
  const judged = end && end.cause !== 'left' ? chunks.slice(0, -1) : chunks;
  if (coding === '' || events.length < 3 || judged.length < 3) return false;
  const isWhole = /^(x-)?gzip$|^deflate$/.test(coding)
    ? ({ last }: ChunkEvidence) => last === FLUSHED
    : ({ at }: ChunkEvidence) => events.some((event) => Math.abs(event.at - at) <= BURST);
  return judged.filter(isWhole).length >= judged.length * MOST;
}
