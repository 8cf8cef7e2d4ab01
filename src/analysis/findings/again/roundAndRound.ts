import type { ConnectionEvidence } from '../../evidence/evidence';
import { median } from '../../evidence/median';
import type { Confidence, Rule } from '../finding';
import { areAlike, pauseOf, returnsIn } from './ids';

/** Number of connections in a row that tell of a circle. */
const MIN_ROUNDS = 3;
/** Age below which a stream that ends again and again, with other events each time, is rather an answer than a limit. */
const SHORT = 10_000;

/** A stream that ends, is asked for again, and begins anew: an EventSource never knows that it has all. */
export const roundAndRound: Rule = (evidence) => {
  const rounds = lastRounds(evidence.connections);
  const [first] = rounds;
  // Status 204 has ended it.
  if (!first || rounds.length < MIN_ROUNDS || evidence.connections.at(-1)?.head?.status === 204) return undefined;
  const confidence = confidenceOf(rounds);
  if (!confidence) return undefined;
  const wait = median(returnsIn({ ...evidence, connections: rounds }).map(pauseOf));
  return {
    id: 'round-and-round',
    confidence,
    variant: confidence === 'hint' ? 'anew' : 'again',
    at: first.requestedAt,
    values: { rounds: rounds.length, wait: Math.round(wait) },
  };
};

/** Returns the latest connections in a row that ended as complete; one that is still open may follow. */
function lastRounds(connections: ConnectionEvidence[]): ConnectionEvidence[] {
  const over = connections.at(-1)?.end?.cause === 'end' ? connections : connections.slice(0, -1);
  const from = over.findLastIndex((connection, index) => !isRound(connection) || !follows(over, index + 1)) + 1;
  return over.slice(from);
}

function isRound({ head, end, eventCount }: ConnectionEvidence): boolean {
  return head?.isStream === true && end?.cause === 'end' && eventCount > 0;
}

/** Whether the connection at this index came right behind the one before it; also true behind the last. */
function follows(connections: ConnectionEvidence[], index: number): boolean {
  const [before, after] = [connections[index - 1], connections[index]];
  return !before || !after || before.number + 1 === after.number;
}

/** Returns how sure it is that they are the same; undefined if they aren't. */
function confidenceOf(rounds: ConnectionEvidence[]): Confidence | undefined {
  const [first, ...others] = rounds;
  if (!first) return undefined;
  // A server that tells one thing, and when to ask again, means to be asked again.
  if (rounds.every(({ eventCount, text }) => eventCount === 1 && text.retries.length > 0)) return 'hint';
  if (others.every((other) => isSame(first, other))) return first.events[0]?.id === undefined ? 'likely' : 'proven';
  const hasIds = rounds.some(({ events }) => events.some(({ id }) => id !== undefined));
  const areShort = rounds.every(({ end }) => (end?.at ?? 0) < SHORT);
  return !hasIds && areShort ? 'hint' : undefined;
}

/** Whether two connections had the same events: their first and last ones, and as many. */
function isSame(one: ConnectionEvidence, other: ConnectionEvidence): boolean {
  if (one.eventCount !== other.eventCount) return false;
  return [0, -1].every((index) => {
    const [first, second] = [one.events.at(index), other.events.at(index)];
    if (!first || !second || first.id !== second.id) return false;
    return first.id !== undefined || areAlike(first, second);
  });
}
