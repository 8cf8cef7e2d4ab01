import { expect, test } from 'vitest';
import { mask, unmask } from '../../src/inspector/secrets';
import type { StreamRequest } from '../../src/inspector/streamRequest';

const get = (url: string, ...headers: [string, string][]): StreamRequest => ({
  method: 'GET',
  url,
  headers,
  insecure: false,
});

test.each([
  ['Authorization', 'Bearer sk-1', 'Bearer •••1'],
  ['authorization', 'sk-1', '•••1'],
  ['Cookie', 'a=b; c=d', '•••1'],
  ['x-api-key', 'k', '•••1'],
  ['X-Auth-Token', 't', '•••1'],
  ['X-Auth-Key', 'k', '•••1'],
  ['Ocp-Apim-Subscription-Key', 'k', '•••1'],
  ['Set-Cookie', 'a=1', '•••1'],
  ['Accept', 'text/event-stream', 'text/event-stream'],
  ['X-Request-Id', '7', '7'],
])('the header %s: %s is shown as %s', (name, value, shown) => {
  expect(mask(get('http://a/', [name, value])).request.headers).toEqual([[name, shown]]);
});

test.each([
  ['https://user:pass@a/?x=1', 'https://•••1@a/?x=1'],
  ['https://a/?x=1&api_key=k&y=2#z', 'https://a/?x=1&api_key=•••1&y=2#z'],
  ['https://a/s?key=k', 'https://a/s?key=•••1'],
  ['https://a/#access_token=t', 'https://a/#access_token=•••1'],
  ['https://user:p@ss@a/', 'https://•••1@a/'],
  ['https:/user:pw@a/', 'https:/•••1@a/'],
  ['https://a/key=k?monkey=1', 'https://a/key=k?monkey=1'],
])('the address %s is shown as %s', (url, shown) => {
  expect(mask(get(url)).request.url).toBe(shown);
});

test.each([
  ['{"model": "m", "api_key": "k\\"1", "max_tokens": 5}', '{"model": "m", "api_key": "•••1", "max_tokens": 5}'],
  ['user=u&password=p&token=t', 'user=u&password=•••1&token=•••2'],
  ['{"text": "a token=of love"}', '{"text": "a token=of love"}'],
])('the body %s is shown as %s, and comes back', (body, shown) => {
  const request = { ...get('http://a/'), method: 'POST', body };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).toBe(shown);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('what was masked comes back as it was', () => {
  const request = get('https://u:p@a/?token=t', ['Authorization', 'Bearer b'], ['Cookie', 'c=1']);
  const { request: masked, secrets } = mask(request);
  expect(secrets).toEqual(['b', 'c=1', 'u:p', 't']);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('what is masked already stays so, and what is new gets the next mask', () => {
  const request = get('http://a/?token=n', ['Authorization', 'Bearer •••1']);
  const { request: masked, secrets } = mask(request, ['old']);
  expect(masked.headers).toEqual([['Authorization', 'Bearer •••1']]);
  expect(masked.url).toBe('http://a/?token=•••2');
  expect(secrets).toEqual(['old', 'n']);
});

test('what is typed behind a mask is one secret with it', () => {
  const { request, secrets } = mask(get('http://a/', ['Authorization', 'Bearer •••1x']), ['old']);
  expect(request.headers).toEqual([['Authorization', 'Bearer •••2']]);
  expect(unmask(request, secrets).headers).toEqual([['Authorization', 'Bearer oldx']]);
});

test('a member of JSON whose value looks like a parameter comes back whole', () => {
  const request = { ...get('http://a/'), method: 'POST', body: '{"url":"https://x/?a=1&token=abc","api_key":"KEY"}' };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).not.toMatch(/abc|KEY/);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('a mask of which the secret is gone stays a mask', () => {
  expect(unmask(get('http://a/?token=•••3'), ['one']).url).toBe('http://a/?token=•••3');
});
