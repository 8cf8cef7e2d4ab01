import type { Environment } from '../environment';
import type { Dialect } from './dialect';

const QUOTED = /'[^']*'?|"(?:[^"\\]|\\[\s\S])*"?/g;
const PARAMETER = /\$\{[^}\n]{0,200}\}?/g;
/** Expansions that set a variable in the middle of a word: `${NAME:=value}`. */
const DEFAULT = /\$\{(\w{1,200}):?=/g;
const NAME = /(?<![\w$%./-])[A-Za-z_]\w*(?![\w%])/g;
/** Statements of bash that change no value. */
const KEEPING = /^[ \t]*(?:export|readonly)(?:[ \t]+\w+)+[ \t;]*$/;
/** Statements of PowerShell and cmd that may change one. */
const CHANGING: Record<Exclude<Dialect, 'bash'>, RegExp> = {
  powershell: /(?<![=!<>])=|\+\+|--(?!%)|\bin\b|-(?:variable|item|itemproperty)\b|\.\w+\(/i,
  cmd: /\bset\b/i,
};
/** Beginnings and ends of blocks, outside of quotes. */
const BEGINS = /(?:^|[;&|({]|\b(?:then|do|else))[ \t]*(?:if|for|while|until|case|select)\b|\{/g;
const ENDS = /(?:^|[;\s])(?:fi|done|esac)(?![\w-])|\}/g;
/** The beginning of another branch of a block. */
const OTHERWISE = /^[ \t]*(?:else|elif|catch|finally)\b|;;/;

/** The statements that aren't understood: the values that they may change are no longer known. */
export class UnreadStatements {
  readonly #dialect: Dialect;
  readonly #environment: Environment;
  /** Number of blocks around the next statement. */
  #depth = 0;

  constructor(dialect: Dialect, environment: Environment) {
    [this.#dialect, this.#environment] = [dialect, environment];
  }

  /** Unsettles the variables and files that a statement names; and, at the end of a block, those that were set in it. */
  pass(statement: string): void {
    for (const path of statement.split(/[\s'"=;|&<>()]+/)) this.#environment.forget(path.replace(/^\.\//, ''));
    const bare = statement.replace(QUOTED, '""').replace(/\s#.*/g, '');
    for (const name of this.#namesIn(statement, bare)) this.#environment.unsettle(name);
    this.#count(bare.replace(PARAMETER, ''));
  }

  #namesIn(statement: string, bare: string): string[] {
    if (this.#dialect === 'bash') {
      if (KEEPING.test(statement)) return [];
      const seen = /\beval\b/.test(bare) ? statement : bare.replace(PARAMETER, '');
      return [...(seen.match(NAME) ?? []), ...[...statement.matchAll(DEFAULT)].map(([, name = '']) => name)];
    }
    if (!CHANGING[this.#dialect].test(this.#dialect === 'cmd' ? statement : bare)) return [];
    if (this.#dialect === 'cmd') return (statement.match(NAME) ?? []).map((name) => name.toUpperCase());
    // `$script:name` is the same variable as `$name`, `$env:name` is another; some commands take the bare name.
    const seen = /-(?:variable|item)/i.test(bare) ? statement : bare;
    const names = [...seen.matchAll(/(?:(\w+):)?(\w+)/g)].flatMap(([whole, , name = '']) => [whole, name]);
    return names.map((name) => name.toLowerCase());
  }

  #count(bare: string): void {
    const isBlock = this.#dialect === 'cmd' ? /\(\s*$/.test(bare) : /^[ \t]*\([ \t]*$/.test(bare);
    const isEnd = /^[ \t]*\)/.test(bare);
    const begun = (bare.match(BEGINS)?.length ?? 0) + (isBlock ? 1 : 0);
    const ended = (bare.match(ENDS)?.length ?? 0) + (isEnd ? 1 : 0);
    if (ended > 0 || OTHERWISE.test(bare)) this.#environment.endBranch();
    const isWithin = this.#depth > 0;
    this.#depth = Math.max(0, this.#depth + begun - ended);
    if (isWithin !== this.#depth > 0 || ended > 0) this.#environment.setBranch(this.#depth > 0);
  }
}
