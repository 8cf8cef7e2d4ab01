import { expect, test } from 'vitest';
import type {
  ConnectionEvidence,
  Evidence,
  HeadEvidence,
  RequestEvidence,
} from '../../../src/analysis/evidence/evidence';
import { eventSourceVerdict } from '../../../src/analysis/verdict/eventSourceVerdict';
import { verdictWords } from '../../../src/analysis/verdict/verdictWords';
import { inEnglish } from '../../../src/text/translate';
import { connection, evidenceOf, head, probe } from '../../support/evidence/evidence';

const OWN = 'http://localhost:3000';
const PAGE = 'http://localhost:5173';

function asked(request: Partial<RequestEvidence>, more: Partial<HeadEvidence> = {}): ConnectionEvidence {
  return connection({ request: { ...connection().request, ...request }, head: head(more) });
}

/** Returns the verdict's sentences: whether it is read, and why not. */
function verdict(evidence: Evidence, origin = OWN): string[] {
  const found = eventSourceVerdict(evidence, origin);
  const { text, reasons } = verdictWords(inEnglish, found);
  expect(found.reads).toBe(reasons.length === 0);
  expect(text).toContain(found.reads ? 'would read it' : 'would refuse it');
  return reasons;
}

test('a page of the stream’s own origin reads it', () => {
  expect(verdict(evidenceOf([connection()]))).toEqual([]);
  expect(verdict(evidenceOf([connection()]), `${OWN}/a/page?x=1`)).toEqual([]);
});

test.each<[Partial<HeadEvidence>, string]>([
  [{ status: 503 }, 'The status is 503, not 200.'],
  [{ status: 204 }, 'The status is 204, not 200.'],
  [{ contentType: 'text/html' }, 'The type is text/html, not text/event-stream.'],
  [{ contentType: '' }, 'The response names no type; it has to be text/event-stream.'],
  [{ charset: 'utf8' }, 'The charset is utf8, not UTF-8: Chromium refuses it.'],
])('a response is refused for %j', (more, reason) => {
  expect(verdict(evidenceOf([asked({}, more)]))).toEqual([reason]);
});

test('the latest answer counts, and none is none', () => {
  const evidence = evidenceOf([connection(), asked({}, { status: 502 })]);
  expect(verdict(evidence)).toEqual(['The status is 502, not 200.']);
  const end = { at: 5, cause: 'failed', code: 'ECONNREFUSED', unfinished: false } as const;
  expect(verdict(evidenceOf([connection({ head: undefined, end })]))).toEqual(['There is no response (ECONNREFUSED).']);
  expect(verdict(evidenceOf([]))).toEqual(['There is no response.']);
});

test('a request that it can’t make is a reason', () => {
  expect(verdict(evidenceOf([asked({ method: 'POST', hasBody: true })]))).toEqual(['It can’t send POST.']);
  expect(verdict(evidenceOf([asked({ hasBody: true })]))).toEqual(['It can’t send a body.']);
  expect(verdict(evidenceOf([asked({ headers: ['authorization'] })]))).toEqual(['It can’t send authorization.']);
});

test('a page of another origin needs to be allowed; if no request with it was made, that is said', () => {
  expect(verdict(evidenceOf([connection()]), PAGE)[0]).toMatch(/asked without an origin/);
  const probed = (headers: HeadEvidence['headers']) =>
    verdict(evidenceOf([connection()], { probes: [probe('origin', asked({ fromOrigin: PAGE }, { headers }))] }), PAGE);
  expect(probed([])).toEqual(['The response has no Access-Control-Allow-Origin.']);
  expect(probed([['Access-Control-Allow-Origin', OWN]])).toEqual([`The response allows ${OWN}, not ${PAGE}.`]);
  expect(probed([['Access-Control-Allow-Origin', PAGE]])).toEqual([]);
  const open = asked({}, { headers: [['access-control-allow-origin', '*']] });
  expect(verdict(evidenceOf([open]), PAGE)).toEqual([]);
});

test('with a cookie that is needed, credentials have to be allowed', () => {
  const headers: HeadEvidence['headers'] = [['Access-Control-Allow-Origin', '*']];
  const given = asked({ headers: ['cookie'] }, { headers });
  expect(verdict(evidenceOf([given]), PAGE)).toEqual([
    `With cookies, the response has to name ${PAGE} and to allow credentials.`,
  ]);
  const without = probe('origin', asked({ fromOrigin: PAGE }, { headers }));
  expect(verdict(evidenceOf([given], { probes: [without] }), PAGE)).toEqual([]);
});

test.each([
  ['http://stream.example.org', false],
  ['http://127.0.0.1:8080', true],
  ['http://localhost:8080', true],
  ['http://[::1]:8080', true],
  ['https://stream.example.org', true],
])('a page on https asks %s: %s', (origin, reads) => {
  const headers: HeadEvidence['headers'] = [['Access-Control-Allow-Origin', '*']];
  const reasons = verdict(evidenceOf([asked({ origin }, { headers })]), 'https://app.example.org');
  expect(reasons).toEqual(reads ? [] : [`A page on https may not ask ${origin}, which is on http.`]);
});

test('a redirect to http is mixed content, too', () => {
  const redirects = [{ status: 301, url: 'http://app.example.org/events' }];
  const given = { ...asked({ origin: 'https://app.example.org' }), redirects };
  expect(verdict(evidenceOf([given]), 'https://app.example.org')[0]).toContain('which is on http');
});

test('all reasons are given, the gravest first', () => {
  const given = asked({ method: 'POST' }, { status: 404 });
  expect(eventSourceVerdict(evidenceOf([given]), PAGE).reasons.map(({ kind }) => kind)).toEqual([
    'request',
    'status',
    'cors',
  ]);
});

test('text from outside is isolated and has an end', () => {
  const [reason = ''] = verdict(evidenceOf([asked({}, { contentType: `a/${'\u202e'.repeat(5000)}` })]));
  expect(reason).toContain('⟨U+202E⟩');
  expect(reason.length).toBeLessThan(2000);
});

test('a preflight’s answer is not that of the stream', () => {
  const allowed = asked({ fromOrigin: PAGE }, { headers: [['Access-Control-Allow-Origin', PAGE]] });
  const preflight = asked({ fromOrigin: PAGE, method: 'OPTIONS' }, { status: 405, headers: [] });
  const probes = [probe('origin', allowed), probe('preflight', preflight)];
  expect(verdict(evidenceOf([connection()], { probes }), PAGE)).toEqual([]);
});
