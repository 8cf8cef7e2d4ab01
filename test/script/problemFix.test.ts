import { expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { problemFix } from '../../src/script/problemFix';
import { problemText } from '../../src/script/problemText';
import { inEnglish } from '../../src/text/translate';

const problemOf = (line: string) => parseScript(Buffer.from(`${line}\n\n`)).problems[0];

/** Returns the line with its fix; undefined if there is none. */
function fixed(line: string): string | undefined {
  const problem = problemOf(line);
  const fix = problem && problemFix(problem);
  return problem && fix !== undefined ? line.slice(0, problem.column) + fix + line.slice(problem.endColumn) : undefined;
}

test.each([
  ['evnt: order', 'event: order'],
  ['daat: 1', 'data: 1'],
  [':@ wiat 1s', ':@ wait 1s'],
  [':@ satus 503', ':@ status 503'],
  ['data {"a":1}', 'data: {"a":1}'],
  ['data{"a":1}', 'data: {"a":1}'],
  ['data ["a"]', 'data: ["a"]'],
  ['event order', 'event: order'],
  ['id=7', 'id: 7'],
  ['retry \t 3000', 'retry: 3000'],
  ['data = a: b', 'data: a: b'],
])('%s is changed to %s', (line, better) => {
  expect(fixed(line)).toBe(better);
  expect(problemOf(better)).toBeUndefined();
});

test.each(['dataset: 1', ':@ wait soon', ':@ frobnicate', 'x', ': data {', 'database=1'])(
  'nothing is proposed for %s',
  (line) => {
    expect(fixed(line)).toBeUndefined();
  },
);

test('a missing colon is said to be missing', () => {
  const problem = problemOf('data {"a":1}');
  expect(problem && problemText(inEnglish, problem)).toBe(
    'A colon is missing after “data”, so clients ignore this line: “data: …”.',
  );
});
