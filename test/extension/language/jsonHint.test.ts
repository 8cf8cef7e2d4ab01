import { expect, test } from 'vitest';
import { jsonHint } from '../../../src/extension/language/jsonHint';
import { DiagnosticSeverity } from '../../support/vscode/documents';

const hintFor = (values: string[], isFilled = false) =>
  jsonHint(
    {
      start: 0,
      end: values.length,
      type: 'message',
      id: undefined,
      data: values.map((value, index) => ({ line: index + 1, value })),
      isDivided: false,
    },
    isFilled,
  );

test.each([['{"a": 1'], ['{a: 1}'], ['[1, 2,]'], ['{"a":', '1'], ['{"a": "b\n"}']])('%j gets a hint', (...values) => {
  const hint = hintFor(values);
  expect(hint?.severity).toBe(DiagnosticSeverity.Hint);
  expect(hint?.range.start.line).toBe(1);
  expect(hint?.range.end.line).toBe(values.length);
});

test.each([
  ['{"a": 1}'],
  ['[DONE]'],
  ['[ END ]'],
  ['text'],
  [''],
  ['{"a":', '1}'],
  ['"{"'],
  [`{${'x'.repeat(200_000)}`],
])('%.20j gets none', (...values) => {
  expect(hintFor(values)).toBeUndefined();
});

test('data that a directive divides gets none: a fault in its middle is meant', () => {
  const data = [{ line: 0, value: '{"a": 1' }];
  expect(jsonHint({ start: 0, end: 1, type: 'message', id: undefined, data, isDivided: true }, false)).toBeUndefined();
});

test.each([
  ['{"n": {{n}}}'],
  ['{"n":{{n}},"a":"{{query a}} {{{{","b":[{{body /b}},"{{now}}"]}'],
  ['{"a":{"b":{{n}}}}'],
  ['{"a":', '{{ random 1 5 }}}'],
  [`{"a":"${'{{ '.repeat(60_000)}"}`],
])('%.40j gets none where places are filled in', (...values) => {
  expect(hintFor(values, true)).toBeUndefined();
});

test.each([['{"n": {{n}'], ['{"n": {{n}}'], ['{n: {{n}}}'], ['{"n": {{{{n}}}']])(
  '%j gets a hint, also where places are filled in',
  (value) => {
    expect(hintFor([value], true)).toBeDefined();
  },
);
