import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import type { Confidence, Finding, Rule } from '../finding';
import { areAlike, type Identified, identified } from './ids';

/** `Last-Event-ID` has no effect: what was seen comes again. */
export const resumeIgnored: Rule = (evidence) => probed(evidence) ?? reconnected(evidence);

/** Asked behind the third event, the server sends the first one again. */
function probed({ connections, probes }: Evidence): Finding | undefined {
  const asked = probes.findLast(({ kind }) => kind === 'resumed')?.connection;
  const given = connections.find(({ head, eventCount }) => head?.isStream && eventCount > 0);
  return asked && given && comparison(identified(given), asked);
}

/** Asked again after an end, the server sends again what came before. */
function reconnected({ connections }: Evidence): Finding | undefined {
  for (const [index, after] of connections.entries()) {
    const found = comparison(connections.slice(0, index).flatMap(identified), after);
    if (found) return found;
  }
  return undefined;
}

/** Compares a connection that was to resume with what came before. @param seen events of the connections before */
function comparison(seen: Identified[], after: ConnectionEvidence): Finding | undefined {
  const { lastEventId } = after.request;
  // Only what was seen up to that id comes twice; of several events of one id, the last counts.
  const until = seen.findLastIndex(({ id }) => id === lastEventId);
  if (lastEventId === '' || until < 0 || !after.head?.isStream) return undefined;
  const known = new Map(seen.slice(0, until + 1).map((event) => [event.id, event]));
  const again = leading(identified(after), known);
  const ids = new Set(again.map(({ id }) => id));
  const [first] = again;
  if (!first || ids.size < again.length) return undefined;
  const areSame = again.every((event) => areAlike(event, known.get(event.id) ?? event));
  const [variant, confidence] = kindOf(again, lastEventId, areSame) ?? [];
  if (!variant || !confidence) return undefined;
  const values = { events: again.length, first: first.id, lastEventId };
  return { id: 'resume-ignored', confidence, variant, at: after.requestedAt + first.at, position: first.start, values };
}

/** Returns the events at the beginning that were seen before. */
function leading(events: Identified[], known: Map<string, Identified>): Identified[] {
  const end = events.findIndex(({ id }) => !known.has(id));
  return end < 0 ? events : events.slice(0, end);
}

/** A single event that comes again may be the state of things, which some send first each time. */
function kindOf(again: Identified[], lastEventId: string, areSame: boolean): [string, Confidence] | undefined {
  const isLast = again[0]?.id === lastEventId;
  if (again.length === 1) return isLast && areSame ? ['inclusive', 'hint'] : undefined;
  return areSame ? ['again', 'proven'] : ['restart', 'likely'];
}
