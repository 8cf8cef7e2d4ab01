import { expect, test } from 'vitest';
import { endReason, originAskedFor } from '../../src/client/endReason';
import { type End, isAskedAgain } from '../../src/client/http/end';
import type { Exchange } from '../../src/client/http/exchange';
import { type Redirect, RedirectError } from '../../src/client/http/redirect';
import { inEnglish } from '../../src/text/translate';

const response = (more: object) => ({ status: 200, statusText: 'OK', contentType: '', ...more }) as Exchange;
const failed = (error: Error, ...urls: string[]) => ({
  cause: 'network' as const,
  error,
  redirects: urls.map((url): Redirect => ({ status: 302, url, withheld: [], downgrade: false })),
});
const coded = (code: string, message = 'words') => Object.assign(new Error(message), { code });

test.each<[End, Exchange | undefined, string]>([
  [{ cause: 'end' }, undefined, 'The stream ended.'],
  [{ cause: 'noContent' }, undefined, 'The server answered 204: there is nothing more to come.'],
  [
    { cause: 'response' },
    response({ contentType: 'text/html' }),
    'The response is not an event stream: its type is text/html, not text/event-stream.',
  ],
  [{ cause: 'response' }, response({}), 'The response is not an event stream: its type is ?, not text/event-stream.'],
  [{ cause: 'response' }, response({ status: 404, statusText: 'Not Found' }), 'The server answered 404 Not Found.'],
])('%j reads as %3$j', (end, exchange, reason) => {
  expect(endReason(inEnglish, end, 'http://a/', exchange)).toBe(reason);
});

test.each([
  ['ECONNREFUSED', 'Nothing is listening on a:81. Is the server running?'],
  ['ENOTFOUND', 'The host a could not be found.'],
  ['EAI_AGAIN', 'The name a can’t be looked up: is there a network?'],
  ['EPROTO wrong version number', 'a:81 doesn’t speak TLS. Try http:// instead of https://.'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'a:81 doesn’t speak TLS.'],
  ['ETIMEDOUT', 'a:81 doesn’t answer.'],
  ['CERT_HAS_EXPIRED', 'The certificate of a:81 isn’t trusted: it has expired (CERT_HAS_EXPIRED).'],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'The certificate of a:81 isn’t trusted: it is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT).',
  ],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'isn’t trusted (SELF_SIGNED_CERT_IN_CHAIN).'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'isn’t trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE).'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'isn’t trusted: it is for another name (ERR_TLS_CERT_ALTNAME_INVALID).'],
  ['INVALID_PURPOSE', 'isn’t trusted (INVALID_PURPOSE).'],
  ['UNSPECIFIED', 'The certificate of a:81 isn’t trusted (words).'],
  ['ECONNRESET', 'The connection broke: ECONNRESET'],
  ['ERR_INCOMPLETE', 'The response ended before it was complete.'],
  ['HPE_INVALID_CHUNK_SIZE', 'The response is not valid HTTP: words'],
  ['HPE_HEADER_OVERFLOW', 'The head of the response is larger than 256 KB.'],
])('%s is explained', (code, reason) => {
  const said = endReason(inEnglish, failed(coded(code)), 'http://a:81/path', undefined);
  expect(said).toContain(reason);
  expect(said).not.toContain('redirected');
});

test.each(['CERT_HAS_EXPIRED', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'UNSPECIFIED'])(
  'a certificate that isn’t accepted, by %s, isn’t asked for again: the user decides',
  (code) => {
    expect(isAskedAgain(failed(coded(code)), false)).toBe(false);
    expect(isAskedAgain(failed(coded(code)), true)).toBe(true);
  },
);

test('an error without a message, such as for a name with several addresses, is explained by its code, or its name', () => {
  const several = Object.assign(new AggregateError([coded('ENETUNREACH')]), { code: 'ENETUNREACH' });
  const reasons = [several, new TypeError(), Object.assign(new Error(), { code: '' })].map((error) =>
    endReason(inEnglish, failed(error), 'http://a/', undefined),
  );
  expect(reasons).toEqual(['ENETUNREACH', 'TypeError', 'Error'].map((said) => `The connection broke: ${said}`));
  expect(endReason(inEnglish, { cause: 'response', failure: several }, 'http://a/', response({ status: 404 }))).toMatch(
    /ENETUNREACH$/,
  );
});

test.each([
  [new RedirectError('loop', 'words'), 'The server redirects in a loop.'],
  [new RedirectError('location', 'words'), 'The server redirects to an address that can’t be followed.'],
])('a redirect that isn’t followed is explained: %s', (error, reason) => {
  expect(endReason(inEnglish, failed(error), 'http://a/', undefined)).toBe(reason);
});

test('after redirects, the host that failed is named, and the one that redirected there', () => {
  const refused = coded('ECONNREFUSED');
  expect(endReason(inEnglish, failed(refused, 'http://b/'), 'http://a/', undefined)).toBe(
    'Nothing is listening on b. Is the server running? a redirected there.',
  );
  expect(endReason(inEnglish, failed(refused, 'http://b/', 'http://c:1/'), 'http://a/', undefined)).toBe(
    'Nothing is listening on c:1. Is the server running? b redirected there.',
  );
});

test('a host is named as it is shown, with a mask in it, even if that makes the URL invalid, or another one', () => {
  const [refused, unknown] = [coded('ECONNREFUSED'), coded('ENOTFOUND')];
  expect(endReason(inEnglish, failed(refused, 'http://xn--•••-k7a.b:9/'), 'http://a/', undefined)).toBe(
    'Nothing is listening on xn--•••-k7a.b:9. Is the server running? a redirected there.',
  );
  expect(endReason(inEnglish, failed(unknown, 'http://user@•••:9/'), 'http://a/', undefined)).toBe(
    'The host ••• could not be found. a redirected there.',
  );
  expect(endReason(inEnglish, failed(refused, '•••/x', 'http://c/'), 'http:\\\\a', undefined)).toBe(
    'Nothing is listening on c. Is the server running? ••• redirected there.',
  );
  expect(endReason(inEnglish, failed(refused, '•••'), 'no address', undefined)).toBe(
    'Nothing is listening on •••. Is the server running? ••• redirected there.',
  );
});

test('a body with a secret isn’t sent on: both servers are named, and the user is asked about the other', () => {
  const error = new RedirectError('secret', 'words', 'http://c');
  expect(endReason(inEnglish, failed(error), 'http://a/', undefined)).toBe(
    'a redirects to http://c, and the body holds a secret. It was not sent there.',
  );
  expect(endReason(inEnglish, failed(error, 'http://b/'), 'http://a/', undefined)).toBe(
    'b redirects to http://c, and the body holds a secret. It was not sent there.',
  );
  expect(originAskedFor(failed(error))).toBe('http://c');
});

test('the user isn’t asked about any other error', () => {
  const ends = [undefined, { cause: 'end' as const }, failed(coded('loop')), failed(new RedirectError('loop', ''))];
  expect(ends.map(originAskedFor)).toEqual([undefined, undefined, undefined, undefined]);
});
