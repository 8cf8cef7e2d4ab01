import type { ConnectionEvidence, Evidence, ProbeKind } from './evidence';

/** Returns the connections whose response is an event stream. */
export function streamsOf({ connections }: Evidence): ConnectionEvidence[] {
  return connections.filter(isStream);
}

/** Returns the connections of probes of some kinds, whatever was answered. */
export function probesOf({ probes }: Evidence, ...kinds: ProbeKind[]): ConnectionEvidence[] {
  return probes.filter(({ kind }) => kinds.includes(kind)).map(({ connection }) => connection);
}

/** Whether a response is an event stream that a client reads. */
export function isStream({ head }: ConnectionEvidence): boolean {
  return head?.status === 200 && head.isStream;
}
