import { expect, test } from 'vitest';
import { compileExpression, ExpressionError } from '../../../../src/client/history/filter/expression';

const LENGTH = 1000;

const refusal = (source: string) => {
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError ? error.problem : error;
  }
};

/** Expression with 22 alternatives of nothing, and of a named group that is empty. */
const named = (nameOf: (at: number) => string) =>
  `${Array.from({ length: 22 }, (_, at) => `(?:|(?<${nameOf(at)}>))`).join('')}c`;

test.each([
  ['groups within groups', `${'('.repeat(300)}a${'+)'.repeat(300)}`],
  ['thirty empty alternatives', '(?:|)'.repeat(30)],
  ['thirty ends of the text, or nothing', `${'(?:$|)'.repeat(30)}a`],
  ['empty groups as alternatives', `${'(?:()|)'.repeat(23)}a`],
  ['sixteen boundaries in groups', '(?:\\b)'.repeat(16)],
  ['few groups within groups, with alternatives', `${'(?:a|'.repeat(16)}a${')+'.repeat(16)}`],
  ['seven repetitions within each other', `${'(?:'.repeat(7)}a|a|a|a?a?a?${'){3}'.repeat(7)}`],
  ['many optional alternatives, three times', `(?:${'a?b?|'.repeat(12)}c){3}`],
  ['many optional characters in lazy loops', `${'(?:'.repeat(6)}${'K??'.repeat(60)}${')+?'.repeat(6)}`],
  ['classes without end', '[^]'.repeat(300)],
  ['twenty optional pairs before a word', `Q${'a?b?'.repeat(20)}abcdefgh`],
  ['twenty ranges before a word', `Q${'a{0,3}'.repeat(20)}abcdefgh`],
  ['empty groups with names of all kinds', named((at) => `é${at}`)],
  ['empty groups whose names begin with a dollar sign', named((at) => `$${at}`)],
  ['empty groups whose names are escaped', named((at) => `\\u{61}${at}`)],
  ['a hundred lookbehinds', '(?<=a*)'.repeat(100)],
])('%s are too heavy', (_, source) => {
  expect(source.length).toBeLessThanOrEqual(LENGTH);
  expect(refusal(source)).toBe('heavy');
});

test.each(['i', 's', 'm', '-i', 'im-s'])('empty groups with the modifiers %s are refused', (modifiers) => {
  // V8 has no modifiers before 12.5, of Node 23.
  const knowsModifiers = !(refusal('(?i:a)') instanceof SyntaxError);
  const refused = refusal(`${`(?:|(?${modifiers}:))`.repeat(22)}c`);
  expect(refused).toEqual(knowsModifiers ? 'heavy' : expect.any(SyntaxError));
});

test('an expression of 1,001 characters is too long, whatever they are', () => {
  expect(refusal('a'.repeat(1001))).toBe('long');
  expect(refusal('('.repeat(100_000))).toBe('long');
  expect(refusal('a'.repeat(1000))).toBeUndefined();
});

test.each([
  '"level":"(error|warn|fatal)"',
  '^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}).*"level":"(error|warn)".*"user":"[^"]+"',
  '\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b',
  '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}',
  '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
  '"(?:id|name)"\\s*:\\s*(?:"(?:[^"\\\\]|\\\\.)*"|-?\\d+(?:\\.\\d+)?)',
  Array.from({ length: 60 }, (_, index) => `word${index}`).join('|'),
  '(?<=price: )\\d+(?!\\d| USD)',
  '(?<quote>["\']).*?\\k<quote>',
  '\\(\\(\\(\\(\\(\\(\\[\\[\\[[([{|*+?]',
  '(a+)+b',
  '(?:a|b|)(?:c|)(?:d|)(?:e|)(?:f|)(?:g|)(?:h|)(?:i|)',
  ','.repeat(1000),
])('a realistic expression is accepted: %s', (source) => {
  expect(refusal(source)).toBeUndefined();
});

test('an invalid expression is reported as such, even if it is heavy', () => {
  for (const source of ['(', '[', 'a**', `${'('.repeat(300)}a`]) expect(refusal(source)).toBeInstanceOf(SyntaxError);
});
