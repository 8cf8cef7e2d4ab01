import { expect, test } from 'vitest';
import { parseScriptInSteps } from '../../src/script/parseScript';
import { newScript, sentBy } from '../support/mock/newScript';

/** A line that is longer than what is read, or copied, without a yield. */
const LONG = 'x'.repeat(300_000);

test.each([
  ['data', `data: ${LONG}\n\n`, `data: ${LONG}\n\n`],
  ['an escaped comment', `:@@${LONG}\n:@@a\n`, `:@${LONG}\n:@a\n`],
  ['an escaped comment behind a byte order mark', `\ufeff:@@${LONG}\r\ndata\n\n`, `\ufeff:@${LONG}\r\ndata\n\n`],
  [
    'a line that has no end',
    `data: ${LONG}\n:@ no-newline\n:@ connection\n\ndata: b\n\n`,
    `data: ${LONG}\ndata: b\n\n`,
  ],
  ['a long line behind a long one', `:@@${LONG}\n:@@${LONG}`, `:@${LONG}\n:@${LONG}`],
])('long lines, which are copied in pieces, are sent as they are: %s', (_name, file, sent) => {
  expect(sentBy(newScript(file)).equals(Buffer.from(sent))).toBe(true);
});

test('a long directive is not sent', () => {
  const { steps, problems } = newScript(`:@ wait${' '.repeat(300_000)}1\ndata\n\n`);
  expect([steps.length, problems.length]).toEqual([1, 1]);
});

test.each([
  ['a hundred thousand lines', 'id: 1\n\n'.repeat(100_000)],
  ['a long line', LONG.repeat(10)],
  ['a hundred thousand problems', ':@ x\n'.repeat(100_000)],
  ['a hundred thousand directives', ':@ drop\n'.repeat(100_000)],
])('a file of %s is read in many steps', (_name, text) => {
  const file = Buffer.from(text);
  let count = 0;
  const steps = parseScriptInSteps(file);
  while (!steps.next().done) count += 1;
  expect(count).toBeGreaterThan(20);
});
