// Many secrets in one request: each costs the same, however long what stands around it, and however alike they are.
import { expect, test } from 'vitest';
import { redirected } from '../../src/inspector/redirect';
import { mask, partsWith, type Secret, strays, unmaskedLength } from '../../src/inspector/secrets';
import { ownTime } from '../support/ownTime';
import { get, post } from '../unit/requests';

const numbered = <T>(count: number, create: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => create(i));
const secretOf = (number: number): Secret => ({ number, value: `v${number}`, origin: 'http://b', place: 'body' });

test.each([
  [
    'a long host',
    { ...get(`http://${'a'.repeat(500_000)}/`), body: JSON.stringify(numbered(900, (i) => ({ token: `x${i}` }))) },
  ],
  ['a long name', get('http://h/', ['a'.repeat(500_000), numbered(900, (i) => `token=x${i}`).join('&')])],
])('900 secrets beside %s are masked in less than a second', (_, request) => {
  expect(ownTime(() => expect(mask(request).secrets).toHaveLength(900))).toBeLessThan(1000);
});

test('of 20,000 headers with a secret each, those with one are told in less than a second', () => {
  const request = get('http://h/', ...numbered(20_000, (i): [string, string] => [`a${i}`, `key=${i}`]));
  const { request: masked, secrets } = mask(request);
  const time = ownTime(() => {
    const secret = partsWith(masked, secrets);
    redirected(request, { status: 302, location: 'http://g/', homes: [], secret });
  });
  expect(time).toBeLessThan(1000);
});

test('20,000 masks that stand elsewhere, each under a name of its own, are found in less than a second', () => {
  const body = JSON.stringify(Object.fromEntries(numbered(20_000, (i) => [`a${i}`, `•••${i + 1}`])));
  const secrets = numbered(20_000, (i) => secretOf(i + 1));
  expect(ownTime(() => expect(strays(post(body), secrets)).toHaveLength(20_000))).toBeLessThan(1000);
});

test('secrets alike but for their capitals are looked for at once', () => {
  const values = numbered(256, (i) => numbered(8, (bit) => ((i >> bit) & 1 ? 'A' : 'a')).join(''));
  const secret = { headers: [], body: false, values };
  const request = get(`http://a/#${'a'.repeat(500_000)}`);
  const time = ownTime(() => {
    for (const location of ['/x', `/%2541${'a'.repeat(15_000)}`])
      redirected(request, { status: 302, location, homes: [], secret });
  });
  expect(time).toBeLessThan(1000);
});

test('of more than 1,000 secrets the rest of the text is one, and one that is meant 100,000 times isn’t put together', () => {
  const { request: masked, secrets } = mask(post(JSON.stringify(numbered(3000, (i) => ({ token: `x${i}` })))));
  expect(secrets).toHaveLength(1000);
  expect(masked.body).not.toContain('x2999');
  const long = { ...secretOf(1), value: 'v'.repeat(500_000), origin: 'http://a', place: 'body token' };
  const many = post(`{"token":"${'•••1'.repeat(100_000)}x"}`);
  expect(unmaskedLength(many, [long])).toBeGreaterThan(4e10);
  const added = mask(many, [long]).secrets.slice(1);
  expect(added.map(({ value }) => value)).toEqual(['x']);
});
