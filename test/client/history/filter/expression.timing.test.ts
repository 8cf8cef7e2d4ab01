// Accepted expressions are compiled in time.
import { expect, test } from 'vitest';
import { compileExpression, ExpressionError } from '../../../../src/client/history/filter/expression';
import { ownTime } from '../../../support/time/ownTime';

const LENGTH = 1000;
/** Maximum time of the compiler, in milliseconds: three times the documented one for an idle machine (docs/security.md). */
const MAX_TIME = 90;
/**
 * Texts that make the compiler run, with one byte for a character and with two; longer texts are compiled to machine code.
 */
const SUBJECTS = ['x'.repeat(900), '\u2026'.repeat(900), 'x'.repeat(30_000), '\u2026'.repeat(30_000)];

const refusal = (source: string) => {
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError ? error.problem : error;
  }
};

/** Returns a unit repeated between an opening and a closing, as often as the expression is accepted. */
function heaviest(open: string, unit: string, close: string, depth: number): string {
  let taken = '';
  for (let count = 1; count <= LENGTH; count += 1) {
    const source = `Q(?:${open.repeat(depth)}${unit.repeat(count)}${close.repeat(depth)}abcdefgh)`;
    if (refusal(source) !== undefined) break;
    taken = source;
  }
  return taken;
}

/** Returns the CPU time of the compiler, the least of some runs, since other tests share the process. */
function compileTime(source: string, number: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const go of [1, 2, 3]) {
    let time = 0;
    for (const [index, subject] of SUBJECTS.entries()) {
      // A different expression each time, as V8 caches what it has compiled. An expression that begins with a Q fails at
      // once.
      const expression = compileExpression(source);
      const fresh = new RegExp(`${expression.source}Z${number}y${go}y${index}`, 'i');
      time = Math.max(
        time,
        ownTime(() => fresh.test(subject)),
      );
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
  '(?:|)',
  '(|)',
  '(?:$|)',
  '(?:^|$)',
  '(?:()|)',
  '(?:(?=a)|(?!b))',
  '(?:a*|b?)',
  '(?:a{0,2}|\\1)',
];
const GROUPS: [open: string, close: string][] = [
  ['', ''],
  ['(?:', ')+'],
  ['(', '){3}'],
  ['(?:b|', ')+'],
  ['(?=', ')'],
];

test.each(GROUPS)('the heaviest accepted expressions within %s %s are compiled in time', (open, close) => {
  let number = 0;
  for (const depth of open === '' ? [0] : [1, 2])
    for (const unit of UNITS) {
      const source = heaviest(open, unit, close, depth);
      number += 1;
      if (source !== '') expect(compileTime(source, number), source).toBeLessThan(MAX_TIME);
    }
});
