import { BURST } from '../../evidence/bursts';
import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { madeSpanMeanwhile } from '../../evidence/madeTimes';
import { isStalled } from '../../evidence/stalls';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Confidence, Finding, Rule } from '../finding';
import { codingOf } from './coding';

const SECOND = 1000;
/** Time by which the end may follow the last event, in milliseconds. */
const END = 100;
/** Shortest time between events that can be told from a burst, in milliseconds. */
const SPREAD = 200;

/** All events of a connection, which came together. */
interface Held {
  connection: ConnectionEvidence;
  /** Times of the first byte, and of the first and the last event. */
  byte: number;
  first: number;
  last: number;
}

/** D1: all events came at once when the stream ended. */
export const heldToTheEnd: Rule = (evidence) => {
  const others = probesOf(evidence, 'other').filter(isStream);
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'browser').filter(isStream)];
  const found = asked.flatMap((connection) => judge(evidence, connection, [...others, ...plain(evidence)]) ?? []);
  const elsewhere = others.flatMap((connection) => judge(evidence, connection, streamsOf(evidence), 'other') ?? []);
  const findings = [...found, ...elsewhere];
  return findings.find(({ confidence }) => confidence === 'proven') ?? findings[0];
};

function plain(evidence: Evidence): ConnectionEvidence[] {
  return probesOf(evidence, 'identity').filter(isStream);
}

function judge(
  evidence: Evidence,
  connection: ConnectionEvidence,
  compared: ConnectionEvidence[],
  where?: 'other',
): Finding | undefined {
  const held = heldEvents(connection);
  if (!held || evidence.now - connection.requestedAt < SECOND) return undefined;
  const burst = held.last - held.first;
  if (isStalled(evidence, connection, 0, held.last)) return undefined;
  const made = spanWhileHeld(evidence, held);
  const spread = Math.max(0, ...compared.filter((other) => areAlike(connection, other)).map(spanOf));
  const isFar = (span: number) => span >= SPREAD && span >= burst * 10;
  const values = { events: connection.eventCount, burst, after: held.first, encoding: codingOf(connection) };
  const found = (confidence: Confidence, variant: string | undefined, span: number): Finding => ({
    id: 'held-to-the-end',
    confidence,
    variant: where ?? variant,
    at: connection.requestedAt + held.first,
    values: { ...values, span },
  });
  if (isFar(spread)) return found('proven', 'compared', spread);
  // A stall of ours that put the events together is shorter than the time in which they say that they were made.
  if (isFar(made) && !isStalled(evidence, connection, held.first - BURST, held.last, made))
    return found('proven', 'times', made);
  const isLate = held.byte >= SECOND && burst <= BURST;
  if (where || !isLate || isStalled(evidence, connection, held.first - BURST, held.last, BURST)) return undefined;
  // A server may have made them all in one go, after some work.
  return found('hint', undefined, 0);
}

/** Returns when the events of a connection came if the end came at once behind them. */
function heldEvents(connection: ConnectionEvidence): Held | undefined {
  const { end, events, eventCount, chunks } = connection;
  const [first, last] = [events[0]?.at, events.at(-1)?.at];
  if (end?.cause !== 'end' || eventCount < 3 || first === undefined || last === undefined) return undefined;
  if (end.at - last > END) return undefined;
  // The first bytes of a compressed stream come early, and without text.
  const byte = codingOf(connection) === '' ? (chunks[0]?.at ?? first) : first;
  return { connection, byte, first, last };
}

/** Returns the time in which the events were made, by their own words, if they can have been made while they were held; else 0. */
function spanWhileHeld(evidence: Evidence, { connection, first }: Held): number {
  const span = madeSpanMeanwhile(evidence, connection, connection.events) ?? 0;
  // A history has times, too: of before the request.
  return span <= first + BURST ? span : 0;
}

/** Whether two connections asked for the same events: one that comes back gets those that it missed at once. */
function areAlike(one: ConnectionEvidence, other: ConnectionEvidence): boolean {
  return one.request.lastEventId === other.request.lastEventId;
}

/** Returns the time in which the events of a connection came; 0 if there are too few of them. */
function spanOf({ events }: ConnectionEvidence): number {
  return events.length < 3 ? 0 : (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0);
}
