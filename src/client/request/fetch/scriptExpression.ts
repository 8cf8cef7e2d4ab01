import { type Expression, type Options, Parser } from 'acorn';
import { CurlError } from '../curlError';

/**
 * Maximum depth of nested calls of the parser. Each bracket and each operator takes two or three; if the stack overflows
 * while V8 compiles a regular expression, the process crashes.
 */
const MAX_DEPTH = 400;
/**
 * Maximum length that is read of a text in all, as a multiple of the text's and in characters: for a short text, that is
 * little.
 */
const MAX_TIMES = 4;
const MAX_READ = 1024 * 1024;
/** Length that may be read beyond that, in characters, however short the text is. */
const FREE = 64 * 1024;
/** Cost of creating a parser, in characters. */
const READING = 32;

const OPTIONS: Options = { ecmaVersion: 'latest', allowAwaitOutsideFunction: true, allowHashBang: false };
const NESTING = ['parseMaybeAssign', 'parseMaybeUnary', 'parseExprOp', 'parseExprAtom', 'parseStatement'];
/**
 * Methods of the parser that aren't needed here, and are skipped: validating regular expressions recurses into their
 * groups; the check for strict mode searches from the beginning of the text each time; and each declared name is compared
 * with all before it.
 */
const SKIPPED = ['validateRegExpFlags', 'validateRegExpPattern', 'strictDirective', 'declareName'];

type Method = (this: BoundedParser, ...given: unknown[]) => unknown;

/** A parser with limits of its depth and its length. */
class BoundedParser extends Parser {
  depth = 0;
  /** Index after which no token is read. */
  limit = 0;

  /**
   * Returns a parser that begins at an index. Without this, acorn would first search for the beginning of the line, which
   * may have a megabyte.
   */
  static at(text: string, index: number, limit: number): BoundedParser {
    const parser = new BoundedParser(OPTIONS, text);
    for (const name of ['pos', 'start', 'end', 'lastTokStart', 'lastTokEnd']) Reflect.set(parser, name, index);
    parser.limit = limit;
    return parser;
  }

  /** Current index of the parser. */
  get place(): number {
    return Reflect.get(this, 'pos') as number;
  }

  /** Returns the expression that begins at the current index. */
  expression(): Expression {
    (Reflect.get(this, 'nextToken') as Method).call(this);
    return (Reflect.get(this, 'parseExpression') as Method).call(this) as Expression;
  }
}

/** Replaces a method of acorn's parser. */
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
// acorn's own method counts the lines of all text before the error.
for (const name of ['raise', 'raiseRecoverable'])
  replace(name, () => (pos, message) => {
    throw Object.assign(new SyntaxError(String(message)), { pos });
  });

/** A text of JavaScript, of which single expressions are read. The total length that is read is limited. */
export class ScriptText {
  readonly text: string;
  #left: number;

  constructor(text: string) {
    this.text = text;
    this.#left = Math.min(MAX_TIMES * text.length, MAX_READ) + FREE;
  }

  /**
   * Returns the expression that begins there.
   * @throws {SyntaxError} if it can't be read, or is nested too deep
   * @throws {CurlError} `tooComplex`, if too much was read
   */
  expressionAt(index: number): Expression {
    if (this.#left <= 0) throw new CurlError('tooComplex');
    const parser = BoundedParser.at(this.text, index, index + this.#left);
    // If it fails, it may have read all of the rest, for example to find the end of a comment.
    let end = this.text.length;
    try {
      const expression = parser.expression();
      // Includes the blanks and comments after it.
      end = parser.place;
      return expression;
    } finally {
      this.#left -= READING + end - index;
    }
  }
}
