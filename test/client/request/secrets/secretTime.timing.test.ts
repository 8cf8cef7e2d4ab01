// Secrets are masked in time that grows linearly with a request's length.
import { expect, test } from 'vitest';
import { isSecretName } from '../../../../src/client/request/secrets/scan/secretNames';
import { findLost, mask, strays, unmask } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { drawn, isLong } from '../../../support/random/drawn';
import { leastOf } from '../../../support/time/leastOf';
import { inLongRun } from '../../../support/time/longRun';
import { ownTime } from '../../../support/time/ownTime';

const get = (url: string, ...headers: [string, string][]): StreamRequest => ({
  method: 'GET',
  url,
  headers,
  insecure: false,
});
const post = (body: string): StreamRequest => ({ ...get('http://a/'), method: 'POST', body });

const PIECES = [
  '"',
  "'",
  '=',
  '&',
  '<',
  '>',
  '[',
  '{',
  '?',
  ';',
  ':',
  '\\',
  '%',
  ' ',
  '\n',
  '-',
  '•••1',
  '://',
  'eyJ-',
  '-eyJ',
  'a:b@',
  '<password><',
  '<password><!--',
  '<auth><basic>',
  '[["token",',
  '{"value":"',
  '{"auth":{',
  'basic dXNlcjpQ',
  '/',
  '/*',
  '"a"//',
  '{"value":{',
  '"token":[{',
  'token:\n ',
  'password:\n type: x\n',
  'password = """',
  'name=token&value=',
  'name: token\nvalue: a\n',
  '--b\nContent-Disposition: form-data; name="a"\n\n',
  '<a name="token">',
  '<key>token</key>',
  'token="',
  'https://a@',
  '{"a":"b%3Dc"},',
  '{"a":"x: y\\nz: w"},',
  // Names without quotes, each of which could have everything after it as its value.
  'id:',
  'v:',
  'name:value:',
  'op:path:',
  'sk-a1',
  'SG.',
  // Conditions, and signs that a value is secret.
  "token eq 'a' ",
  "token = '",
  "token in ('a','",
  'token||$eq||',
  "(token,'a",
  'token eq ',
  '"value":1,"sensitive":true,',
  'masked=true&value=a&',
  'value=a&',
  // Texts for which a regular expression would try each length.
  `${'a'.repeat(219)}\n`,
  `export ${' '.repeat(200)}\n`,
  `<key>${' '.repeat(200)}`,
  `${']'.repeat(199)}=&value=`,
];
const MEGABYTE = 1024 * 1024;
/** Length of repeated pieces in the long run, and in this one. */
const LONGEST = MEGABYTE / 8;
const LENGTH = isLong ? LONGEST : LONGEST / 4;

test.each(drawn(PIECES, 10))('%j, repeated, is masked in milliseconds, wherever it is', (piece) => {
  const text = piece.repeat(LENGTH / piece.length);
  const slow = ['', '{"a":"', '{'].flatMap((begin) => {
    const requests = [post(begin + text), get(`http://a/?${begin}${text}`), get('http://a/', ['X-A', begin + text])];
    return requests.filter((request) => ownTime(() => mask(request)) > 50 + (150 * LENGTH) / LONGEST);
  });
  // Quadratic time would be many seconds.
  expect(slow).toHaveLength(0);
});

test('a megabyte of tokens is searched once; filling in and missing masks only read as far as masks go', async () => {
  const request = post(`[${'{"token":"a","text":"b c"},'.repeat(36_000)}]`);
  let masked = mask(request);
  const whole = ownTime(() => {
    masked = mask(request);
  });
  const bound = whole / 2;
  const others = () =>
    ownTime(() => {
      findLost(request, []);
      strays(request, []);
      unmask(masked.request, masked.secrets);
      findLost(masked.request, masked.secrets);
    });
  expect(await leastOf(bound, others)).toBeLessThan(bound);
});

const ROWS = `${'a'.repeat(210)}=\n`.repeat(4_700);
const QUOTED = `x="y='z=%252541•••1\n`;
/** Returns the text as a JSON string in a JSON string, and so on. */
const deep = (text: string, times: number): string =>
  times === 0 ? text : JSON.stringify({ a: deep(text, times - 1) });

test.each<[string, StreamRequest]>(
  drawn(
    [
      ['lines in quotes in quotes, encoded twice', post(`${QUOTED}${ROWS}z=1'"`)],
      ['quotes in JSON in JSON', post(deep(`"a='b='`.repeat(MEGABYTE / 13), 2))],
      ['signs that are encoded three times', post(`a=${'%2525253D='.repeat(MEGABYTE / 10)}`)],
      ['an address in addresses', get(`http://a/?${encodeURIComponent('http://a/?b=%253D&'.repeat(MEGABYTE / 25))}`)],
      ['references in references', post(`<a>${'&amp;lt;a='.repeat(MEGABYTE / 10)}</a>`)],
      ['digits behind a scheme', get('http://a/', ['X-A', `token ${'1'.repeat(MEGABYTE)}!`])],
      ...inLongRun<[string, StreamRequest]>([
        ['quotes in quotes', post(QUOTED + `"a='b='`.repeat(MEGABYTE / 7))],
        ['parameters in quotes in quotes', post(QUOTED + 'token=a&'.repeat(MEGABYTE / 8))],
        ['lines in JSON in JSON in JSON', post(deep(ROWS, 3))],
      ]),
    ],
    2,
  ),
)('a megabyte of %s is masked in about a second of CPU time', (_, request) => {
  // Twice the maximum: the worst take nearly a second on an idle machine. Quadratic time would be many seconds.
  expect(ownTime(() => mask(request))).toBeLessThan(2000);
});

test('a name whose characters normalize to sentences takes no longer than another of its length', async () => {
  const costOf = (begin: string) =>
    ownTime(() => {
      for (let at = 0; at < 400; at += 1) isSecretName(`${begin}${at}key`, 'member');
    });
  const bound = 6 * (await leastOf(0, () => costOf('é a'.repeat(60))));
  expect(await leastOf(bound, () => costOf('\ufdfa'.repeat(185)))).toBeLessThan(bound);
});
