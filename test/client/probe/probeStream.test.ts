// The probes of a diagnosis: each asks what it should, and nothing more.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { ProbeKind } from '../../../src/analysis/evidence/evidence';
import type { ProbedStream, ProbeOptions, ProbeProgress } from '../../../src/client/probe/probedStream';
import { probeStream } from '../../../src/client/probe/probeStream';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { serveProbes } from '../../support/servers/probedServer';
import { type Answer, ended, oneAtATime, open, refused } from '../../support/servers/streamServer';

const THREE = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n';
/** Short ones, for tests that wait for a limit. */
const SOON = { time: 400, total: 3000, wait: 200 };

function requestFor(url: string, more: Partial<StreamRequest> = {}): StreamRequest {
  return { method: 'GET', url, headers: [], insecure: false, ...more };
}

async function probe(url: string, options: ProbeOptions = {}, more: Partial<StreamRequest> = {}) {
  return probeStream(requestFor(url, more), { limits: SOON, ...options });
}

function connectionOf({ evidence }: ProbedStream, kind: ProbeKind) {
  return evidence.probes.find((made) => made.kind === kind)?.connection;
}

/** Returns the requests that a server got with these values of these headers, as text. */
function summary({ method, headers }: IncomingMessage, ...names: string[]): string {
  return [method, ...names.map((name) => `${name}: ${headers[name] ?? '-'}`)].join(' ');
}

test('a healthy stream is asked for as it was, beside itself, by HEAD, by codings, behind its third event, and for any type', async () => {
  const server = await serveProbes(open(THREE));
  const { evidence, asked, leftOut, response } = await probe(server.url);
  expect(
    server.requests.map((request) => summary(request, 'accept', 'accept-encoding', 'last-event-id')).sort(),
  ).toEqual([
    'GET accept: */* accept-encoding: - last-event-id: -',
    'GET accept: text/event-stream accept-encoding: - last-event-id: -',
    'GET accept: text/event-stream accept-encoding: - last-event-id: -',
    'GET accept: text/event-stream accept-encoding: - last-event-id: 3',
    expect.stringMatching(
      /^GET accept: text\/event-stream accept-encoding: gzip, deflate, br(, zstd)? last-event-id: -$/,
    ),
    'GET accept: text/event-stream accept-encoding: identity last-event-id: -',
    'HEAD accept: text/event-stream accept-encoding: - last-event-id: -',
  ]);
  expect(asked.toSorted()).toEqual(['anyType', 'browser', 'head', 'identity', 'resumed', 'second']);
  expect([leftOut, response?.status]).toEqual([[{ kind: 'origin', reason: 'noOrigin' }], 200]);
  expect(evidence.connections).toMatchObject([
    { number: 1, eventCount: 3, head: { status: 200, isStream: true }, end: { cause: 'left' } },
  ]);
  expect(evidence.probes.map(({ connection }) => connection.head?.status)).toEqual(Array(6).fill(200));
  const times = evidence.probes.map(({ connection }) => connection.requestedAt);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(JSON.parse(JSON.stringify(evidence)).probes).toHaveLength(6);
});

test('with an origin, it is asked for from there without the cookie, and as a page would ask first', async () => {
  const server = await serveProbes(open(THREE));
  const headers: [string, string][] = [
    ['Cookie', 'session=1'],
    ['Authorization', 'Bearer abc'],
    ['X-Tenant', '7'],
    ['Accept-Language', 'en'],
    ['User-Agent', 'test'],
  ];
  const { asked } = await probe(server.url, { origin: 'http://localhost:5173' }, { headers });
  expect(asked).toEqual(expect.arrayContaining(['origin', 'preflight']));
  const from = server.requests.filter((request) => request.headers.origin === 'http://localhost:5173');
  const names = [
    'cookie',
    'authorization',
    'x-tenant',
    'access-control-request-method',
    'access-control-request-headers',
  ];
  expect(from.map((request) => summary(request, ...names)).sort()).toEqual([
    'GET cookie: - authorization: Bearer abc x-tenant: 7 access-control-request-method: - access-control-request-headers: -',
    'OPTIONS cookie: - authorization: - x-tenant: - access-control-request-method: GET access-control-request-headers: authorization,x-tenant',
  ]);
  // All others are as the user asked.
  const others = server.requests.filter((request) => request.headers.origin === undefined);
  expect(
    new Set(others.map((request) => summary(request, 'cookie', 'authorization', 'x-tenant').slice(4).trim())),
  ).toEqual(new Set(['cookie: session=1 authorization: Bearer abc x-tenant: 7']));
});

