import { mapKey } from '../../../text/numericStrings';
import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import type { Finding, Rule } from '../finding';
import { type Identified, identified } from './ids';
import { fallIn, isCounted, isRising } from './sequence';

/** Minimum number of events whose ids tell how they are given. */
const MIN_EVENTS = 4;

/** Ids of a connection that repeat, or go down: whoever resumes from one misses events, or gets some twice. */
export const idsBroken: Rule = ({ connections }: Evidence) => {
  for (const connection of connections) {
    const found = connection.head?.isStream ? brokenIn(connection) : undefined;
    if (found) return { ...found, at: connection.requestedAt + (found.at ?? 0) };
  }
  return undefined;
};

function brokenIn(connection: ConnectionEvidence): Finding | undefined {
  const events = kept(connection);
  // Nearly all are, and there may be tens of thousands.
  if (isStrictlyRising(events)) return undefined;
  return ownCount(events) ?? goesDown(events) ?? repeats(events) ?? constant(events);
}

/** Returns the events behind each other that are kept: between the first and the latest, some may be missing. */
function kept(connection: ConnectionEvidence): Identified[] {
  const { events } = connection;
  const gap = events.findIndex(({ number }, index) => number !== index + 1);
  return identified(gap < 0 ? connection : { ...connection, events: events.slice(0, gap) });
}

/** Whether each id is a larger number than the one before. */
function isStrictlyRising(events: Identified[]): boolean {
  let last = -1;
  for (const { id } of events) {
    const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    if (number <= last) return false;
    last = number;
  }
  return true;
}

/** Events of one type count by themselves, those of the others, too: together the ids mean nothing. */
function ownCount(events: Identified[]): Finding | undefined {
  const runs = runsOf(events);
  // Events of several types may share an id.
  if (runs.length < 2 || isRising(idsOf(events))) return undefined;
  // With one event each, any ids are a count.
  if (runs.some((run) => run.length < 2 || !isCounted(idsOf(run)))) return undefined;
  const index = events.findIndex(({ type }) => type !== events[0]?.type);
  const [one, other] = [events[index - 1], events[index]];
  return one && other && found('own-count', other, { before: one.id, after: other.id, type: other.type });
}

/** Returns the events of each type. */
function runsOf(events: Identified[]): Identified[][] {
  const runs = new Map<string, Identified[]>();
  for (const event of events) {
    const key = mapKey(event.type);
    const run = runs.get(key);
    if (run) run.push(event);
    else runs.set(key, [event]);
  }
  return [...runs.values()];
}

function goesDown(events: Identified[]): Finding | undefined {
  const fall = fallIn(idsOf(events));
  const event = fall && events[fall.index];
  return event && found('down', event, { before: fall.before, after: fall.after });
}

/** An id returns, though others came in between. */
function repeats(events: Identified[]): Finding | undefined {
  const seen = new Set<string>();
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    const key = mapKey(event.id);
    if (before && before.id !== event.id && seen.has(key))
      return found('repeat', event, { before: before.id, after: event.id });
    seen.add(key);
  }
  return undefined;
}

/** All events have one id, such as that of the answer: nobody can resume within it. */
function constant(events: Identified[]): Finding | undefined {
  const [first] = events;
  if (!first || events.length < MIN_EVENTS || events.some(({ id }) => id !== first.id)) return undefined;
  return { ...found('constant', first, { after: first.id }), confidence: 'hint' };
}

function idsOf(events: Identified[]): string[] {
  return events.map(({ id }) => id);
}

function found(variant: string, { at, start }: Identified, values: Finding['values']): Finding {
  return { id: 'ids-broken', confidence: 'likely', variant, at, position: start, values };
}
