import { mapKey } from '../../../text/numericStrings';
import type { ConnectionEvidence, EventEvidence, Evidence } from '../../evidence/evidence';
import { seenUntil } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { isStream } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Age from which on the first connection may be deaf, in milliseconds. */
const OLD = 15_000;
/** Time after the second head that may bring what is said to each new client, in milliseconds. */
const WELCOME = 1000;
/** Number of events that only the second connection got. */
const LEAST = 3;

/** D33: the connection is open, but its server doesn't send anything to it any more. */
export const deaf: Rule = (evidence) => {
  const probe = evidence.probes.find(({ kind }) => kind === 'second');
  const first = evidence.connections.at(-1);
  if (!probe || !first?.head || !isStream(first) || !isStream(probe.connection)) return undefined;
  const second = probe.connection;
  const age = second.requestedAt - first.requestedAt - first.head.at;
  const until = Math.min(probe.firstClosedAt ?? Number.POSITIVE_INFINITY, endOfFirst(evidence, first, second));
  const heard = second.events.filter(({ at }) => at >= (second.head?.at ?? 0) + WELCOME && at <= until);
  const last = heard.at(-1);
  const isSilent = first.events.every(({ at }) => first.requestedAt + at < second.requestedAt);
  if (age < OLD || !last || heard.length < LEAST || !isSilent) return undefined;
  if (saysTheSame(first, second) || isStalled(evidence, second, 0, last.at)) return undefined;
  const at = second.requestedAt + last.at;
  // Each connection may get an answer of its own, other words each time: then the first has had all of its own.
  const confidence = first.eventCount === 0 || goesOn(first, second) ? 'proven' : 'hint';
  return { id: 'deaf', confidence, at, values: { events: heard.length, age: age + last.at } };
};

/** Returns until when the first connection was open, in milliseconds from the second's request. */
function endOfFirst(evidence: Evidence, first: ConnectionEvidence, second: ConnectionEvidence): number {
  return first.requestedAt + seenUntil(first, evidence.now) - second.requestedAt;
}

/** Whether each connection is told the same from its beginning: then the first has heard it all already. */
function saysTheSame(first: ConnectionEvidence, second: ConnectionEvidence): boolean {
  const ids = new Set(first.events.flatMap(({ id }) => (id === undefined ? [] : mapKey(id))));
  if (second.events.some(({ id }) => id !== undefined && ids.has(mapKey(id)))) return true;
  const told = second.events.slice(0, LEAST).map(looksOf);
  return first.events.slice(0, LEAST).map(looksOf).join() === told.join();
}

function looksOf({ type, id, size, madeAt }: EventEvidence): string {
  return JSON.stringify([type, id, size, madeAt]);
}

/** Whether the ids of a second connection are numbers behind those of the first: both get the same events. */
function goesOn(first: ConnectionEvidence, second: ConnectionEvidence): boolean {
  const last = first.events.findLast(({ id }) => id !== undefined);
  return second.events.every(({ id }) => id === undefined || numberOf(id) > numberOf(last?.id)) && hasId(second);
}

function hasId({ events }: ConnectionEvidence): boolean {
  return events.some(({ id }) => id !== undefined);
}

/** Returns the number with which an id begins, as also those of Redis do; not a number if there is none. */
function numberOf(id: string | undefined): number {
  return Number.parseInt(id ?? '', 10);
}