test('a page that need not ask first makes no OPTIONS', async () => {
  const server = await serveProbes(open(THREE));
  const { asked } = await probe(server.url, { origin: 'http://localhost:5173' });
  expect([asked.includes('origin'), asked.includes('preflight')]).toEqual([true, false]);
  expect(server.requests.map(({ method }) => method)).not.toContain('OPTIONS');
});

test('a page of the stream’s own origin is not asked about', async () => {
  const server = await serveProbes(open(THREE));
  const { asked, leftOut } = await probe(server.url, { origin: server.origin });
  expect([asked.includes('origin'), leftOut]).toEqual([false, [{ kind: 'origin', reason: 'sameOrigin' }]]);
});

test('no secret goes to another address of another origin', async () => {
  const [server, other] = [await serveProbes(open(THREE)), await serveProbes(open(THREE))];
  const headers: [string, string][] = [
    ['Cookie', 'session=1'],
    ['Authorization', 'Bearer abc'],
    ['X-Code', 'hidden-value'],
    ['X-Tenant', '7'],
    ['Host', 'example.org'],
  ];
  const secret = { headers: ['x-code'], body: false, values: ['hidden-value'] };
  const options = { compare: `${other.origin}/direct?a=1`, secret };
  const { asked, evidence } = await probe(server.url, options, { headers });
  expect(asked).toContain('other');
  expect(other.requests.map(({ url }) => url)).toEqual(['/direct?a=1']);
  const [got] = other.requests;
  expect(JSON.stringify(got?.rawHeaders)).not.toMatch(/session|abc|hidden/);
  expect([got?.headers['x-tenant'], got?.headers.host]).toEqual(['7', other.origin.slice('http://'.length)]);
  expect(JSON.stringify(evidence)).not.toMatch(/session=|Bearer|hidden/);
});

test('another address of the same origin gets the credentials', async () => {
  const server = await serveProbes(open(THREE));
  await probe(server.url, { compare: `${server.origin}/direct` }, { headers: [['Authorization', 'Bearer abc']] });
  const direct = server.requests.filter(({ url }) => url === '/direct');
  expect(direct.map(({ headers }) => headers.authorization)).toEqual(['Bearer abc']);
});

test('a redirect of a probe to another origin takes no secret there', async () => {
  const other = await serveProbes(open(THREE));
  const server = await serveProbes((response) => void response.writeHead(307, { Location: other.url }).end());
  const { evidence } = await probe(
    server.url,
    { origin: 'http://a.example' },
    {
      headers: [
        ['Cookie', 'session=1'],
        ['Authorization', 'Bearer abc'],
      ],
    },
  );
  expect(other.requests.length).toBeGreaterThan(5);
  for (const { headers } of other.requests)
    expect([headers.cookie, headers.authorization]).toEqual([undefined, undefined]);
  expect(evidence.connections[0]?.redirects).toEqual([{ status: 307, url: other.url }]);
});

test.each(['POST', 'PUT', 'DELETE'])('a stream that is asked for by %s is asked for once', async (method) => {
  const server = await serveProbes(open(THREE));
  const { asked, leftOut, evidence } = await probe(
    server.url,
    { origin: 'http://a.example', compare: `${server.origin}/b` },
    { method, body: '{}' },
  );
  expect(server.requests.map((request) => request.method)).toEqual([method]);
  expect([asked, leftOut, evidence.connections[0]?.eventCount]).toEqual([[], [{ reason: 'method' }], 3]);
});

test('nothing but GET, HEAD and OPTIONS is ever sent beside the stream’s own request', async () => {
  const server = await serveProbes(open(THREE));
  await probe(server.url, { origin: 'http://a.example', compare: `${server.origin}/b` }, { headers: [['X-A', '1']] });
  expect([...new Set(server.requests.map(({ method }) => method))].sort()).toEqual(['GET', 'HEAD', 'OPTIONS']);
});

test('at most three requests are open at once', async () => {
  const server = await serveProbes(open('data: 1\n\n'));
  await probe(server.url, { origin: 'http://a.example', compare: `${server.origin}/b` }, { headers: [['X-A', '1']] });
  // Nine, but for those that a busy machine has no time for.
  expect(server.requests.length).toBeGreaterThan(5);
  expect(server.mostOpen).toBe(3);
});

test('without a second connection there is never more than one', async () => {
  const server = await serveProbes(open(THREE));
  const { asked, leftOut } = await probe(server.url, { second: false });
  expect(server.mostOpen).toBe(1);
  expect([asked.includes('second'), leftOut[0]]).toEqual([false, { kind: 'second', reason: 'unwanted' }]);
});

