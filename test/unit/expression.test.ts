import { expect, test } from 'vitest';
import { compileExpression, ExpressionError } from '../../src/inspector/expression';

const LENGTH = 1000;
/** Texts in which the compiler has to be asked, of one byte a character and of two; a longer one is compiled to machine code. */
const SUBJECTS = ['x'.repeat(900), '\u2026'.repeat(900), 'x'.repeat(30_000), '\u2026'.repeat(30_000)];

const refusal = (source: string) => {
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError ? error.problem : error;
  }
};

/** Repeats a unit between an opening and a closing, as often as the expression is taken. */
function heaviest(open: string, unit: string, close: string, depth: number): string {
  let taken = '';
  for (let count = 1; count <= LENGTH; count += 1) {
    const source = `Q(?:${open.repeat(depth)}${unit.repeat(count)}${close.repeat(depth)}abcdefgh)`;
    if (refusal(source) !== undefined) break;
    taken = source;
  }
  return taken;
}

/** The processor's time that the compiler takes, at the least of some goes: others share the process. */
function compileTime(source: string, number: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const go of [1, 2, 3]) {
    let time = 0;
    for (const [index, subject] of SUBJECTS.entries()) {
      // Another each time, as V8 keeps what it has compiled. What begins with a Q isn't looked for beyond it.
      const expression = compileExpression(source);
      const fresh = new RegExp(`${expression.source}Z${number}y${go}y${index}`, 'i');
      const before = process.cpuUsage();
      fresh.test(subject);
      const { user, system } = process.cpuUsage(before);
      time = Math.max(time, (user + system) / 1000);
    }
    least = Math.min(least, time);
    if (least < 10) return least;
  }
  return least;
}

const UNITS = [
  'a?b?|',
  'a{0,3}',
  '\u00e9{0,2}',
  '(?:a?|b)',
  '(?:a?){3}',
  '[\u0100-\uffff]',
  '\\W',
  '\\1?',
  '\u0130',
  '(?:\\b)',
  '(?:^|)\\b(?:^|)',
  '\\B|',
];
const GROUPS: [open: string, close: string][] = [
  ['', ''],
  ['(?:', ')+'],
  ['(', '){3}'],
  ['(?:b|', ')+'],
  ['(?=', ')'],
];

test.each(GROUPS)(
  'the heaviest expressions within %s %s that are taken are compiled in 50 ms',
  (open, close) => {
    let number = 0;
    for (const depth of open === '' ? [0] : [1, 2])
      for (const unit of UNITS) {
        const source = heaviest(open, unit, close, depth);
        number += 1;
        if (source !== '') expect(compileTime(source, number), source).toBeLessThan(50);
      }
  },
  60_000,
);

test.each([
  ['groups within groups', `${'('.repeat(300)}a${'+)'.repeat(300)}`],
  ['sixteen boundaries in groups', '(?:\\b)'.repeat(16)],
  ['few groups within groups, with alternatives', `${'(?:a|'.repeat(16)}a${')+'.repeat(16)}`],
  ['seven repetitions within each other', `${'(?:'.repeat(7)}a|a|a|a?a?a?${'){3}'.repeat(7)}`],
  ['many optional alternatives, three times', `(?:${'a?b?|'.repeat(12)}c){3}`],
  ['many optional characters in lazy loops', `${'(?:'.repeat(6)}${'K??'.repeat(60)}${')+?'.repeat(6)}`],
  ['classes without end', '[^]'.repeat(300)],
  ['twenty optional pairs before a word', `Q${'a?b?'.repeat(20)}abcdefgh`],
  ['twenty ranges before a word', `Q${'a{0,3}'.repeat(20)}abcdefgh`],
  ['a hundred lookbehinds', '(?<=a*)'.repeat(100)],
])('%s are too heavy', (_, source) => {
  expect(source.length).toBeLessThanOrEqual(LENGTH);
  expect(refusal(source)).toBe('heavy');
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
  ','.repeat(1000),
])('a person’s expression is taken: %s', (source) => {
  expect(refusal(source)).toBeUndefined();
});

test('what is no expression is told as such, also where it is heavy', () => {
  for (const source of ['(', '[', 'a**', `${'('.repeat(300)}a`]) expect(refusal(source)).toBeInstanceOf(SyntaxError);
});
