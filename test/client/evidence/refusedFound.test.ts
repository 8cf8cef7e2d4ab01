// Findings on what browsers refuse, from real servers: a dev server, a login page, other origins, HTTP/2.
import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import type { ConnectionEvidence, Evidence, Probe } from '../../../src/analysis/evidence/evidence';
import { REFUSED_RULES } from '../../../src/analysis/findings/refused/refusedRules';
import { eventSourceVerdict } from '../../../src/analysis/verdict/eventSourceVerdict';
import { foundBy } from '../../support/evidence/foundBy';
import { readEvidence } from '../../support/evidence/readEvidence';
import { serveMock } from '../../support/mock/serveMock';
import { askHttp2, serveHttp2 } from '../../support/servers/forbiddenHeader';
import { type Answer, ended, refused, serveInTurn } from '../../support/servers/streamServer';

const PAGE = 'http://localhost:5173';
const STREAM = 'data: 1\n\n';

type Headers = [name: string, value: string][];

/** Makes a request as a probe does. */
async function asked(url: string, kind: Probe['kind'], method: string, headers: Headers): Promise<Probe> {
  const { connections } = await readEvidence(url, { request: { method, headers } });
  const [connection] = connections as [ConnectionEvidence];
  return { kind, connection };
}

/** Reads the stream, and asks with the page's origin. @param headers of the user */
async function evidenceFor(url: string, headers: Headers = []): Promise<Evidence> {
  const evidence = await readEvidence(url, { request: { headers } });
  const others = headers.filter(([name]) => name.toLowerCase() !== 'cookie');
  return { ...evidence, probes: [await asked(url, 'origin', 'GET', [...others, ['Origin', PAGE]])] };
}

function withHeaders(headers: Record<string, string | string[]>): Answer {
  return (response) => void response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers }).end(STREAM);
}

test('a route that Vite doesn’t proxy is answered with the index page, and one that it does isn’t', async () => {
  const mock = await serveMock('data: 1\n\n:@ end\n');
  const proxy = { '/event': { target: new URL(mock.url).origin } };
  const root = 'test/e2e/frontEnd';
  const vite = await createServer({ root, configFile: false, logLevel: 'silent', server: { port: 0, proxy } });
  onTestFinished(() => vite.close());
  await vite.listen();
  const base = (vite.resolvedUrls?.local[0] ?? '').replace('localhost', '127.0.0.1');
  const accept: Headers = [['Accept', 'text/html, text/event-stream']];
  const evidence = await readEvidence(`${base}api/events`, { request: { headers: accept } });
  expect(foundBy(REFUSED_RULES, evidence)).toEqual(['wrong-type index proven']);
  const until = ({ connections: [first] }: Evidence) => first?.eventCount === 1;
  expect(foundBy(REFUSED_RULES, await readEvidence(`${base}event`, { until }))).toEqual([]);
});

