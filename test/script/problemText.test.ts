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
])('%j', (file, text) => {
  expect(told(file)).toMatch(text);
});

test('a file with more lines than allowed is too long', () => {
  expect(told('\n'.repeat(5_000_001))).toMatch(/too long to be played/);
});

test.each([':@ x1s', ':@ go', 'a: b\n', 'no: b\n', 'foo\n'])('%j is not close to any name', (file) => {
  expect(told(file)).not.toContain('Did you mean');
});

test('a long quotation from the file is shortened', () => {
  expect(told(`:@ ${'x'.repeat(100_000)}`).length).toBeLessThan(250);
  expect(told(`${'x'.repeat(100_000)}\n`).length).toBeLessThan(250);
  expect(told(`:@ drop ${'x'.repeat(100_000)}`).length).toBeLessThan(250);
});
