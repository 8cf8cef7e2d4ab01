import { expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { problemText } from '../../src/script/problemText';
import { inEnglish } from '../../src/text/translate';

/** Returns the sentence for a file that has one problem. */
function told(file: string): string {
  const { problems } = parseScript(new TextEncoder().encode(file));
  const [problem] = problems;
  if (!problem || problems.length > 1) throw new Error(`${JSON.stringify(file)} has ${problems.length} problems.`);
  return problemText(inEnglish, problem);
}

test.each<[file: string, text: RegExp]>([
  [':@ wiat 1s', /no directive “wiat”\. Did you mean “wait”\?/],
  [':@ Drop', /“Drop”\. Did you mean “drop”\?/],
  [':@ no_newlin', /Did you mean “no-newline”\?/],
  [':@ rset', /Did you mean “reset”\?/],
  [':@ waits', /Did you mean “wait”\?/],
  [':@ nonewline', /Did you mean “no-newline”\?/],
  [':@ repeat', /no directive “repeat”, only wait, drop, .*, no-newline\. .*“:@@”/],
  [':@', /is a directive: wait, drop, /],
  [':@ wait', /seconds or milliseconds, up to 24 hours/],
  [':@ wait 25h', /“:@ wait 1\.25s”/],
  [':@ status 200', /204 or 400 to 599/],
  [':@ method PUT', /GET or POST/],
  [':@ drop now', /“:@ drop” stands alone\. Remove “now”\./],
  [':@ no-newline x', /“:@ no-newline” stands alone/],
  [':@ loop', /Put a pause before it/],
  [': a\n:@ method POST', /beginning of the file/],
  [':@ no-newline', /no such line/],
  [': a\n:@ no-newline\n: b', /“:@ connection”/],
  ['date: x\n', /no field “date”.*Did you mean “data”\?/],
  ['ID: x\n', /Did you mean “id”\?/],
  [' data: x\n', /Did you mean “data”\?/],
  ['comment\n', /no field “comment”.*a comment begins with “:”/],
  ['retry: 3s\n', /number of milliseconds, as in “retry: 3000”/],
  ['id: a\0\n\n', /the character NUL/],
  ['data: x\n', /No blank line ends this event/],
  [':@ when', /“:@ when request 2”/],
  [':@ when body stream = true', /“:@ when body \/stream = true”/],
  [':@ when request 1\n'.repeat(21), /20 conditions/],
  [':@ fill it', /“:@ fill” stands alone\. Remove “it”\./],
  [': a\n:@ fill', /beginning of the file/],
  [':@ fill\ndata: {{nwo}}\n\n', /no place “nwo”\. Did you mean “now”\?.*“{{{{”/],
  [':@ fill\ndata: {{time}}\n\n', /no place “time”, only n, now, uuid, random, query, body\..*“{{{{”/],
  [':@ fill\ndata: {{n 1}}\n\n', /Only “n” stands between the braces\. Remove “1”\./],
  [':@ fill\ndata: {{now s}}\n\n', /“{{now}}”, or “{{now ms}}”/],
  [':@ fill\ndata: {{random 2 1}}\n\n', /“{{random 1 100}}”/],
  [':@ fill\ndata: {{query}}\n\n', /“{{query channel}}”/],
  [':@ fill\ndata: {{body x}}\n\n', /“{{body \/messages\/-1\/content}}”/],
  [':@ fill\nid: {{now}}\ndata\n\n', /“{{n}}” once and no other place/],
  [`:@ fill\ndata: ${'{{n}}'.repeat(1001)}\n\n`, /1,000 places/],
  [':@ fill\n:@ cut 8 1s\ndata: {{n}}\n\n', /would divide a place/],
])('%.60j', (file, text) => {
  expect(told(file)).toMatch(text);
});

test('a place in a name is told apart from the unknown name', () => {
  const { problems } = parseScript(new TextEncoder().encode(':@ fill\n{{n}}: a\n'));
  expect(problems.map((problem) => problemText(inEnglish, problem))[0]).toMatch(/not in a name.*“{{{{”/);
});

test('a file that is too long is said to be', () => {
  const problem = { severity: 'error', code: 'tooLong', text: '', line: 0, column: 0, endColumn: 0 } as const;
  expect(problemText(inEnglish, problem)).toMatch(/too long to be played/);
});

test.each([':@ x1s', ':@ go', 'a: b\n', 'no: b\n', 'foo\n'])('%j is not close to any name', (file) => {
  expect(told(file)).not.toContain('Did you mean');
});

test('a long quotation from the file is shortened', () => {
  expect(told(`:@ ${'x'.repeat(100_000)}`).length).toBeLessThan(250);
  expect(told(`${'x'.repeat(100_000)}\n`).length).toBeLessThan(250);
  expect(told(`:@ drop ${'x'.repeat(100_000)}`).length).toBeLessThan(250);
});
