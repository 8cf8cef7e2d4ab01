import type { Evidence, Probe } from '../../../src/analysis/evidence/evidence';

/** Returns evidence about a stream with that of other requests as probes, each at its own time. */
export function withProbes(
  main: Evidence,
  ...probes: [kind: Probe['kind'], evidence: Evidence, more?: Partial<Probe>][]
): Evidence {
  const all = probes.flatMap(([kind, { startedAt, connections }, more]) =>
    connections.slice(0, 1).map((connection) => ({
      kind,
      connection: { ...connection, requestedAt: startedAt - main.startedAt },
      ...more,
    })),
  );
  return { ...main, probes: [...main.probes, ...all] };
}
