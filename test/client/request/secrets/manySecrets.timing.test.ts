// Many secrets in one request: each costs the same, however long the text around it is, and however alike they are.
import { expect, test } from 'vitest';
import { redirected } from '../../../../src/client/http/redirect';
import { KnownValues } from '../../../../src/client/request/secrets/knownValues';
import { mask, partsWith, type Secret, strays, unmaskedLength } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { get, post } from '../../../support/client/requests';
import { drawn } from '../../../support/random/drawn';
import { leastOf } from '../../../support/time/leastOf';
import { inLongRun } from '../../../support/time/longRun';
import { ownTime } from '../../../support/time/ownTime';

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

test('headers with secrets are found among 20,000 headers in less than a second', () => {
  const request = get('http://h/', ...numbered(20_000, (i): [string, string] => [`a${i}`, `key=${i}`]));
  const { request: masked, secrets } = mask(request);
  const time = ownTime(() => {
    const secret = partsWith(masked, secrets);
    redirected(request, { status: 302, location: 'http://g/', homes: [], secret });
  });
  expect(time).toBeLessThan(1000);
});

test('20,000 stray masks, each under a name of its own, are found in less than a second', () => {
  const body = JSON.stringify(Object.fromEntries(numbered(20_000, (i) => [`a${i}`, `•••${i + 1}`])));
  const secrets = numbered(20_000, (i) => secretOf(i + 1));
  expect(ownTime(() => expect(strays(post(body), secrets)).toHaveLength(20_000))).toBeLessThan(1000);
});

test('secrets that differ only in case are searched for together', () => {
  const values = numbered(256, (i) => numbered(8, (bit) => ((i >> bit) & 1 ? 'A' : 'a')).join(''));
  const secret = { headers: [], body: false, values };
  const request = get(`http://a/#${'a'.repeat(500_000)}`);
  const time = ownTime(() => {
    for (const location of ['/x', `/%2541${'a'.repeat(15_000)}`])
      redirected(request, { status: 302, location, homes: [], secret });
  });
  expect(time).toBeLessThan(1000);
});

test('more than 1,000 secrets become one, and a secret that is referred to 100,000 times isn’t built', () => {
  const { request: masked, secrets } = mask(post(JSON.stringify(numbered(3000, (i) => ({ token: `x${i}` })))));
  expect(secrets).toHaveLength(1000);
  expect(masked.body).not.toContain('x2999');
  const long = { ...secretOf(1), value: 'v'.repeat(500_000), origin: 'http://a', place: 'body token' };
  const many = post(`{"token":"${'•••1'.repeat(100_000)}x"}`);
  expect(unmaskedLength(many, [long])).toBeGreaterThan(4e10);
  const added = mask(many, [long]).secrets.slice(1);
  expect(added.map(({ value }) => value)).toEqual(['x']);
});

/** Returns a request with the maximum number of headers of that length. */
function headersOf(length: number, unit: string): StreamRequest {
  const count = Math.min(490, Math.floor(63_000 / (length + 10)));
  const value = unit.repeat(length / unit.length).slice(0, length - 4);
  return get('http://h/', ...numbered(count, (i): [string, string] => [`a${i}`, value + (i + 1000)]));
}

test.each(
  [400, ...inLongRun([120, 1000])].flatMap((length) =>
    ['%25=v:', '%5B=v:', '%7B=id:', 'eyJ</http://x-:%5Btype='].map((unit): [string, number] => [unit, length]),
  ),
)(
  'hundreds of headers with %j in %i characters are masked in less than a second, and 20 redirects reuse the result',
  async (unit, length) => {
    const request = headersOf(length, unit);
    expect(await leastOf(1000, () => ownTime(() => mask(request)))).toBeLessThan(1000);
    const { request: masked, secrets } = mask(request);
    const secret = partsWith(masked, secrets);
    const time = ownTime(() => {
      let now = request;
      for (let hop = 0; hop < 20; hop += 1)
        now = redirected(now, { status: 302, location: `http://h${hop % 2}/`, homes: [], secret }).request;
      expect(now.headers.length + new Set(secret.headers).size).toBe(request.headers.length);
    });
    expect(time).toBeLessThan(100);
  },
);

const LONG = `${'A'.repeat(190)}Token`;
const again = (text: string) => text.repeat(1_000_000 / text.length);

test.each(
  drawn(
    [
      ['of an element, for its attributes', `<${LONG} ${again("n='' ")}`],
      ['of a header, for the lines of a value', `name: X-${LONG}\n${again('v:1\n')}`],
      ['beside members of JSON', `{"name":"${LONG}",${again('"value":1,')}}`],
      ['beside parameters', `name=${LONG}&${again('value=&')}`],
      ['beside elements', `<name>${LONG}</name>${again('<value>1')}`],
      ['of an element, for those in it', `<${LONG.replace('Token', 'Key')}>${again('<b>1</b>')}`],
      [
        'beside parts',
        `--a\nContent-Disposition:;name=name\n\n${LONG}\n${again('--a\nContent-Disposition:;name=v\n\n1\n')}`,
      ],
      ['in texts in a text', `[${again(`"<${'A'.repeat(20)}Key b='1'>",`)}]`],
    ],
    3,
  ),
)('a long name that is given once %s, and applies to 100,000 values, is examined once', async (_, body) => {
  expect(await leastOf(1000, () => ownTime(() => mask(post(body))))).toBeLessThan(1000);
});

test('secrets of all lengths with the same beginning are searched for in 20 long redirects in less than a second', async () => {
  const values = numbered(56, (i) => `${'a'.repeat(8 + i)}b`);
  const secret = { headers: [], body: false, values };
  const location = `/%252541${'a'.repeat(15_900)}`;
  const known = new KnownValues(values);
  const hop = () => redirected(get('http://h/'), { status: 302, location, homes: [], secret }, known);
  expect(await leastOf(100, () => ownTime(hop))).toBeLessThan(100);
  expect(ownTime(() => numbered(20, hop))).toBeLessThan(1000);
});

test.each(['%5Cu0025', '%26amp;\\\\', '\\u005cu005c&%2526amp;', '%255C&#x5c;&amp;amp;'])(
  'secrets in any encoding are searched for in a long redirect of repeated %j in 50 ms',
  async (unit) => {
    const signs = unit.repeat(Math.floor(16_000 / unit.length));
    const values = numbered(56, (i) => `${'a'.repeat(8 + i)}${signs.slice(0, 1000)}${i}`);
    const secret = { headers: [], body: false, values };
    const hop = (location: string, known: KnownValues) =>
      redirected(get('http://h/'), { status: 302, location, homes: [], secret }, known);
    const known = new KnownValues(values);
    expect(await leastOf(200, () => ownTime(() => hop('/', new KnownValues(values))))).toBeLessThan(200);
    hop('/', known);
    expect(await leastOf(50, () => ownTime(() => hop(`/?${signs}`, known)))).toBeLessThan(50);
  },
);
