// Secrets that a redirect repeats, written in another way than in the request.
import { expect, test } from 'vitest';
import { redirected } from '../../../../src/client/http/redirect';
import { KnownValues } from '../../../../src/client/request/secrets/knownValues';
import { mask, partsWith } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { get, post } from '../../../support/client/requests';

const PARTS = /q8Xz4Lm2|Tn7Rk5Wd|Bv3Hs9Jf/i;
const S = 'q8Xz4Lm2/Tn7Rk5Wd+Bv3Hs9Jf==';
const MARKS = 'q8Xz4Lm2&Tn7Rk5Wd<Bv3Hs9Jf';
const ACCENTS = 'q8Xz4Lm2éTn7Rk5Wdé€Bv3Hs9Jf';

/** Encoders of a JSON string, as in a server's language: PHP, .NET, Go, Python. */
const ESCAPED = {
  slashes: (text: string) => text.replaceAll('/', '\\/'),
  signs: (text: string) => text.replace(/[+=<>&']/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  letters: (text: string) =>
    text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
};
const REFERENCES = {
  names: (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  numbers: (text: string) => text.replace(/[^a-z\d]/gi, (sign) => `&#${sign.charCodeAt(0)};`),
  hex: (text: string) => text.replace(/[^a-z\d]/gi, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  padded: (text: string) => text.replace(/[^a-z\d]/gi, (sign) => `&#x00${sign.charCodeAt(0).toString(16)};`),
};
const WRITINGS = { ...ESCAPED, ...REFERENCES, percents: encodeURIComponent, plain: (text: string) => text };

/** Returns the URL that is shown for a redirect to a location. */
function shown(request: StreamRequest, location: string): string {
  const { request: masked, secrets } = mask(request);
  const secret = partsWith(masked, secrets);
  return redirected(request, { status: 302, location, homes: ['http://h'], secret }).redirect.url;
}

const json = (text: string) => post(`{"password":"${text}"}`);
const BODIES: [string, StreamRequest, string][] = [
  ['plain', json(S), S],
  ['as of PHP', json(ESCAPED.slashes(S)), S],
  ['as of .NET', json(ESCAPED.signs(S)), S],
  ['as of .NET, in JSON in JSON', post(JSON.stringify({ a: `{"password":"${ESCAPED.signs(S)}"}` })), S],
  ['as of Go', json(ESCAPED.signs(MARKS)), MARKS],
  ['as of Python', json(ESCAPED.letters(ACCENTS)), ACCENTS],
  ['in XML', post(`<a><password>${REFERENCES.names(MARKS)}</password></a>`), MARKS],
  ['in HTML', post(`<input name="password" value="${REFERENCES.hex(S)}">`), S],
  ['in HTML, with accents', post(`<input name="password" value="${REFERENCES.numbers(ACCENTS)}">`), ACCENTS],
  ['in a form', post(`password=${encodeURIComponent(S)}`), S],
  ['in a form, with accents', post(`password=${encodeURIComponent(ACCENTS)}`), ACCENTS],
  ['in JSON in a form', post(`a=${encodeURIComponent(`{"password":"${ESCAPED.signs(S)}"}`)}`), S],
  ['in a header', get('http://h/', ['X-Api-Key', S]), S],
];

test.each(BODIES)(
  'a secret that was %s is hidden where a redirect repeats it, in any encoding',
  (_, request, secret) => {
    for (const [name, write] of Object.entries(WRITINGS)) {
      const written = write(secret);
      for (const location of [
        `/?q=${encodeURIComponent(written)}`,
        `/?s=${encodeURIComponent(`{"x":"${written}"}`)}`,
        `/?u=${encodeURIComponent(`/a?s=${encodeURIComponent(written)}`)}`,
        `/?h=${encodeURIComponent(`<a b="${REFERENCES.names(written)}">`)}`,
        `/?s=${encodeURIComponent(JSON.stringify({ x: JSON.stringify({ y: written }) }))}`,
      ])
        expect(shown(request, location), `${name}: ${location}`).not.toMatch(PARTS);
    }
    for (const location of [`/welcome/${encodeURI(secret)}`, `/?q=${Buffer.from(secret).toString('base64url')}`])
      expect(shown(request, location), location).not.toMatch(/q8Xz4Lm2|Tn7Rk5Wd|Bv3Hs9Jf|cThYejRM/i);
  },
);

test('JSON that isn’t encoded with percents is read, too', () => {
  expect(shown(json(S), `/?s={"x":"${ESCAPED.slashes(S)}"}`)).not.toMatch(PARTS);
  expect(shown(json(S), `/?s=${REFERENCES.numbers(S)}`)).not.toMatch(PARTS);
});

test('a token of parts between dots is hidden where its parts are repeated', () => {
  const token = 'q8Xz4Lm2abcd.Tn7Rk5Wdabcd.Bv3Hs9Jfabcd';
  expect(shown(json(token), '/Tn7Rk5Wdabcd/?a=Bv3Hs9Jfabcd&b=q8Xz4Lm2abcd')).not.toMatch(PARTS);
});

test('a URL without secrets is shown as it is, whatever is encoded in it', () => {
  const location = 'http://h/?a=%5Cu0041%26amp%3B%2541&b={"c":"d\\/e"}&f=&#47;';
  expect(shown(json(ESCAPED.signs(S)), location)).toBe(new URL(location).href);
});

test.each([
  [64, 63],
  [64, 50],
  [64, 33],
  [32, 31],
  [24, 23],
  [2000, 150],
])('a key of %d letters is hidden as a whole where a part of %d appears, wherever the part begins', (length, part) => {
  const letters = 'f3a9c0d17b5e28';
  const key = Array.from({ length }, (_, at) => letters[(at * 5 + (at >> 3)) % 14]).join('');
  for (const from of [0, 1, Math.floor((length - part) / 2), length - part]) {
    const given = key.slice(from, from + part);
    expect(shown(json(key), `/hi/${given}/x`)).toMatch(/\/hi\/[^/a-z0-9]+\/x$/);
  }
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Values of which no two begin or end alike, and none repeats a part. */
const different = (length: number, seed: number) =>
  Array.from(
    { length },
    (_, at) => LETTERS[(at * (2 * seed + 7) + seed * at * at + Math.floor(at / 5) * seed) % 36],
  ).join('');
const [COMMON, LONG] = ['acmelivetenant4711', different(1200, 5)];

test.each<[string, string[]]>([
  ['begin alike', Array.from({ length: 12 }, (_, at) => COMMON + different(30, at + 1))],
  ['end alike', Array.from({ length: 12 }, (_, at) => different(30, at + 1) + COMMON)],
  [
    'are alike in the middle',
    Array.from({ length: 12 }, (_, at) => `${different(16, at + 1)}${COMMON}${different(19, at + 3)}`),
  ],
  ['begin alike, and one goes on', [`${COMMON}0${different(9, 1)}`, `${COMMON}0${different(9, 1)}${different(30, 2)}`]],
  ['begin alike, a short and a long one', [`${LONG.slice(0, 80)}x`, LONG]],
])('each part of secrets that %s is hidden to its end', (_, keys) => {
  const request = get('http://h/', ...keys.map((key, at): [string, string] => [`X-Token-${at}`, key]));
  for (const key of keys)
    for (const write of [(text: string) => text, (text: string) => Buffer.from(text).toString('hex')])
      for (const part of key === LONG
        ? [key.slice(0, 127), key.slice(0, 100)]
        : [key.slice(0, 31), key.slice(0, 40), key, key.slice(-31), key.slice(3, 34)])
        expect([part, shown(request, `/hi/${write(part)}/end`)]).toEqual([part, 'http://h/hi/•••/end']);
});

test('everything after a match is hidden if many secrets have a long common beginning', () => {
  const keys = Array.from({ length: 60 }, (_, at) => `${'ab'.repeat(300)}${at}`);
  const request = get('http://h/', ...keys.map((key, at): [string, string] => [`X-Token-${at}`, key]));
  expect(shown(request, `/hi/${'ab'.repeat(290)}/${'ab'.repeat(295)}/end`)).toBe('http://h/hi/•••');
});

test('of a text beyond the limit, the last 1,024 characters before it are hidden, too: a secret may cross it', () => {
  const found: [number, number][] = [];
  const find = (length: number) =>
    new KnownValues([]).find('x'.repeat(length), (start, end) => void found.push([start, end]));
  find(16 * 1024);
  expect(found).toEqual([]);
  find(16 * 1024 + 1);
  expect(found).toEqual([[15 * 1024, 16 * 1024 + 1]]);
});
