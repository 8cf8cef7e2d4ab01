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

function found(more: Partial<HeadEvidence>, rest: Partial<ConnectionEvidence> = {}, probes: Probe[] = []): string[] {
  return foundBy(REFUSED_RULES, evidenceOf([connection({ head: head(more), ...rest })], { probes }));
}

function asked(more: Partial<RequestEvidence>): ConnectionEvidence {
  const { request } = connection();
  return connection({ request: { ...request, ...more } });
}

test('an event stream is refused by nobody', () => {
  expect(found({})).toEqual([]);
});

test.each([
  ['text/html', 'html'],
  ['application/json', 'json'],
  ['application/problem+json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['text/plain', 'other'],
  ['', 'none'],
])('the type “%s” is wrong', (contentType, variant) => {
  expect(found({ contentType, isStream: false })).toEqual([`wrong-type ${variant} proven`]);
});

test('HTML that begins with a doctype is a dev server’s index page, unless a redirect led to it', () => {
  const chunks = [{ number: 1, at: 6, size: 400, first: '3c21646f', last: '6d6c3e0a' }];
  const html = { contentType: 'text/html', isStream: false };
  expect(found(html, { chunks })).toEqual(['wrong-type index proven']);
  expect(found({ ...html, encoding: 'gzip' }, { chunks })).toEqual(['wrong-type html proven']);
  const redirects = [{ status: 302, url: 'http://localhost:3000/welcome' }];
  expect(found(html, { chunks, redirects })).toEqual(['wrong-type html proven']);
});

test('a stream of another type that is read all the same is refused by a browser', () => {
  expect(found({ contentType: 'text/plain', isStream: true })).toEqual(['wrong-type other proven']);
});

test.each([
  [401, 'forbidden'],
  [403, 'forbidden'],
  [404, '404'],
  [405, '405'],
  [406, '406'],
  [500, 'other'],
  [502, 'gateway'],
  [201, 'other'],
])('the status %i is wrong', (status, variant) => {
  expect(found({ status, isStream: false })).toEqual([`wrong-status ${variant} proven`]);
});

test('Retry-After is pointed out, as an EventSource ignores it', () => {
  expect(found({ status: 429, headers: [['Retry-After', '5']], isStream: false })).toEqual([
    'wrong-status later proven',
  ]);
});

test('204 is information, and hardly meant as a first answer', () => {
  expect(found({ status: 204, contentType: '', isStream: false })).toEqual(['told-to-stop first information']);
  expect(found({ status: 204, contentType: '', isStream: false }, { number: 2 })).toEqual([
    'told-to-stop after information',
  ]);
});

test.each([
  ['http://localhost:3000/login?next=%2Fevents', 'login'],
  ['https://accounts.example.org/', 'login'],
  ['https://other.example.org/welcome', 'elsewhere'],
])('a redirect to %s that ends at a page leads elsewhere', (url, variant) => {
  const redirects = [{ status: 302, url }];
  const page = found({ contentType: 'text/html', isStream: false }, { redirects });
  expect(page).toEqual([`sent-elsewhere ${variant} proven`, 'wrong-type html proven']);
});

test('a redirect from https to http is told', () => {
  const redirects = [{ status: 301, url: 'http://app.example.org/events/' }];
  const { request } = asked({ origin: 'https://app.example.org' });
  const page = found({ contentType: 'text/html', isStream: false }, { redirects, request });
  expect(page[0]).toBe('sent-elsewhere downgrade proven');
});

test('a redirect to the stream is right, wherever it leads', () => {
  const redirects = [{ status: 307, url: 'https://auth.example.org/login/events' }];
  expect(found({}, { redirects })).toEqual([]);
});

test('what an EventSource can’t send is information', () => {
  const variants = [
    asked({ method: 'POST', hasBody: true }),
    asked({ hasBody: true }),
    asked({ headers: ['accept', 'authorization'] }),
    asked({ headers: ['x-api-key'] }),
  ].map((made) => foundBy(REFUSED_RULES, evidenceOf([made])));
  expect(variants.flat()).toEqual([
    'not-for-EventSource method information',
    'not-for-EventSource body information',
    'not-for-EventSource authorization information',
    'not-for-EventSource headers information',
  ]);
});

test('a request copied from a browser is one that it can make', () => {
  const headers = ['accept', 'accept-language', 'cookie', 'sec-fetch-mode', 'user-agent', 'referer', 'last-event-id'];
  expect(foundBy(REFUSED_RULES, evidenceOf([asked({ headers })]))).toEqual([]);
});

test.each([
  [401, [], 'status proven'],
  [403, [], 'status likely'],
  [200, [{ status: 302, url: 'http://localhost:3000/login' }], 'redirect proven'],
])('a stream that answers %i without its cookie needs it', (status, redirects, expected) => {
  const refused = { ...asked({ fromOrigin: PAGE }), redirects, head: head({ status, contentType: 'text/html' }) };
  const evidence = evidenceOf([asked({ headers: ['cookie'] })], { probes: [probe('origin', refused)] });
  expect(foundBy(REFUSED_RULES, evidence)[0]).toBe(`needs-its-cookie ${expected}`);
});

test('a stream that comes without its cookie, or is of the page’s own origin, doesn’t need it', () => {
  const open = { ...asked({ fromOrigin: PAGE }), head: head({ headers: [['Access-Control-Allow-Origin', '*']] }) };
  const given = asked({ headers: ['cookie'] });
  const ids = (probes: Probe[]) => foundBy(REFUSED_RULES, evidenceOf([given], { probes })).join();
  expect(ids([probe('origin', open)])).not.toContain('cookie ');
  const own = { ...asked({ fromOrigin: given.request.origin }), head: head({ status: 401 }) };
  expect(ids([probe('origin', own)])).toBe('');
});

test('HTTP/1.1 alone is a hint, and only if it was asked for', () => {
  const plain = probe('http2', connection(), { http2: { alpn: '' } });
  expect(found({}, {}, [plain])).toEqual(['one-of-six plain hint']);
  const tls = asked({ origin: 'https://localhost:3000' });
  expect(found({}, {}, [probe('http2', tls, { http2: { alpn: 'http/1.1' } })])).toEqual(['one-of-six tls hint']);
  expect(found({}, {}, [probe('http2', tls, { http2: { alpn: 'h2' } })])).toEqual([]);
});

test('an error of HTTP/2’s protocol is a forbidden header if HTTP/1.1 works', () => {
  const failing = (error: string) => probe('http2', connection({ head: undefined }), { http2: { alpn: 'h2', error } });
  expect(found({}, {}, [failing('NGHTTP2_PROTOCOL_ERROR')])).toEqual(['forbidden-in-http2 proven']);
  expect(found({}, {}, [failing('ECONNRESET')])).toEqual([]);
  expect(foundBy(REFUSED_RULES, evidenceOf([], { probes: [failing('NGHTTP2_PROTOCOL_ERROR')] }))).toEqual([]);
});
