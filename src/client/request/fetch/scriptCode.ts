/**
 * Parts of a script that aren't code, or may contain braces that open no block: fences of Markdown, comments, strings,
 * regular expressions. An unclosed one extends to the end of its line or, as in the language, of the script.
 */
const NO_CODE =
  /```[^\n]*|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|(?<=[(,=:[!&|?{};]\s{0,10})\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.){0,100}\]){1,200}\//g;
/** Quotes of a string, which stay: they mark it as one. */
const QUOTE = /^["'`]/;
/** Code after which a statement is executed conditionally, repeatedly or later. */
const CONDITION = /(?:\b(?:if|while|for(?:\s+await)?)\s{0,10}\([^{}]{0,300}\)|\belse|\bdo|&&|\|\||\?|:|=>)\s{0,100}$/;
/** Maximum number of characters that are examined before a statement. */
const MAX_BEFORE = 400;

/** A script without the parts that aren't code, as seen from a call in it. */
export class ScriptCode {
  /** Text as long as the script, with blanks in place of what isn't code. */
  readonly text: string;
  readonly #call: number;
  /** Flags for each index, whether the call is within the same block or one inside it. */
  readonly #isAround: Uint8Array;

  /** @param call index where it begins */
  constructor(script: string, call: number) {
    const code = script.replace(NO_CODE, blank);
    // A stray quote before the call would hide it.
    this.text = code.charAt(call) === script.charAt(call) ? code : script;
    this.#call = call;
    this.#isAround = new Uint8Array(script.length);
    this.#markVisible(call, 1, '}', '{');
    this.#markVisible(call - 1, -1, '{', '}');
  }

  /** Whether a name that is declared there is visible from the call. */
  isSeen(index: number): boolean {
    return this.#isAround[index] === 1;
  }

  /** Whether the index is after the call. */
  isAfter(index: number): boolean {
    return index > this.#call;
  }

  /** Whether the code there is executed exactly once, together with the call. */
  isSettled(index: number): boolean {
    return this.isSeen(index) && !CONDITION.test(this.text.slice(Math.max(0, index - MAX_BEFORE), index));
  }

  /** Marks the indexes from the call on that aren't in blocks of their own. @param out brace that leads out of a block */
  #markVisible(from: number, step: 1 | -1, out: string, into: string): void {
    let depth = 0;
    for (let at = from; at >= 0 && at < this.text.length; at += step) {
      const sign = this.text.charAt(at);
      // An opening brace is outside of its block.
      if (depth === 0 && sign !== '}') this.#isAround[at] = 1;
      if (sign === into) depth += 1;
      else if (sign === out && depth > 0) depth -= 1;
      if (depth === 0 && sign === '{') this.#isAround[at] = 1;
    }
  }
}

/** Returns the same number of blanks; the quotes of a string stay. */
function blank(found: string): string {
  if (!QUOTE.test(found) || found.startsWith('```') || found.length < 2) return ' '.repeat(found.length);
  return found.charAt(0) + ' '.repeat(found.length - 2) + found.charAt(found.length - 1);
}