test('a server that answers one at a time goes on with the second when the first is closed, and is then asked one by one', async () => {
  const server = await serveProbes(oneAtATime(open(THREE)));
  // Of its time the second waits for 200 ms, and on a busy machine for its answer.
  const { evidence } = await probe(server.url, { limits: { ...SOON, time: 1500, total: 15_000 } });
  const second = evidence.probes.find(({ kind }) => kind === 'second');
  expect(second?.connection.head?.status).toBe(200);
  const [closedAt = 0, headAt = 0] = [second?.firstClosedAt, second?.connection.head?.at];
  expect(closedAt).toBeGreaterThanOrEqual(SOON.wait - 5);
  // The server may see the first leave before we have noted that we closed it.
  expect(headAt).toBeGreaterThan(closedAt - 50);
  // The second waited beside the first; nobody else did.
  expect(server.mostOpen).toBe(2);
  expect(connectionOf({ evidence } as ProbedStream, 'identity')?.eventCount).toBe(3);
});

test('a stream that its server ends for a second one is read again alone, and then asked one by one', async () => {
  let last: ServerResponse | undefined;
  const server = await serveProbes((response, request) => {
    last?.destroy();
    last = response;
    open('data: 1\n\n')(response, request);
  });
  const { evidence } = await probe(server.url);
  expect(evidence.connections).toMatchObject([{ number: 1, end: { cause: 'left' } }]);
  expect(connectionOf({ evidence } as ProbedStream, 'identity')?.end?.cause).toBe('left');
  expect(server.mostOpen).toBe(2);
});

test('a stream that ends by itself, also without a second one, is read again once', async () => {
  const server = await serveProbes(ended('data: 1\n\n'));
  const { evidence } = await probe(server.url);
  expect(evidence.connections).toMatchObject([{ end: { cause: 'end' } }]);
  const plain = server.requests.filter(
    ({ method, headers }) => method === 'GET' && headers['accept-encoding'] === undefined,
  );
  // Itself, the second, itself alone, and the one for any type.
  expect(plain.length).toBeLessThanOrEqual(4);
});

test('the first connection stays for the second though it is full', async () => {
  const server = await serveProbes((response, request) => {
    const isSecond = server.requests.length === 2;
    const answer = () => open(`data: ${'x'.repeat(30_000)}\n\n`.repeat(10))(response, request);
    if (isSecond) setTimeout(answer, 100);
    else answer();
  });
  const { evidence } = await probe(server.url, { limits: { time: 2000, total: 5000, wait: 1000 } });
  const second = evidence.probes.find(({ kind }) => kind === 'second');
  expect(second?.connection.head?.at).toBeGreaterThan(90);
  expect(second?.firstClosedAt ?? 9999).toBeGreaterThanOrEqual(second?.connection.head?.at ?? 0);
});

test('a body is read up to 64 KB, and one without end is closed at once', async () => {
  const line = `data: ${'x'.repeat(1000)}\n\n`;
  const server = await serveProbes((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const go = () => {
      while (!response.destroyed && response.write(line));
    };
    response.on('drain', go);
    go();
  });
  const { evidence } = await probeStream(requestFor(server.url));
  const sizes = [...evidence.connections, ...evidence.probes.map(({ connection }) => connection)].map(
    ({ text }) => text.bytes,
  );
  expect(Math.max(...sizes)).toBeLessThan(64 * 1024 + 64 * 1024);
  expect(evidence.connections[0]?.text.bytes).toBeGreaterThanOrEqual(64 * 1024);
  expect(evidence.now).toBeLessThan(9000);
});

test('a silent server is asked within the time for each, and within the time for all', async () => {
  const server = await serveProbes(() => {});
  const { evidence, leftOut } = await probe(server.url, { limits: { time: 200, total: 250, atOnce: 2 } });
  expect(evidence.connections[0]).toMatchObject({ head: undefined, end: { cause: 'left' } });
  expect(evidence.now).toBeLessThan(1500);
  expect(leftOut.map(({ reason }) => reason)).toContain('noTime');
  expect(leftOut).toContainEqual({ kind: 'second', reason: 'ended' });
});

test('an abort closes every connection at once and rejects with its reason', async () => {
  const server = await serveProbes(open('data: 1\n\n'));
  const controller = new AbortController();
  let most = 0;
  const probing = probeStream(requestFor(server.url), {
    signal: controller.signal,
    limits: { time: 1000 },
    onProgress: ({ asking }) => {
      most = Math.max(most, asking.length);
      if (asking.length === 3) setTimeout(() => controller.abort(new Error('Enough.')), 20);
    },
  });
  await expect(probing).rejects.toThrow('Enough.');
  await expect.poll(() => [server.sockets, server.open]).toEqual([0, 0]);
  expect([most, server.requests.length]).toEqual([3, server.requests.length]);
  const asked = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.requests.length).toBe(asked);
});

