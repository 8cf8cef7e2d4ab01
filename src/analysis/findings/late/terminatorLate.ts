import { type Delivery, deliveriesOf } from '../../evidence/deliveries';
import type { ConnectionEvidence, EventEvidence, Evidence } from '../../evidence/evidence';
import { median } from '../../evidence/median';
import { isStalled } from '../../evidence/stalls';
import { streamsOf } from '../../evidence/streams';
import type { Finding, Rule } from '../finding';
import { codingOf } from './coding';

/** Shortest time by which a blank line is late, in milliseconds. */
const LATE = 50;
/** Number of events that are late. */
const LEAST = 3;
/** Largest chunk with nothing in it but the rest of a line end and a blank line, in bytes. */
const BLANK_LINE = 4;
const SECOND = 1000;

/** D7: the blank line that ends an event comes later than its fields. */
export const terminatorLate: Rule = (evidence) => {
  const [finding] = streamsOf(evidence).flatMap((connection) => judge(evidence, connection) ?? []);
  return finding;
};

function judge(evidence: Evidence, connection: ConnectionEvidence): Finding | undefined {
  const late = connection.events.filter((event) => isLate(evidence, connection, event));
  const [first] = late;
  if (!first || late.length < LEAST || late.length < connection.events.length / 2) return undefined;
  if (evidence.now - connection.requestedAt < SECOND) return undefined;
  // The blank line may come before the next event: then two writes make two packets, and the second waits for its turn.
  const alone = deliveriesOf(connection)
    .filter(endsAlone)
    .flatMap(({ events }) => events);
  const isAlone = codingOf(connection) === '' && late.filter((event) => alone.includes(event)).length > late.length / 2;
  const variant = isAlone ? 'alone' : undefined;
  const values = { events: late.length, late: median(late.map(({ endLateBy }) => endLateBy ?? 0)) };
  const at = connection.requestedAt + first.at;
  return { id: 'terminator-late', confidence: 'proven', variant, at, position: first.start, values };
}

function isLate(evidence: Evidence, connection: ConnectionEvidence, { at, endLateBy = 0 }: EventEvidence): boolean {
  return endLateBy >= LATE && !isStalled(evidence, connection, at - endLateBy, at);
}

function endsAlone({ chunk }: Delivery): boolean {
  return chunk.size <= BLANK_LINE;
}
