import { type Expression, Parser } from 'acorn';

/**
 * Maximum number of calls of the parser within one another. Each bracket and each operator takes two or three; where the
 * stack ends while V8 compiles a regular expression, the process ends, too.
 */
const MAX_DEPTH = 400;
const NESTING = ['parseMaybeAssign', 'parseMaybeUnary', 'parseExprOp', 'parseExprAtom', 'parseStatement'];
/** They go as deep as a regular expression's groups, and nothing here needs them. */
const VALIDATING = ['validateRegExpFlags', 'validateRegExpPattern'];

type Method = (this: Parser, ...given: unknown[]) => unknown;

/** Returns the expression of JavaScript that begins there. @throws {SyntaxError} where it can't be read, or is nested too deep */
export function expressionAt(text: string, index: number): Expression {
  let depth = 0;
  const bounded = Parser.extend((Base) => {
    class Bounded extends Base {}
    for (const name of NESTING) {
      const inner = Reflect.get(Base.prototype, name) as Method;
      const outer: Method = function (...given) {
        depth += 1;
        if (depth > MAX_DEPTH) throw new SyntaxError('It is nested too deep.');
        const result = inner.apply(this, given);
        depth -= 1;
        return result;
      };
      Reflect.set(Bounded.prototype, name, outer);
    }
    for (const name of VALIDATING) Reflect.set(Bounded.prototype, name, () => undefined);
    return Bounded;
  });
  return bounded.parseExpressionAt(text, index, { ecmaVersion: 'latest', allowAwaitOutsideFunction: true });
}