test('a signal that is aborted already asks nothing', async () => {
  const server = await serveProbes(open(THREE));
  await expect(probe(server.url, { signal: AbortSignal.abort(new Error('Enough.')) })).rejects.toThrow('Enough.');
  expect(server.requests.length).toBe(0);
});

test('no connection is left when it is over', async () => {
  const server = await serveProbes(open('data: 1\n\n'));
  await probe(server.url);
  await expect.poll(() => server.sockets).toBe(0);
});

test('progress says what is asked, and how much is over', async () => {
  const server = await serveProbes(open(THREE));
  const told: ProbeProgress[] = [];
  await probe(server.url, { onProgress: (progress) => told.push(progress) });
  expect(told[0]).toEqual({ asking: ['first'], done: 0 });
  expect(told[1]).toEqual({ asking: ['first', 'second'], done: 0 });
  expect(told.at(-1)).toEqual({ asking: [], done: 7 });
  expect(Math.max(...told.map(({ asking }) => asking.length))).toBeLessThanOrEqual(3);
});

test('an error in the handler of progress ends it', async () => {
  const server = await serveProbes(open(THREE));
  const failing = probe(server.url, {
    onProgress: () => {
      throw new Error('Broken handler.');
    },
  });
  await expect(failing).rejects.toThrow('Broken handler.');
  await expect.poll(() => server.sockets).toBe(0);
});

test('a server that nothing listens for is asked once', async () => {
  const { evidence, asked, end, response } = await probe('http://127.0.0.1:1/');
  expect([asked, response]).toEqual([[], undefined]);
  expect(end).toMatchObject({ cause: 'network', error: { code: 'ECONNREFUSED' } });
  expect(evidence.connections).toMatchObject([{ end: { cause: 'failed', code: 'ECONNREFUSED' } }]);
});

test.each<[string, Answer]>([
  ['401', refused(401)],
  ['another type', (response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>')],
  ['204', refused(204)],
])('a response of %s is asked about from its origin, for any type and at the other address only', async (_, answer) => {
  const server = await serveProbes(answer);
  const { asked, leftOut } = await probe(server.url, { origin: 'http://a.example', compare: `${server.origin}/b` });
  expect(asked.toSorted()).toEqual(['anyType', 'origin', 'other']);
  expect(leftOut.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual([
    'browser noStream',
    'identity noStream',
    'resumed noStream',
  ]);
});

test('a type that comes much later is asked for in turn, three times', async () => {
  const server = await serveProbes((response, request) => {
    if (request.headers.accept === '*/*') setTimeout(() => ended('data: 1\n\n')(response, request), 1300);
    else ended('data: 1\n\n')(response, request);
  });
  const { evidence } = await probe(server.url, { limits: { time: 5000, total: 20_000 } });
  const kinds = evidence.probes.map(({ kind }) => kind).filter((kind) => kind === 'again' || kind === 'anyType');
  expect(kinds).toEqual(['anyType', 'again', 'anyType', 'again', 'anyType']);
});

test('fewer than three ids are not resumed behind', async () => {
  const server = await serveProbes(open('id: 1\ndata: a\n\ndata: b\n\ndata: c\n\n'));
  const { asked, leftOut } = await probe(server.url);
  expect([asked.includes('resumed'), leftOut.at(-1)]).toEqual([false, { kind: 'resumed', reason: 'noIds' }]);
});

test('a compressor that does not flush is seen beside the same stream without compression', async () => {
  const server = await serveProbes((response: ServerResponse, request) => {
    const isCoded = /gzip/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, { 'Content-Type': 'text/event-stream', ...(isCoded && { 'Content-Encoding': 'gzip' }) });
    // The head of gzip: all that an unflushed compressor gives.
    response.write(isCoded ? Buffer.from('1f8b0800000000000003', 'hex') : THREE);
  });
  const found = await probe(server.url, { limits: { time: 1500, total: 6000, wait: 200 } });
  expect(connectionOf(found, 'browser')).toMatchObject({
    eventCount: 0,
    received: { bytes: 10 },
    head: { encoding: 'gzip' },
  });
  expect(connectionOf(found, 'identity')).toMatchObject({ eventCount: 3, head: { encoding: '' } });
  // The one waits for the other, so that both had the same time.
  const ends = (['identity', 'browser'] as const).map((kind) => connectionOf(found, kind)?.end?.at ?? Number.NaN);
  expect(Math.min(...ends) / Math.max(...ends)).toBeGreaterThan(0.5);
});
