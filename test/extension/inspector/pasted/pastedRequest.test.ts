import { expect, test } from 'vitest';
import { firstWord } from '../../../../src/client/firstWord';
import { MAX_SUBJECT } from '../../../../src/client/request/curl';
import { MAX_TEXT } from '../../../../src/client/request/requestLimits';
import { listed, notesOn } from '../../../../src/client/requestNotes';
import { inEnglish } from '../../../../src/text/translate';
import { readPasted } from '../../../support/inspector/readPasted';

test('a valid text is a request, without remarks', () => {
  const { parsed, problem } = readPasted('curl http://a/');
  expect(parsed?.request).toMatchObject({ method: 'GET', url: 'http://a/' });
  expect(problem).toBeUndefined();
  expect(notesOn(inEnglish, parsed?.notes ?? [])).toBeUndefined();
});

test.each([
  ['curl', 'There is no URL.'],
  ['x'.repeat(MAX_TEXT + 1), 'The text is longer than 1 MB.'],
  ['curl a http://b/', 'There is more than one URL: “http://b/” is the second.'],
  ['http://a b/', '“http://a b/” is not a valid URL that starts with http:// or https://.'],
  [`http://${'x'.repeat(254)}/`, 'The host of the URL is longer than 253 characters, the limit of DNS.'],
  ['ftp://a/', 'Only http: and https: can be requested, not ftp:'],
  ["curl 'http://a", "The quote ' is not closed."],
  ['curl http://a -H', 'The option -H needs a value.'],
  ['curl http://a --nope', 'The option --nope of curl is not known here. Remove it to go on.'],
  ['curl http://a --nope=5', 'The option --nope=… of curl is not known here. Remove it to go on.'],
  ['curl http://a -F a=b', 'is not supported here. Remove it to go on.'],
  ["curl http://a -H 'Foo bar'", '“Foo …” is not a header: write `Name: value`.'],
  ["curl http://a -X 'A B'", '“A B” is not a valid HTTP method.'],
])('why text %# can’t be taken is said in words', (text, problem) => {
  const read = readPasted(text);
  expect(read.parsed).toBeUndefined();
  expect(read.problem).toContain(problem);
});

test.each([
  ['http://me:a/S3cr3t@h:1/x', 'http://•••@h:1/x'],
  ['http://me:S3cr3t#1@h/?token=t', 'http://•••@h/?token=•••'],
  ['http://me:S3cr3t\\1@h/', 'http://•••@h/'],
  ['http://me:S3cr3t', 'http://me:•••'],
  ['http://me:S3cr3t/x', 'http://me:•••/x'],
  ['me:S3cr3t@h:99999/x', '•••@h:99999/x'],
  ['http://S3cr3t@h:99999', 'http://•••@h:99999'],
  [`http://me:${'S3cr3t'.repeat(40)}@h:99999/`, 'http://me:•••'],
  ['http://h:99999/a@b?q=me@x', 'http://h:99999/a@b?q=me@x'],
  ['http://[::1/x', 'http://[::1/x'],
])('of the URL %s, which can’t be read, user and password are masked', (url, shown) => {
  for (const text of [url, `curl '${url}'`])
    expect(readPasted(text).problem).toBe(`“${shown}” is not a valid URL that starts with http:// or https://.`);
});

test('a second URL that isn’t http: or https: isn’t shown: it may be the value of a header without quotes', () => {
  for (const header of ['X-Api-Key: S3cr3t', 'Authorization:Bearer S3cr3t', 'X-Api-Key: abc://S3cr3t'])
    expect(readPasted(`curl http://a/ -H ${header}`).problem).toBe(
      'There is more than one URL, or a header without quotes.',
    );
});

test('remarks on ignored, omitted and reinterpreted parts come in this order', () => {
  expect(
    notesOn(inEnglish, [
      { code: 'placeholder', subject: '$A' },
      { code: 'file', subject: 'a.json' },
      { code: 'doubledQuotes', subject: '""' },
      { code: 'ampersand', subject: '&b=1' },
      { code: 'rest', subject: '| jq' },
      { code: 'ignored', subject: '--compressed' },
      { code: 'ignored', subject: '-o' },
    ]),
  ).toBe(
    'Ignored here: --compressed, -o. Left out: | jq The & in the URL isn’t quoted: taken as one URL. “""” was read as a quote, as on Windows.',
  );
});

test('placeholders and files are asked about, without remarks', () => {
  expect(notesOn(inEnglish, [{ code: 'placeholder', subject: '$A' }])).toBeUndefined();
  expect(notesOn(inEnglish, [{ code: 'file', subject: 'a.json' }])).toBeUndefined();
});

test('a character that was read as a quote is named as it is written', () => {
  expect(notesOn(inEnglish, [{ code: 'doubledQuotes', subject: '\\"' }])).toBe(
    '“\\"” was read as a quote, as on Windows.',
  );
});

test('ten subjects are named, and more are only indicated', () => {
  const notes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ code: 'ignored' as const, subject: `-${index}` }));
  expect(notesOn(inEnglish, notes(10))).toBe('Ignored here: -0, -1, -2, -3, -4, -5, -6, -7, -8, -9.');
  expect(notesOn(inEnglish, notes(11))).toBe('Ignored here: -0, -1, -2, -3, -4, -5, -6, -7, -8, -9 ….');
});

test('a long subject is cut', () => {
  const subject = '-'.padEnd(MAX_SUBJECT, 'x');
  expect(notesOn(inEnglish, [{ code: 'ignored', subject }])).toBe(`Ignored here: ${subject}.`);
  expect(notesOn(inEnglish, [{ code: 'ignored', subject: `${subject}x` }])).toBe(`Ignored here: ${subject}….`);
});

test.each([
  ['$NAME', '$NAME'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  ['${NAME:-secret}', '${NAME …}'],
  ['$(cat secret)', '$(cat …)'],
  ['<companyId>', '<companyId>'],
])('of the placeholder %s, %s is shown', (subject, shown) => {
  expect(listed([subject])).toBe(shown);
});

test.each([
  ['Authorization Bearer sk-1', 'Authorization …'],
  ['  ; export TOKEN', '; export …'],
  ['2>&1 x', '2>&1 x'],
  ['word', 'word'],
  ['word  ', 'word'],
  ['"quoted"', ' …'],
  ['x'.repeat(40), 'x'.repeat(40)],
  [`${'x'.repeat(40)} y`, `${'x'.repeat(40)} …`],
  ['x'.repeat(41), `${'x'.repeat(40)}…`],
])('of %j the first word is shown: %j', (text, shown) => {
  expect(firstWord(text)).toBe(shown);
});
