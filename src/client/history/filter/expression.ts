/**
 * Maximum length of a regular expression, in UTF-16 code units: longer ones take more than 10 ms, even if no part weighs
 * anything.
 */
const MAX_LENGTH = 1000;
/**
 * Maximum weight of an expression: V8 (11.3 and 13.6) compiles that within 30 ms, most within 1 ms. The time grows with at
 * least the fourth power of the optional parts: with four times this weight, it takes seconds.
 */
const MAX_WEIGHT = 70;
/** Placeholder for `\\b` and `\\B`: V8 duplicates the code that follows one. */
const BOUNDARY = '\0';
/** Placeholder for a part that matches one character and weighs nothing. */
const LITERAL = 'x';
/**
 * Weights of signs: a boundary; a class, an alternative, a count (`{3}`); a loop; an optional part; a range (`{0,3}`),
 * which is up to three optional parts.
 */
const WEIGHTS: Record<string, number> = { [BOUNDARY]: 8, '.': 1, '|': 1, '{': 1, '*': 2, '+': 2, '?': 4, ',': 6 };
/** Number of boundaries that weigh nothing: a word has one at each end. */
const FREE_BOUNDARIES = 2;
/** Weight of each further alternative of a group that may be empty: V8 duplicates the code that follows for each. */
const EMPTY_ALTERNATIVE = 6;
/** Number of copies that V8 makes of a repeated group. */
const GROUP_COPIES = 3;

/** The reason why an expression is rejected. */
export type ExpressionProblem = 'long' | 'heavy';

/** An error for a regular expression that V8 could take long to compile, which nothing can interrupt. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(`The regular expression is too ${problem}.`);
    this.problem = problem;
  }
}

/** Compiles a case-insensitive expression. @throws {SyntaxError} if it is invalid @throws {ExpressionError} */
export function compileExpression(source: string): RegExp {
  if (source.length > MAX_LENGTH) throw new ExpressionError('long');
  // V8 only parses it here, and compiles it at its first use.
  const expression = new RegExp(source, 'i');
  if (weightOf(source) > MAX_WEIGHT) throw new ExpressionError('heavy');
  return expression;
}

/** Estimates how much code V8 generates for an expression: the weights of its signs, tripled within a repeated group. */
function weightOf(source: string): number {
  const signs = source.replace(/\[(?:\\.|[^\]\\])*\]|\\k<[^>]*>|\\\d+|\\./gs, placeholderFor);
  const outer: number[] = [];
  const free = Math.min(FREE_BOUNDARIES, signs.split(BOUNDARY).length - 1);
  const times = /\)[*+{]/.test(signs) ? GROUP_COPIES : 1;
  let weight = times * EMPTY_ALTERNATIVE * emptyAlternatives(signs) - free * (WEIGHTS[BOUNDARY] ?? 0);
  for (const [sign] of signs.matchAll(/\(\??|\)[*+?{]?|\{\d*,|[.|*+?{\0]/g)) {
    if (sign.startsWith('(')) {
      outer.push(weight);
      weight = 0;
    } else if (sign.startsWith(')')) {
      weight = (outer.pop() ?? 0) + 1 + (sign === ')' ? weight : GROUP_COPIES * (weight + 1));
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

/** Returns a placeholder with the weight of a class or an escape; empty for a back reference, which may match nothing. */
function placeholderFor(text: string): string {
  if (text.startsWith('[') || /^\\[DSWdsw]/.test(text)) return '.';
  if (/^\\[bB]/.test(text)) return BOUNDARY;
  return /^\\(?:k<|\d)/.test(text) ? '' : LITERAL;
}
