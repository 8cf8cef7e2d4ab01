import type { ConnectionEvidence, Evidence, HeadEvidence, Probe } from '../../evidence/evidence';

/** A connection that was answered. */
export type Answered = ConnectionEvidence & { head: HeadEvidence };

/** Returns the connections that were answered, the latest first: that is the state of things. */
export function answered({ connections }: Evidence): Answered[] {
  return connections.filter(isAnswered).reverse();
}

/** Returns the probe of that kind, the latest if there are several; undefined if none was made. */
export function probeOf({ probes }: Evidence, kind: Probe['kind']): Probe | undefined {
  return probes.findLast((probe) => probe.kind === kind);
}

/** Whether the head of a response has come. */
export function isAnswered(connection: ConnectionEvidence): connection is Answered {
  return connection.head !== undefined;
}

/** Returns the time of a response's head, since the first request. */
export function headTime({ requestedAt, head }: Answered): number {
  return requestedAt + head.at;
}

/** Whether a browser would read the response as an event stream, as far as status and type say. */
export function isEventStream({ head }: Answered): boolean {
  return head.status === 200 && head.contentType === 'text/event-stream';
}