test('JSON, and a status that isn’t 200, are refused', async () => {
  const { url } = await serveInTurn(
    (response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'),
    refused(503, { 'Retry-After': '5' }),
    refused(204),
  );
  const findings = [await readEvidence(url), await readEvidence(url), await readEvidence(url)];
  expect(findings.flatMap((evidence) => foundBy(REFUSED_RULES, evidence))).toEqual([
    'wrong-type json proven',
    'wrong-status gateway proven',
    'told-to-stop first information',
  ]);
});

test('a redirect to a login page is told with its address, and one to the stream isn’t', async () => {
  const { url } = await serveInTurn((response, { url: path }) => {
    if (path === '/') response.writeHead(302, { Location: '/login?next=/' }).end();
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><form>');
  });
  const evidence = await readEvidence(url);
  expect(foundBy(REFUSED_RULES, evidence)).toEqual(['sent-elsewhere login proven', 'wrong-type html proven']);
  const moved = await serveInTurn(refused(307, { Location: '/there' }), ended(STREAM));
  expect(foundBy(REFUSED_RULES, await readEvidence(moved.url))).toEqual([]);
});

test.each<[string, Record<string, string | string[]>, string[]]>([
  ['no header', {}, ['cors missing proven']],
  ['another origin', { 'Access-Control-Allow-Origin': 'http://localhost:3000' }, ['cors other proven']],
  ['two values', { 'Access-Control-Allow-Origin': [PAGE, '*'] }, ['cors two proven']],
  ['the origin alone', { 'Access-Control-Allow-Origin': PAGE }, ['cors vary hint']],
  ['the origin, and Vary', { 'Access-Control-Allow-Origin': PAGE, 'Vary': 'Origin' }, []],
  ['any origin', { 'Access-Control-Allow-Origin': '*' }, []],
])('a page of another origin and %s', async (_, headers, expected) => {
  const { url } = await serveInTurn(withHeaders(headers));
  const evidence = await evidenceFor(url);
  expect(foundBy(REFUSED_RULES, evidence)).toEqual(expected);
  expect(eventSourceVerdict(evidence, PAGE).reads).toBe(!expected.some((id) => id.endsWith('proven')));
  expect(eventSourceVerdict(evidence, new URL(url).origin).reads).toBe(true);
});

test('a cookie that is needed is told, and that any origin isn’t enough then', async () => {
  const { url } = await serveInTurn((response, { headers }) => {
    const status = headers.cookie === undefined ? 401 : 200;
    const sent = { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' };
    response.writeHead(status, sent).end(STREAM);
  });
  const evidence = await evidenceFor(url, [['Cookie', 'sid=1']]);
  expect(foundBy(REFUSED_RULES, evidence)).toEqual(['needs-its-cookie status proven', 'cors wildcard likely']);
  expect(eventSourceVerdict(evidence, PAGE).reasons.map(({ kind }) => kind)).toEqual(['credentials']);
  const open = await serveInTurn(withHeaders({ 'Access-Control-Allow-Origin': '*' }));
  const healthy = await evidenceFor(open.url, [['Cookie', 'sid=1']]);
  expect(eventSourceVerdict(healthy, PAGE).reads).toBe(true);
});

test('OPTIONS that is refused is told for a request that a browser asks about first', async () => {
  const { url } = await serveInTurn((response, { method }) => {
    const allowed = { 'Access-Control-Allow-Origin': '*' };
    if (method === 'OPTIONS') response.writeHead(405, allowed).end();
    else response.writeHead(200, { 'Content-Type': 'text/event-stream', ...allowed }).end(STREAM);
  });
  const headers: Headers = [['Authorization', 'Bearer s3cret']];
  const evidence = await readEvidence(url, { request: { headers } });
  const probes = [await asked(url, 'preflight', 'OPTIONS', [['Origin', PAGE]])];
  const findings = foundBy(REFUSED_RULES, { ...evidence, probes });
  expect(findings).toEqual(['cors preflight-status proven', 'not-for-EventSource authorization information']);
});

test('our own mock may be read by the pages that it allows', async () => {
  const mock = await serveMock('data: 1\n\n:@ end\n', { allowOrigins: [PAGE] });
  const evidence = await evidenceFor(mock.url);
  expect(foundBy(REFUSED_RULES, evidence)).toEqual([]);
  expect(eventSourceVerdict(evidence, PAGE).reads).toBe(true);
  expect(eventSourceVerdict(evidence, 'http://localhost:4000').reads).toBe(false);
});

test('a header of HTTP/1.1 that is sent over HTTP/2 breaks it', async () => {
  for (const [headers, expected] of [
    [{ connection: 'keep-alive' }, ['forbidden-in-http2 proven']],
    [{ 'cache-control': 'no-cache' }, []],
  ] as const) {
    const url = await serveHttp2({ ...headers });
    const evidence = await readEvidence(url);
    const [connection] = evidence.connections as [ConnectionEvidence];
    expect(connection.eventCount).toBe(1);
    const probes: Probe[] = [{ kind: 'http2', connection, http2: await askHttp2(url) }];
    expect(foundBy(REFUSED_RULES, { ...evidence, probes })).toEqual(expected);
  }
});
