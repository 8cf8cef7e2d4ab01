// `diagnoseEventStream`: what it finds, says, and leaves alone.
import { expect, test } from 'vitest';
import { diagnoseEventStream, RequestError, StreamError } from '../../src/api';
import type { DiagnosisProgress } from '../../src/api/diagnosis/diagnosis';
import { serveProbes } from '../support/servers/probedServer';
import { ended, refused } from '../support/servers/streamServer';

/** A short stream that resumes as asked, and that pages of all origins may read. */
const HEALTHY = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n';

function serveHealthy() {
  return serveProbes((response, request) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    ended(request.headers['last-event-id'] === undefined ? HEALTHY : 'id: 4\ndata: d\n\n')(response, request);
  });
}

test('a healthy stream has no finding that is proven or likely, and a list of what was checked', async () => {
  const { url } = await serveHealthy();
  const { findings, checked, evidence, verdict } = await diagnoseEventStream(url);
  expect(findings.filter(({ confidence }) => confidence === 'proven' || confidence === 'likely')).toEqual([]);
  expect(checked[0]).toMatch(/^The stream as it is: 3 events in 0\.\d s\.$/);
  expect(checked.length).toBeGreaterThan(5);
  expect(evidence.connections[0]).toMatchObject({ eventCount: 3, end: { cause: 'end' } });
  expect(verdict).toBeUndefined();
  expect(JSON.parse(JSON.stringify(evidence)).probes.length).toBeGreaterThan(4);
});

test('with an origin there is a verdict about a page of it', async () => {
  const { url } = await serveHealthy();
  const { verdict } = await diagnoseEventStream(url, { origin: 'http://localhost:5173' });
  expect(verdict).toMatchObject({ origin: 'http://localhost:5173', reads: true, reasons: [] });
  const closed = await serveProbes(ended(HEALTHY));
  const refusal = await diagnoseEventStream(closed.url, { origin: 'http://localhost:5173' });
  expect(refusal.verdict).toMatchObject({
    reads: false,
    reasons: [expect.stringMatching(/Access-Control-Allow-Origin/)],
  });
  const [cors] = refusal.findings.filter(({ id }) => id === 'cors');
  expect(cors).toMatchObject({ confidence: 'proven', text: expect.stringMatching(/\.$/) });
  expect(cors?.fix.some(({ code = '' }) => code.includes('http://localhost:5173'))).toBe(true);
});

test('a response that refuses is a finding, not an error', async () => {
  const { url } = await serveProbes(refused(401));
  const { findings, checked } = await diagnoseEventStream(url);
  expect(findings).toContainEqual(expect.objectContaining({ id: 'wrong-status', confidence: 'proven' }));
  expect(checked[0]).toMatch(/status is 401/);
});

test('a request that is no GET is made once, and the result says so', async () => {
  const server = await serveHealthy();
  const { checked } = await diagnoseEventStream(`curl ${server.url} -d '{"a":1}'`);
  expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
  expect(checked.at(-1)).toBe('No more than that: only a GET is made again unasked, not POST.');
});

test('no text has a secret of the request, even if the server sends it back', async () => {
  const server = await serveProbes((response, request) => {
    const token = String(request.headers.authorization);
    response.setHeader('X-Echo', token);
    ended(`event: error\ndata: {"message":"unknown: ${token}"}\n\n`.repeat(3))(response, request);
  });
  const diagnosis = await diagnoseEventStream(
    { url: `${server.url}?api_key=query-Secret-77`, headers: { Authorization: 'Bearer sesame-Open-123' } },
    { origin: 'http://localhost:5173' },
  );
  expect(diagnosis.findings.map(({ id }) => id)).toContain('failed-inside');
  expect(JSON.stringify(diagnosis)).not.toMatch(/sesame|query-Secret/);
});

test('neither has it one of the other address', async () => {
  const { url } = await serveHealthy();
  const other = await serveProbes((response, request) => {
    const asked = `${request.url} ${Buffer.from(String(request.headers.authorization).slice(6), 'base64')}`;
    response.setHeader('X-Echo', asked);
    ended(`event: error\ndata: {"message":"unknown: ${asked}"}\n\nnothing ${asked}\n\n`)(response, request);
  });
  const compare = `${other.url.replace('//', '//me:open-Sesame-9@')}?token=query-Secret-77&pin=4711`;
  const diagnosis = await diagnoseEventStream(url, { compare });
  const probe = diagnosis.evidence.probes.find(({ kind }) => kind === 'other');
  expect(probe?.connection.text.errors.first[0]?.text).toContain('unknown: /events?token=•••&pin=••• •••');
  expect(JSON.stringify(diagnosis)).not.toMatch(/Sesame|query-Secret|4711/);
});

