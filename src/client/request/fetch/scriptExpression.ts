import { type Expression, type Options, Parser } from 'acorn';
import { CurlError } from '../curlError';

/**
 * Maximum number of calls of the parser within one another. Each bracket and each operator takes two or three; where the
 * stack ends while V8 compiles a regular expression, the process ends, too.
 */
const MAX_DEPTH = 400;
/** Maximum length of all that is read of a text, in characters: several times the text, so that a short one costs little. */
const MAX_TIMES = 4;
const MAX_READ = 1024 * 1024;
/** How much more may be read, however short the text is. */
const FREE = 64 * 1024;
/** Cost of making a parser, in characters. */
const READING = 32;

const OPTIONS: Options = { ecmaVersion: 'latest', allowAwaitOutsideFunction: true, allowHashBang: false };
const NESTING = ['parseMaybeAssign', 'parseMaybeUnary', 'parseExprOp', 'parseExprAtom', 'parseStatement'];
/**
 * Methods that are left out, since nothing here needs them. Regular expressions are read as deep as their groups go; whether
 * it is strict is looked for at the text's beginning, each time; each name that is declared is compared to all before it.
 */
const SKIPPED = ['validateRegExpFlags', 'validateRegExpPattern', 'strictDirective', 'declareName'];

type Method = (this: BoundedParser, ...given: unknown[]) => unknown;

/** A parser that goes neither too deep nor too far. */
class BoundedParser extends Parser {
  depth = 0;
  /** Behind it, no token is read. */
  limit = 0;

  /** Returns one that begins at an index. By itself, acorn looks for the beginning of the line first: it may be a megabyte. */
  static at(text: string, index: number, limit: number): BoundedParser {
    const parser = new BoundedParser(OPTIONS, text);
    for (const name of ['pos', 'start', 'end', 'lastTokStart', 'lastTokEnd']) Reflect.set(parser, name, index);
    parser.limit = limit;
    return parser;
  }

  /** How far it has come. */
  get place(): number {
    return Reflect.get(this, 'pos') as number;
  }

  /** Returns the expression that begins where it is. */
  expression(): Expression {
    (Reflect.get(this, 'nextToken') as Method).call(this);
    return (Reflect.get(this, 'parseExpression') as Method).call(this) as Expression;
  }
}

/** Gives the parser a method in the place of acorn's own. */
function replace(name: string, make: (own: Method) => Method): void {
  Reflect.set(BoundedParser.prototype, name, make(Reflect.get(Parser.prototype, name) as Method));
}

for (const name of NESTING)
  replace(
    name,
    (own) =>
      function (...given) {
        this.depth += 1;
        if (this.depth > MAX_DEPTH) throw new SyntaxError('It is nested too deep.');
        const result = own.apply(this, given);
        this.depth -= 1;
        return result;
      },
  );
for (const name of SKIPPED) replace(name, () => () => false);
replace(
  'nextToken',
  (own) =>
    function () {
      if (this.place > this.limit) throw new CurlError('tooComplex');
      return own.call(this);
    },
);
// By itself, it counts the lines of all that is before.
for (const name of ['raise', 'raiseRecoverable'])
  replace(name, () => (pos, message) => {
    throw Object.assign(new SyntaxError(String(message)), { pos });
  });

/** A text of JavaScript, of which expressions are read here and there. How much they may be in all is bounded. */
export class ScriptText {
  readonly text: string;
  #left: number;

  constructor(text: string) {
    this.text = text;
    this.#left = Math.min(MAX_TIMES * text.length, MAX_READ) + FREE;
  }

  /**
   * Returns the expression that begins there.
   * @throws {SyntaxError} where it can't be read, or is nested too deep
   * @throws {CurlError} `tooComplex`, where too much was read
   */
  expressionAt(index: number): Expression {
    if (this.#left <= 0) throw new CurlError('tooComplex');
    const parser = BoundedParser.at(this.text, index, index + this.#left);
    // Where it fails, all of the rest may have been looked through: for the end of a comment, say.
    let end = this.text.length;
    try {
      const expression = parser.expression();
      // With the blanks and comments behind it.
      end = parser.place;
      return expression;
    } finally {
      this.#left -= READING + end - index;
    }
  }
}
