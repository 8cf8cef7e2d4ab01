import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { gapsOf, lengthOf, longestOf, seenUntil } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Finding, Rule } from '../finding';
import { codingOf, preludeOf } from './coding';

/** Silence after which a compressor that got events would have sent something, in milliseconds. */
const LONG = 5000;
const SECOND = 1000;

/** D4: the server compresses, and its compressor keeps the events. */
export const compressedAndNotFlushed: Rule = (evidence) => {
  const compressed = [...streamsOf(evidence), ...probesOf(evidence, 'browser', 'again', 'second').filter(isStream)];
  const findings = compressed.flatMap((connection) => judge(evidence, connection) ?? []);
  return findings.find(({ confidence }) => confidence === 'proven') ?? findings[0];
};

function judge(evidence: Evidence, connection: ConnectionEvidence): Finding | undefined {
  const { head, received } = connection;
  const prelude = preludeOf(codingOf(connection));
  if (!head || prelude === undefined) return undefined;
  const until = seenUntil(connection, evidence.now);
  const time = until - head.at;
  if (received.bytes > prelude) return cameAtTheEnd(connection, prelude);
  if (time < SECOND || isStalled(evidence, connection, head.at, until)) return undefined;
  const found = { connection, time, bytes: received.bytes };
  const plain = plainStreams(evidence);
  const beside = plain.filter((other) => isBeside(evidence, connection, other));
  const compared = beside.length > 0 ? beside : plain;
  const wait = Math.max(0, ...plain.map(waitOf));
  const silence = Math.max(0, ...plain.map((other) => silenceOf(evidence, other)));
  const events = Math.max(
    0,
    ...compared.map((other) => eventsMeanwhile(evidence, connection, { other, wait, silence })),
  );
  if (events > 0) return finding('proven', 'compared', { ...found, events });
  // A stream that has nothing to say looks the same: one that was asked for without compression would have shown events.
  const isSilent = plain.some((other) => seenUntil(other, evidence.now) - (other.head?.at ?? 0) >= LONG);
  return isSilent || !isPrelude(connection, prelude, until)
    ? undefined
    : finding('hint', 'alone', { ...found, events: 0 });
}

/** Returns the streams that came without compression. */
function plainStreams(evidence: Evidence): ConnectionEvidence[] {
  const all = [...streamsOf(evidence), ...probesOf(evidence, 'identity').filter(isStream)];
  return all.filter((connection) => codingOf(connection) === '');
}

/** Whether another connection was open all the time that a compressed one was: then only what it got in that time counts. */
function isBeside({ now }: Evidence, compressed: ConnectionEvidence, plain: ConnectionEvidence): boolean {
  const began = plain.requestedAt + (plain.head?.at ?? 0);
  const ended = plain.requestedAt + seenUntil(plain, now);
  const { requestedAt, head } = compressed;
  return began <= requestedAt + (head?.at ?? 0) && ended >= requestedAt + seenUntil(compressed, now);
}

/** Returns the time from a head to the first event; 0 if there is none. */
function waitOf({ head, events }: ConnectionEvidence): number {
  const [first] = events;
  return head && first ? first.at - head.at : 0;
}

/** Returns the longest time without an event behind the first, also behind the last if the stream goes on; 0 without events. */
function silenceOf({ now }: Evidence, connection: ConnectionEvidence): number {
  const { events, end } = connection;
  const isOver = end !== undefined && end.cause !== 'left';
  const times = events.map(({ at }) => at);
  if (events.length > 0 && !isOver) times.push(seenUntil(connection, now));
  return Math.max(0, ...times.slice(1).map((at, index) => at - (times[index] ?? at)));
}

/**
 * Returns how many events another connection got in as much time as a compressed one got none; 0 if they can't be compared.
 * @param wait longest time from a head to the first event @param silence longest time behind that without one
 */
function eventsMeanwhile(
  evidence: Evidence,
  compressed: ConnectionEvidence,
  { other: plain, wait, silence }: { other: ConnectionEvidence; wait: number; silence: number },
): number {
  const [began, head] = [compressed.head?.at ?? 0, plain.head?.at ?? 0];
  const time = seenUntil(compressed, evidence.now) - began;
  const beside = isBeside(evidence, compressed, plain);
  // At another time, the times since the heads are compared.
  const from = beside ? compressed.requestedAt + began - plain.requestedAt : head;
  const events = plain.events.filter(({ at }) => at >= from && at <= from + time);
  const longest = longestOf(gapsOf(events));
  // At the same time, only the silences of that time count.
  const gap = Math.max(wait, beside ? (longest ? lengthOf(longest) : 0) : silence);
  // At another time, a stream may have had nothing to say: then it takes more of them.
  const isEnough = events.length >= (beside ? 2 : 3) && (time >= gap * 3 || (time >= LONG && time >= gap * 2));
  return isEnough ? events.length : 0;
}

/** Whether all that came is the beginning of the compressed data, and silence since. */
function isPrelude({ chunks, received }: ConnectionEvidence, prelude: number, until: number): boolean {
  const [first] = chunks;
  const isBeginning = first !== undefined && /^(1f8b|78)/.test(first.first);
  return isBeginning && received.bytes === prelude && until - first.at >= LONG;
}

/** Finds that the beginning of the compressed data came first, and all the rest when the stream ended. */
function cameAtTheEnd(connection: ConnectionEvidence, prelude: number): Finding | undefined {
  const { chunks, received, end, events, eventCount } = connection;
  const [first, second] = chunks;
  if (!first || !second || end?.cause !== 'end' || eventCount < 3) return undefined;
  const isKept = first.size === prelude && second.number === 2 && received.chunks === chunks.length;
  const time = second.at - first.at;
  const last = events.at(-1)?.at ?? second.at;
  if (!isKept || time < SECOND || last - second.at > time / 10 || end.at - last > 100) return undefined;
  return finding('likely', 'ended', { connection, time, bytes: first.size, events: eventCount });
}

function finding(
  confidence: 'proven' | 'likely' | 'hint',
  variant: 'compared' | 'alone' | 'ended',
  seen: { connection: ConnectionEvidence; time: number; bytes: number; events: number },
): Finding {
  const { connection, time, bytes, events } = seen;
  const at = connection.requestedAt + (connection.head?.at ?? 0);
  const values = { encoding: codingOf(connection), bytes, time, events };
  return { id: 'compressed-and-not-flushed', confidence, variant, at, values };
}
