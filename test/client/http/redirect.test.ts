// Search for secrets at a redirect: parts whose secrets were known before aren't searched again.
import { expect, test } from 'vitest';
import { redirected } from '../../../src/client/http/redirect';
import { KnownValues } from '../../../src/client/request/secrets/knownValues';
import { mask, partsWith } from '../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { get } from '../../support/client/requests';

const S = 'zq7Rw9XkP4';
const target = { status: 307, location: 'http://b/', homes: [] };
const held = (request: StreamRequest) => {
  const { request: masked, secrets } = mask(request);
  return partsWith(masked, secrets);
};

test('headers with a secret of any kind aren’t sent on, as found when the request was sent', () => {
  const request = get(
    'http://a/',
    ['X-Api-Key', S],
    ['X-A', `token=${S}`],
    ['X-B', JSON.stringify({ a: `b=c&token=${S}` })],
    ['X-C', `sk-${S}${S}${S}`],
    ['X-D', 'plain'],
    ['Last-Event-ID', '7'],
  );
  const { redirect, request: next } = redirected(request, { ...target, secret: held(request) });
  expect(redirect.withheld).toEqual(['X-Api-Key', 'X-A', 'X-B', 'X-C']);
  expect(next.headers).toEqual([
    ['X-D', 'plain'],
    ['Last-Event-ID', '7'],
  ]);
});

test('headers that were added later aren’t sent on because of their names, and an id because of its value, too', () => {
  const request = get('http://a/', ['X-A', 'b']);
  const secret = held(request);
  const later: StreamRequest = {
    ...request,
    headers: [...request.headers, ['Authorization', 'x'], ['Last-Event-ID', `token=${S}`]],
  };
  expect(redirected(later, { ...target, secret }).redirect.withheld).toEqual(['Authorization', 'Last-Event-ID']);
});

test('headers and body of a request are searched if its secrets aren’t known', () => {
  const request = get('http://a/', ['X-A', `token=${S}`]);
  expect(redirected(request, target).redirect.withheld).toEqual(['X-A']);
  expect(() => redirected({ ...request, body: `token=${S}` }, target)).toThrow('would take a secret');
});

test('the part of a URL that isn’t searched is never shown, even if masks shorten the rest', () => {
  const secret = { headers: [], body: false, values: [S.repeat(6)] };
  for (let across = 0; across < 60; across += 7) {
    const begin = `http://b/?token=${'x'.repeat(16_000)}&y=`;
    const location = `${begin}${'-'.repeat(16_384 - begin.length - across)}${S.repeat(6)}`;
    const { url } = redirected(get('http://a/'), { ...target, location, secret }).redirect;
    expect(url).not.toMatch(/zq7|7Rw|XkP|P4z/);
    expect(url.startsWith('http://b/?token=•••')).toBe(true);
    expect(url.endsWith('•••')).toBe(true);
  }
});

test.each([8, 9, 15, 16, 17, 31, 33, 40, 63, 64, 65, 130])('a secret of %i letters is hidden as a whole', (length) => {
  const value = Array.from({ length }, (_, index) => String.fromCharCode(97 + ((index * 7 + length) % 26))).join('');
  const secret = { headers: [], body: false, values: [value] };
  const known = new KnownValues(secret.values);
  // The same object serves a chain of redirects.
  for (const location of [`http://b/-/${value}/-`, `http://b/?q=%2541${value}`, `http://b/-/${value}/-`]) {
    const { url } = redirected(get('http://a/'), { ...target, location, secret }, known).redirect;
    expect(url).toBe(location.replace(value, '•••'));
  }
});
