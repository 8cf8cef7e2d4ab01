import { expect, test } from 'vitest';
import { firstWord } from '../../src/editor/firstWord';
import { readPasted } from '../../src/editor/pastedRequest';
import { notesOn } from '../../src/editor/requestNotes';
import { MAX_SUBJECT, MAX_TEXT } from '../../src/inspector/curl';

test('what can be read is a request, and nothing is told of it', () => {
  const { parsed, problem } = readPasted('curl http://a/');
  expect(parsed?.request).toMatchObject({ method: 'GET', url: 'http://a/' });
  expect(problem).toBeUndefined();
  expect(notesOn(parsed?.notes ?? [])).toBeUndefined();
});

test.each([
  ['curl', 'There is no URL.'],
  ['x'.repeat(MAX_TEXT + 1), 'The text is longer than 1 MB.'],
  ['curl a b', 'There is more than one URL: “b” is the second.'],
  ['http://a b/', '“http://a b/” is no address that begins with http:// or https://.'],
  [`http://${'x'.repeat(254)}/`, 'The host of the URL is longer than 253 characters.'],
  ['ftp://a/', 'Only http: and https: can be inspected, not ftp:'],
  ["curl 'http://a", "The quote ' is not closed."],
  ['curl http://a -H', 'The option -H lacks its value.'],
  ['curl http://a --nope', 'The option --nope of curl is not known here. Remove it to go on.'],
  ['curl http://a --nope=5', 'The option --nope=… of curl is not known here. Remove it to go on.'],
  ['curl http://a -F a=b', 'is not supported here. Remove it to go on.'],
  ["curl http://a -H 'Foo bar'", '“Foo …” is no header: a header is a name, a colon and a value.'],
  ["curl http://a -X 'A B'", '“A B” is no HTTP method.'],
])('why text %# can’t be taken is said in words', (text, problem) => {
  const read = readPasted(text);
  expect(read.parsed).toBeUndefined();
  expect(read.problem).toContain(problem);
});

test('what has no effect, what is left out and what is to be filled in are told in this order', () => {
  expect(
    notesOn([
      { code: 'placeholder', subject: '$A' },
      { code: 'rest', subject: '| jq' },
      { code: 'ignored', subject: '--compressed' },
      { code: 'ignored', subject: '-o' },
      { code: 'placeholder', subject: '$B' },
    ]),
  ).toBe('Without effect here: --compressed, -o. Left out: | jq Put the value in the place of $A, $B.');
});

test('ten subjects are named, and more are only hinted at', () => {
  const notes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ code: 'placeholder' as const, subject: `$${index}` }));
  expect(notesOn(notes(10))).toBe('Put the value in the place of $0, $1, $2, $3, $4, $5, $6, $7, $8, $9.');
  expect(notesOn(notes(11))).toBe('Put the value in the place of $0, $1, $2, $3, $4, $5, $6, $7, $8, $9 ….');
});

test('a long subject is cut', () => {
  const subject = '$'.padEnd(MAX_SUBJECT, 'x');
  expect(notesOn([{ code: 'placeholder', subject }])).toBe(`Put the value in the place of ${subject}.`);
  expect(notesOn([{ code: 'placeholder', subject: `${subject}x` }])).toBe(`Put the value in the place of ${subject}….`);
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
