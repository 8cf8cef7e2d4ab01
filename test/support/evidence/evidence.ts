import type {
  ConnectionEvidence,
  EventEvidence,
  Evidence,
  HeadEvidence,
  Probe,
  TextEvidence,
} from '../../../src/analysis/evidence/evidence';

/** Returns evidence of the given connections, without stalls or probes unless told. */
export function evidenceOf(connections: ConnectionEvidence[], more: Partial<Evidence> = {}): Evidence {
  const last = connections.at(-1);
  const now = (last?.requestedAt ?? 0) + (last?.end?.at ?? last?.events.at(-1)?.at ?? 0);
  return { startedAt: Date.UTC(2026, 0, 1), connections, omitted: 0, now, stalls: [], probes: [], ...more };
}

/** Returns a connection with nothing in it but what is given. */
export function connection(more: Partial<ConnectionEvidence> = {}): ConnectionEvidence {
  const { events = [], chunks = [] } = more;
  return {
    number: 1,
    requestedAt: 0,
    request: {
      method: 'GET',
      origin: 'http://localhost:3000',
      hasBody: false,
      headers: [],
      accept: 'text/event-stream',
      acceptEncoding: '',
      fromOrigin: '',
      lastEventId: '',
    },
    redirects: [],
    head: head(),
    received: { chunks: chunks.length, bytes: chunks.reduce((sum, { size }) => sum + size, 0) },
    chunks,
    eventCount: events.length,
    events,
    types: [],
    text: textEvidence(),
    ...more,
  };
}

export function head(more: Partial<HeadEvidence> = {}): HeadEvidence {
  return {
    at: 5,
    status: 200,
    httpVersion: '1.1',
    headers: [
      ['Content-Type', 'text/event-stream'],
      ['Transfer-Encoding', 'chunked'],
    ],
    contentType: 'text/event-stream',
    encoding: '',
    isStream: true,
    ...more,
  };
}

export function textEvidence(more: Partial<TextEvidence> = {}): TextEvidence {
  const none = () => ({ count: 0, first: [] });
  return {
    start: 0,
    bytes: 0,
    fields: 0,
    comments: { count: 0, at: [] },
    ignored: none(),
    withoutData: none(),
    badRetry: none(),
    retries: [],
    nulIds: none(),
    emptyIds: none(),
    escaped: none(),
    lost: { ...none(), lines: 0 },
    errors: none(),
    notUtf8: none(),
    marks: none(),
    nuls: none(),
    isCrLf: false,
    open: { lines: 0, bytes: 0 },
    ...more,
  };
}

/** Returns events of 20 bytes at the given times. */
export function eventsAt(...times: number[]): EventEvidence[] {
  return times.map((at, index) => ({ number: index + 1, at, size: 20, start: index * 20, type: 'message' }));
}

/** Returns a probe with a connection of its own. */
export function probe(kind: Probe['kind'], connection: ConnectionEvidence, more: Partial<Probe> = {}): Probe {
  return { kind, connection, ...more };
}
