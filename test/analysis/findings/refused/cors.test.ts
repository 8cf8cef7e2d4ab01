import { expect, test } from 'vitest';
import type {
  ConnectionEvidence,
  HeadEvidence,
  Probe,
  RequestEvidence,
} from '../../../../src/analysis/evidence/evidence';
import { REFUSED_RULES } from '../../../../src/analysis/findings/refused/refusedRules';
import { connection, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { foundBy } from '../../../support/evidence/foundBy';

const PAGE = 'http://localhost:5173';

function asked(request: Partial<RequestEvidence>, more: Partial<HeadEvidence> = {}): ConnectionEvidence {
  return connection({ request: { ...connection().request, ...request }, head: head(more) });
}

/** Returns what is found about CORS if a probe with the page's origin gets these headers. */
function found(headers: HeadEvidence['headers'], given: Partial<RequestEvidence> = {}, more: Probe[] = []): string[] {
  const probes = [probe('origin', asked({ fromOrigin: PAGE }, { headers })), ...more];
  return corsIn(foundBy(REFUSED_RULES, evidenceOf([asked(given)], { probes })));
}

/** Returns what is found if the browser asks first, and gets these headers. */
function foundFirst(more: Partial<HeadEvidence>, given: Partial<RequestEvidence> = {}): string[] {
  const probes = [probe('preflight', asked({ method: 'OPTIONS', fromOrigin: PAGE }, { status: 204, ...more }))];
  return corsIn(foundBy(REFUSED_RULES, evidenceOf([asked(given)], { probes })));
}

function corsIn(findings: string[]): string[] {
  return findings.filter((finding) => finding.startsWith('cors')).map((finding) => finding.slice('cors '.length));
}

const allow = (value: string): [string, string] => ['Access-Control-Allow-Origin', value];
const COOKIE = { headers: ['cookie'] };

test.each<[string, HeadEvidence['headers'], string[]]>([
  ['no header', [], ['missing proven']],
  ['another origin', [allow('http://localhost:3000')], ['other proven']],
  ['two values in one header', [allow(`${PAGE}, *`)], ['two proven']],
  ['two headers', [allow('*'), allow('*')], ['two proven']],
  ['the origin, but the same to all', [allow(PAGE)], ['vary hint']],
  ['the origin, and Vary', [allow(PAGE), ['vary', 'Accept-Encoding, Origin']], []],
  ['the origin, never stored', [allow(PAGE), ['Cache-Control', 'no-store']], []],
  ['any origin', [allow('*')], []],
])('with %s', (_, headers, expected) => {
  expect(found(headers)).toEqual(expected);
});

test('with cookies, any origin isn’t enough, and credentials have to be allowed', () => {
  expect(found([allow('*')], COOKIE)).toEqual(['wildcard proven']);
  expect(found([allow(PAGE), ['Vary', 'Origin']], COOKIE)).toEqual(['credentials proven']);
  const credentials: [string, string] = ['Access-Control-Allow-Credentials', 'true'];
  expect(found([allow(PAGE), ['Vary', 'Origin'], credentials], COOKIE)).toEqual([]);
});

test('an error without the header is a hint if the stream has it', () => {
  const error = probe('resumed', asked({ fromOrigin: PAGE }, { status: 503, headers: [] }));
  expect(found([allow('*')], {}, [])).toEqual([]);
  const probes = [error, probe('origin', asked({ fromOrigin: PAGE }, { headers: [allow('*')] }))];
  expect(corsIn(foundBy(REFUSED_RULES, evidenceOf([asked({})], { probes })))).toEqual(['errors hint']);
});

test('of a response that is an error, nothing is proven about the stream', () => {
  const probes = [probe('origin', asked({ fromOrigin: PAGE }, { status: 401, headers: [] }))];
  expect(corsIn(foundBy(REFUSED_RULES, evidenceOf([asked({})], { probes })))).toEqual(['missing likely']);
});

test('a page of the stream’s own origin needs no permission, and without a probe nothing is known', () => {
  const own = asked({ fromOrigin: connection().request.origin }, { headers: [] });
  expect(foundBy(REFUSED_RULES, evidenceOf([asked({})], { probes: [probe('origin', own)] }))).toEqual([]);
  expect(foundBy(REFUSED_RULES, evidenceOf([asked({})]))).toEqual([]);
});

const BEARER = { headers: ['authorization'] };
const headersAllowed = (value: string): [string, string] => ['Access-Control-Allow-Headers', value];

test.each<[string, Partial<HeadEvidence>, Partial<RequestEvidence>, string[]]>([
  ['401', { status: 401, headers: [allow('*')] }, BEARER, ['preflight-status proven']],
  ['without an origin', { headers: [] }, BEARER, ['preflight-origin proven']],
  ['without the header', { headers: [allow('*')] }, BEARER, ['preflight-headers proven']],
  ['with any header', { headers: [allow('*'), headersAllowed('*')] }, BEARER, ['preflight-headers proven']],
  ['with the header', { headers: [allow('*'), headersAllowed('X-A, Authorization')] }, BEARER, []],
  ['with any other header', { headers: [allow('*'), headersAllowed('*')] }, { headers: ['x-key'] }, []],
  ['without the type', { headers: [allow('*')] }, { headers: ['content-type'] }, ['preflight-headers likely']],
  ['without the method', { headers: [allow('*')] }, { method: 'PATCH' }, ['preflight-method proven']],
  ['to POST', { headers: [allow('*')] }, { method: 'POST' }, []],
])('a preflight that is answered %s', (_, answer, request, expected) => {
  expect(foundFirst(answer, request)).toEqual(expected);
});
