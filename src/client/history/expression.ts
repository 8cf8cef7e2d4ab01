/** Maximum length of a regular expression, in UTF-16 code units: of what weighs nothing, too, more takes longer than 10 ms. */
const MAX_LENGTH = 1000;
/**
 * Maximum weight of one: V8 (11.3 and 13.6) compiles that within 30 ms, most within 1 ms. The time grows with the fourth power
 * and more of what is optional: with four times this weight, seconds.
 */
const MAX_WEIGHT = 70;
/** Stands for `\\b` and `\\B`: V8 writes out twice what follows one. */
const BOUNDARY = '\0';
/** Stands for what matches a character, and weighs nothing. */
const LITERAL = 'x';
/** Weights of signs: a boundary; a class, an alternative, a count (`{3}`); a loop; what is optional; a range (`{0,3}`), which is so up to three times. */
const WEIGHTS: Record<string, number> = { [BOUNDARY]: 8, '.': 1, '|': 1, '{': 1, '*': 2, '+': 2, '?': 4, ',': 6 };
/** So many boundaries weigh nothing: a word has them at its ends. */
const FREE_BOUNDARIES = 2;
/** Weight of one more alternative of a group that may be empty: V8 writes out for each what follows. */
const EMPTY_ALTERNATIVE = 6;
/** How often V8 writes out the group of a repetition. */
const WRITTEN_OUT = 3;

/** Why an expression isn't taken. */
export type ExpressionProblem = 'long' | 'heavy';

/** A regular expression that could take V8 long to compile, which nothing can interrupt. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(`The regular expression is too ${problem}.`);
    this.problem = problem;
  }
}

/** Compiles an expression, without regard to case. @throws {SyntaxError} where it is none @throws {ExpressionError} */
export function compileExpression(source: string): RegExp {
  if (source.length > MAX_LENGTH) throw new ExpressionError('long');
  // It is only read here: the compiler begins when it is used.
  const expression = new RegExp(source, 'i');
  if (weightOf(source) > MAX_WEIGHT) throw new ExpressionError('heavy');
  return expression;
}

/** Estimates how much V8 makes of an expression: the weights of its signs, three times within a group that is repeated. */
function weightOf(source: string): number {
  const signs = source.replace(/\[(?:\\.|[^\]\\])*\]|\\k<[^>]*>|\\\d+|\\./gs, standIn);
  const outer: number[] = [];
  const free = Math.min(FREE_BOUNDARIES, signs.split(BOUNDARY).length - 1);
  const times = /\)[*+{]/.test(signs) ? WRITTEN_OUT : 1;
  let weight = times * EMPTY_ALTERNATIVE * emptyAlternatives(signs) - free * (WEIGHTS[BOUNDARY] ?? 0);
  for (const [sign] of signs.matchAll(/\(\??|\)[*+?{]?|\{\d*,|[.|*+?{\0]/g)) {
    if (sign.startsWith('(')) {
      outer.push(weight);
      weight = 0;
    } else if (sign.startsWith(')')) {
      weight = (outer.pop() ?? 0) + 1 + (sign === ')' ? weight : WRITTEN_OUT * (weight + 1));
    } else {
      weight += WEIGHTS[sign.slice(-1)] ?? 0;
    }
  }
  return weight;
}

/** Counts the alternatives that may be empty, beyond the first of each group. */
function emptyAlternatives(signs: string): number {
  let count = 0;
  const isEmptyIn = (alternatives: string): boolean => {
    const empty = alternatives.split('|').filter((alternative) => alternative === '').length;
    count += Math.max(0, empty - 1);
    return empty > 0;
  };
  let left = signs
    .replace(/\(\?(?:<?[=!])/g, '(=')
    .replace(/\(\?(?:[ims-]*:|<[^>]*>)/g, '(')
    .replace(/\{0[\d,]*\}/g, '*')
    .replace(/\{\d+,?\d*\}/g, '+')
    .replace(/([*+?])\?/g, '$1')
    .replace(/[$^\0]|[^()|*+?][*?]|(?<!\))\+/g, '');
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/\((=?)([^()]*)\)([*+?]?)/g, (_, looksAround: string, inner: string, repeated: string) =>
      isEmptyIn(inner) || looksAround !== '' || /[*?]/.test(repeated) ? '' : LITERAL,
    );
  }
  isEmptyIn(left);
  return count;
}

/** Returns a sign of the weight of a class or an escape; empty: it may match nothing. */
function standIn(text: string): string {
  if (text.startsWith('[') || /^\\[DSWdsw]/.test(text)) return '.';
  if (/^\\[bB]/.test(text)) return BOUNDARY;
  return /^\\(?:k<|\d)/.test(text) ? '' : LITERAL;
}
