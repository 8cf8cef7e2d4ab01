import { expect, test } from 'vitest';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import {
  BadFormError,
  fromForm,
  isTooLarge,
  MAX_REQUEST,
  maskForm,
  sizeOf,
  toForm,
} from '../../../../src/extension/inspector/form/requestForm';
import { readStored } from '../../../../src/extension/inspector/stored/storedRequest';
import { form } from '../../../support/inspector/forms';

/** Returns the reason why the form can't be sent; undefined if it can. */
function refusalOf(more: Parameters<typeof form>[0]): string | undefined {
  try {
    fromForm(form(more));
    return undefined;
  } catch (error) {
    if (!(error instanceof BadFormError)) throw error;
    return error.message;
  }
}

test('a request survives the conversion to a form and back; its Last-Event-ID becomes a field', () => {
  const request: StreamRequest = {
    method: 'POST',
    url: 'https://a/b?c=d#e',
    headers: [
      ['Accept', '*/*'],
      ['LAST-event-id', '7'],
      ['X-Empty', ''],
    ],
    body: ' {"a": 1}\n',
    insecure: true,
  };
  const shown = toForm(request);
  expect(shown).toEqual({
    method: 'POST',
    url: 'https://a/b?c=d#e',
    headers: 'Accept: */*\nX-Empty: ',
    body: ' {"a": 1}\n',
    lastEventId: '7',
    insecure: true,
    reconnect: false,
  });
  const headers = request.headers.filter(([name]) => name !== 'LAST-event-id');
  expect(fromForm(shown)).toEqual({ ...request, headers });
});

test('only a GET is repeated automatically', () => {
  const request = { url: 'http://a/', headers: [], insecure: false };
  expect(toForm({ ...request, method: 'GET' })).toMatchObject({ reconnect: true, body: '', lastEventId: '' });
  expect(toForm({ ...request, method: 'POST' }).reconnect).toBe(false);
  expect(toForm({ ...request, method: 'HEAD' }).reconnect).toBe(false);
});

test('an empty method is GET, and an empty body is none', () => {
  expect(fromForm(form({ method: '  ' }))).toEqual({
    method: 'GET',
    url: 'http://a/',
    headers: [],
    body: undefined,
    insecure: false,
  });
});

test('blanks around a method, a URL, a header and its value are ignored, but not blanks within', () => {
  const read = fromForm(form({ method: ' PUT ', url: ' http://a/ ', headers: '\n  A:\t b  c\t \n \n\tB:d\n' }));
  expect(read).toMatchObject({ method: 'PUT', url: 'http://a/' });
  expect(read.headers).toEqual([
    ['A', 'b  c'],
    ['B', 'd'],
  ]);
});

test('a value may contain colons, or consist of blanks', () => {
  expect(fromForm(form({ headers: 'A: b:c: d\nB: \t ' })).headers).toEqual([
    ['A', 'b:c: d'],
    ['B', ''],
  ]);
});

test.each([
  [{ method: 'A B' }, '“A B” is not a valid HTTP method.'],
  [{ url: '' }, 'There is no URL.'],
  [{ url: '  ' }, 'There is no URL.'],
  [{ url: 'ftp://a/' }, 'The URL must start with http:// or https://.'],
  [{ url: 'xhttp://a/' }, 'The URL must start with http:// or https://.'],
  [{ url: 'http://a b/' }, 'The URL is not valid. Correct it.'],
  [{ url: 'https://' }, 'The URL is not valid. Correct it.'],
  [{ url: 'a' }, 'The URL must start with http:// or https://.'],
  [{ headers: 'A: b\nC d' }, '“C …” is not a header: write `Name: value`.'],
  [{ headers: ': d' }, 'is not a header'],
  [{ headers: 'A B: d' }, 'is not a header'],
  [{ headers: 'A: b\u0001' }, 'The header A has a character that headers can’t carry.'],
])('the form with %j is refused in words', (more, reason) => {
  expect(refusalOf(more)).toContain(reason);
});

test('a request of up to 1 MB is accepted, all of its parts together', () => {
  expect(MAX_REQUEST).toBe(1024 * 1024);
  const [url, headers] = ['http://a/', 'A: b'];
  const body = 'x'.repeat(MAX_REQUEST - 'POST'.length - url.length - headers.length);
  const largest = form({ method: 'POST', url, headers, body });
  expect(sizeOf(largest)).toBe(MAX_REQUEST);
  expect(fromForm(largest).body).toBe(body);
  for (const part of ['method', 'url', 'headers', 'body'] as const)
    expect(refusalOf({ ...largest, [part]: `${largest[part]}x` })).toBe('The request is longer than 1 MB. Shorten it.');
});

test.each([
  [{ url: `http://a/${'x'.repeat(64 * 1024)}` }, 'The URL is longer than 64 KB. Shorten it.'],
  [{ url: `http://${'x'.repeat(254)}/` }, 'The host of the URL is longer than 253 characters, the limit of DNS.'],
  [{ headers: `${'x'.repeat(257)}:1` }, 'The name of a header is longer than 256 characters. Shorten it.'],
  [{ headers: `x:${'1'.repeat(64 * 1024)}` }, 'The headers are longer than 64 KB together. Shorten them.'],
  [{ headers: 'x:1\n'.repeat(501) }, 'There are more than 500 headers. Remove some.'],
  [
    { lastEventId: 'x'.repeat(MAX_REQUEST + 1) },
    'The Last-Event-ID is larger than 8,000 bytes, or has characters that headers can’t carry.',
  ],
])('what no server takes is refused in words, and not looked through while it is edited (case %#)', (more, reason) => {
  expect(refusalOf(more)).toBe(reason);
  expect(isTooLarge(form(more))).toBe(true);
  expect(readStored({ id: 'a', form: form(more) })).toBeUndefined();
  expect(isTooLarge(form({ headers: 'x:1\ny' }))).toBe(false);
});

test('invalid header lines are left out of a form that is being edited, and secrets are masked', () => {
  const { form: masked, secrets } = maskForm(
    form({ url: 'http://a/?token=t', headers: 'Accept: */*\nAuthoriz\nAuthorization: Bearer k', lastEventId: '7' }),
    [],
  );
  expect(masked).toEqual(
    form({ url: 'http://a/?token=•••2', headers: 'Accept: */*\nAuthorization: Bearer •••1', lastEventId: '7' }),
  );
  expect(secrets.map(({ number, value }) => [number, value])).toEqual([
    [1, 'k'],
    [2, 't'],
  ]);
});

test.each(['', 'http', 'http:', 'tok', 'sk-live', 'ftp://a/?x=1', 'javascript:1'])(
  'of %j, which isn’t an address yet, nothing is kept',
  (url) => {
    expect(maskForm(form({ url }), []).form.url).toBe('');
  },
);

test('a URL in capitals, or with a leading blank, is valid', () => {
  expect(maskForm(form({ url: 'HTTPS://a/' }), []).form.url).toBe('HTTPS://a/');
  expect(maskForm(form({ url: ' http://a/' }), []).form.url).toBe(' http://a/');
});