test.each(['hunter2', 'http2', 'identity', 'information', 'failed-inside', 'events'])(
  'the secret “%s”, however short, is masked where the server repeats it, and in none of our words',
  async (secret) => {
    const { url } = await serveProbes((response, request) => {
      response.setHeader('X-Echo', `is ${secret}`);
      ended(`id: ${secret}\nevent: error\ndata: {"message":"unknown: ${secret}"}\n\n`)(response, request);
    });
    const { findings, evidence, checked } = await diagnoseEventStream(`${url}?password=${secret}`, { second: false });
    expect(findings.find(({ id }) => id === 'failed-inside')).toMatchObject({
      confidence: 'information',
      text: 'The answer says 200, the stream says: “⁨unknown: •••⁩” (events: 1).',
    });
    expect(evidence.probes.map(({ kind }) => kind)).toContain('identity');
    expect(evidence.connections[0]).toMatchObject({ events: [{ id: '•••', type: 'error' }], end: { cause: 'end' } });
    expect(Object.fromEntries(evidence.connections[0]?.head?.headers ?? [])).toMatchObject({ 'X-Echo': 'is •••' });
    expect(checked[0]).toMatch(/^The stream as it is: 1 event in/);
  },
);

test('the other address gets no credentials of this one', async () => {
  const [server, other] = [await serveHealthy(), await serveHealthy()];
  const request = { url: server.url, headers: { Authorization: 'Bearer sesame-Open-123' } };
  const { evidence } = await diagnoseEventStream(request, { compare: new URL(other.url) });
  expect(evidence.probes.map(({ kind }) => kind)).toContain('other');
  expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('without a second connection there is never more than one request', async () => {
  const server = await serveHealthy();
  const { checked } = await diagnoseEventStream(server.url, { second: false });
  expect(server.mostOpen).toBe(1);
  expect(checked.join()).toContain('only one at a time');
});

test('progress says what is asked', async () => {
  const { url } = await serveHealthy();
  const told: DiagnosisProgress[] = [];
  await diagnoseEventStream(url, { onProgress: (progress) => told.push(progress) });
  expect(told[0]).toEqual({ asking: ['first'], done: 0 });
  expect(told.at(-1)?.asking).toEqual([]);
});

test('an abort closes everything and rejects with its reason', async () => {
  const server = await serveProbes(
    (response) => void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders(),
  );
  const controller = new AbortController();
  const diagnosing = diagnoseEventStream(server.url, {
    signal: controller.signal,
    onProgress: ({ asking }) => {
      if (asking.length === 2) setTimeout(() => controller.abort(new Error('Enough.')), 50);
    },
  });
  await expect(diagnosing).rejects.toThrow('Enough.');
  await expect.poll(() => server.sockets).toBe(0);
});

test.each([
  ['http://127.0.0.1:1/', 'Nothing is listening on 127.0.0.1:1. Is the server running?'],
  ['http://no-such-host.invalid/', /^The (host|name) no-such-host\.invalid c/],
])('no response from %s is a StreamError with a sentence', async (url, sentence) => {
  const failing = diagnoseEventStream(url);
  await expect(failing).rejects.toBeInstanceOf(StreamError);
  await expect(failing).rejects.toThrow(sentence);
  await expect(failing).rejects.toMatchObject({ end: { cause: 'network', status: null } });
});

test.each([
  [{ origin: 'localhost:5173' }, TypeError, 'origin takes origins such as https://app.example:8080'],
  [{ compare: 'ftp://a.example/' }, TypeError, 'compare takes a URL that starts with http:// or https://.'],
  [{ compare: '' }, TypeError, 'compare takes a URL'],
])('the options %j are refused before anything is asked', async (options, kind, sentence) => {
  const server = await serveHealthy();
  const failing = diagnoseEventStream(server.url, options);
  await expect(failing).rejects.toBeInstanceOf(kind);
  await expect(failing).rejects.toThrow(sentence);
  expect(server.requests).toEqual([]);
});

test('a request that cannot be made as it is given is a RequestError', async () => {
  await expect(diagnoseEventStream('ftp://a.example/')).rejects.toBeInstanceOf(RequestError);
});
