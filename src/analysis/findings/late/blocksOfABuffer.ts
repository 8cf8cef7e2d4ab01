import { type Delivery, deliveriesOf } from '../../evidence/deliveries';
import type { ChunkEvidence, ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { gapsOf, lengthOf } from '../../evidence/gaps';
import { madeSpanMeanwhile } from '../../evidence/madeTimes';
import { median } from '../../evidence/median';
import { isStalled } from '../../evidence/stalls';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Finding, Rule } from '../finding';
import { codingOf } from './coding';

/** Usual sizes of buffers, in bytes. */
const SIZES = [4096, 8192, 16_384, 32_768, 65_536];
/** Time after the head that may bring a snapshot at once, in milliseconds. */
const SNAPSHOT = 250;
/** Shortest gap between blocks, in milliseconds: TCP and TLS make blocks of what comes faster. */
const GAP = 200;
/** Most events a second: of more, TCP makes blocks. */
const RATE = 100;
/** Part of the chunks that have the same size. */
const EQUAL = 0.8;
/** Ends of an event in a chunk's last bytes. */
const EVENT_END = /(0a0a|0d0d|0d0a0d0a)$/;

/** Beginning of a line with a field or a comment, in a chunk's first bytes: `data`, `even`, `id:`, `retr`, `:`. */
const LINE_START = /^(?:64617461|6576656e|69643a|72657472|3a)/;

/** D2: the bytes come in blocks of a buffer's size, cut in the middle of events. */
export const blocksOfABuffer: Rule = (evidence) => {
  const [finding] = streamsOf(evidence).flatMap((connection) => judge(evidence, connection) ?? []);
  if (!finding) return undefined;
  const isFree = probesOf(evidence, 'other').some((other) => isStream(other) && arrivesInTime(evidence, other));
  return isFree ? { ...finding, confidence: 'proven', variant: 'compared' } : finding;
};

function judge(evidence: Evidence, connection: ConnectionEvidence): Finding | undefined {
  const deliveries = calmDeliveries(evidence, connection);
  const chunks = deliveries.map(({ chunk }) => chunk);
  const size = SIZES.find((one) => isBlocks(connection, chunks, one));
  const [first, last] = [chunks[0], chunks.at(-1)];
  if (size === undefined || !first || !last) return undefined;
  const events = deliveries.reduce((sum, delivery) => sum + delivery.events.length, 0);
  const gap = median(gapsOf(chunks).map(lengthOf));
  const made = median(deliveries.map((delivery) => madeSpanMeanwhile(evidence, connection, delivery.events) ?? 0));
  const isRare = gap >= GAP && events * 1000 <= RATE * (last.at - first.at);
  // A chunk is smaller than a large event: then there are more chunks than events.
  if (events < chunks.length || !(isRare || made >= GAP)) return undefined;
  const blocks = chunks.filter((chunk) => chunk.size === size).length;
  const at = connection.requestedAt + first.at;
  return { id: 'blocks-of-a-buffer', confidence: 'likely', at, values: { size, blocks, gap } };
}

/** Returns what tells of a buffer, without what came while our own event loop was blocked: in a long time, it always is once. */
function calmDeliveries(evidence: Evidence, connection: ConnectionEvidence): Delivery[] {
  const deliveries = laterDeliveries(connection);
  const gap = Math.max(GAP, median(gapsOf(deliveries.map(({ chunk }) => chunk)).map(lengthOf)));
  return deliveries.filter(({ chunk: { at } }) => !isStalled(evidence, connection, at - gap, at, gap));
}

/** Returns what tells of a buffer: neither the first chunks nor the rest at the end, and only chunks whose events are kept. */
function laterDeliveries(connection: ConnectionEvidence): Delivery[] {
  const { head, end, events, chunks } = connection;
  const from = (head?.at ?? 0) + SNAPSHOT;
  const until = events.findLast(({ number }, index) => number === index + 1)?.at ?? 0;
  const later = deliveriesOf(connection).filter(({ chunk: { number, at } }) => number > 1 && at >= from && at <= until);
  return end && later.at(-1)?.chunk === chunks.at(-1) ? later.slice(0, -1) : later;
}

/** Whether most chunks have one size, without regard to where events end. */
function isBlocks(connection: ConnectionEvidence, chunks: ChunkEvidence[], size: number): boolean {
  const blocks = chunks.filter((chunk) => chunk.size === size);
  const least = isFirstOfNginx(connection, size) ? 2 : 3;
  if (blocks.length < least || blocks.length < chunks.length * EQUAL) return false;
  const whole = blocks.filter(({ last }) => EVENT_END.test(last)).length;
  // Some servers pad their events to a size, so that no buffer keeps them.
  const begun = blocks.filter(({ first }) => LINE_START.test(first)).length;
  return codingOf(connection) !== '' || Math.max(whole, begun) <= blocks.length / 2;
}

/** Whether the first chunk is what fits into nginx's buffer beside the upstream's head. */
function isFirstOfNginx({ chunks }: ConnectionEvidence, size: number): boolean {
  const rest = size - (chunks[0]?.number === 1 ? chunks[0].size : size);
  return size === 4096 && rest >= 100 && rest <= 600;
}

/** Whether events came one by one: at least three, and not in blocks. */
function arrivesInTime(evidence: Evidence, connection: ConnectionEvidence): boolean {
  const { events, chunks } = connection;
  const isSpread = (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0) >= GAP;
  return events.length >= 3 && isSpread && chunks.length >= events.length / 2 && !judge(evidence, connection);
}
