import { mapKey } from '../../../text/numericStrings';
import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import type { Confidence, Finding, Rule } from '../finding';
import { areAlike, type Identified, identified } from './ids';
import { SeenEvents } from './seenEvents';

/** `Last-Event-ID` has no effect: what was seen comes again. */
export const resumeIgnored: Rule = (evidence) => probed(evidence) ?? reconnected(evidence);

/** Asked behind the third event, the server sends the first one again. */
function probed({ connections, probes }: Evidence): Finding | undefined {
  const asked = probes.findLast(({ kind }) => kind === 'resumed')?.connection;
  const given = connections.find(({ head, eventCount }) => head?.isStream && eventCount > 0);
  if (!asked || !given) return undefined;
  const seen = new SeenEvents();
  seen.add(identified(given));
  return comparison(seen, asked);
}

/** Asked again after an end, the server sends again what came before. */
function reconnected({ connections }: Evidence): Finding | undefined {
  const seen = new SeenEvents();
  for (const after of connections) {
    const found = comparison(seen, after);
    if (found) return found;
    seen.add(identified(after));
  }
  return undefined;
}

/** Compares a connection that was to resume with what came before. @param seen events of the connections before */
function comparison(seen: SeenEvents, after: ConnectionEvidence): Finding | undefined {
  const { lastEventId } = after.request;
  // Only what was seen up to that id comes twice; of several events of one id, the last counts.
  const until = seen.lastIndexOf(lastEventId);
  if (lastEventId === '' || until < 0 || !after.head?.isStream) return undefined;
  const known = (id: string) => seen.latest(id, until);
  const again = leading(identified(after), known);
  const [first] = again;
  if (!first) return undefined;
  const areSame = again.every((event) => areAlike(event, known(event.id) ?? event));
  const [variant, confidence] = kindOf(again, lastEventId, areSame) ?? [];
  if (!variant || !confidence) return undefined;
  const values = { events: again.length, first: first.id, lastEventId };
  return { id: 'resume-ignored', confidence, variant, at: after.requestedAt + first.at, position: first.start, values };
}

/** Returns the events at the beginning that were seen before; none if an id is among them twice. */
function leading(events: Identified[], known: (id: string) => Identified | undefined): Identified[] {
  const ids = new Set<string>();
  for (const [index, { id }] of events.entries()) {
    if (!known(id)) return events.slice(0, index);
    if (ids.has(mapKey(id))) return [];
    ids.add(mapKey(id));
  }
  return events;
}

/** A single event that comes again may be the state of things, which some send first each time. */
function kindOf(again: Identified[], lastEventId: string, areSame: boolean): [string, Confidence] | undefined {
  const isLast = again[0]?.id === lastEventId;
  if (again.length === 1) return isLast && areSame ? ['inclusive', 'hint'] : undefined;
  return areSame ? ['again', 'proven'] : ['restart', 'likely'];
}
