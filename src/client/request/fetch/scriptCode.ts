/**
 * What of a script is no code, or may hold braces that open no block: fences of Markdown, comments, texts, expressions. What
 * isn't closed goes on to the end of its line or, as in the language, of the script.
 */
const NO_CODE =
  /```[^\n]*|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|(?<=[(,=:[!&|?{};]\s{0,10})\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.){0,100}\]){1,200}\//g;
/** Signs of a text that stay: by them it is known for one. */
const QUOTE = /^["'`]/;
/** Behind it, a statement is run on a condition, or again, or later. */
const CONDITION = /(?:\b(?:if|while|for(?:\s+await)?)\s{0,10}\([^{}]{0,300}\)|\belse|\bdo|&&|\|\||\?|:|=>)\s{0,100}$/;
/** Maximum length of what is looked at before a statement, in characters. */
const MAX_BEFORE = 400;

/** A script without what isn't code in it, as a call in it sees it. */
export class ScriptCode {
  /** As long as the script: blanks stand for what is no code. */
  readonly text: string;
  readonly #call: number;
  /** For each place whether the block that it is in is one that the call is in, too. */
  readonly #isAround: Uint8Array;

  /** @param call where it begins */
  constructor(script: string, call: number) {
    const code = script.replace(NO_CODE, blank);
    // A quote that is none, before the call, hides it.
    this.text = code.charAt(call) === script.charAt(call) ? code : script;
    this.#call = call;
    this.#isAround = new Uint8Array(script.length);
    this.#look(call, 1, '}', '{');
    this.#look(call - 1, -1, '{', '}');
  }

  /** Whether a name that is declared there is one for the call. */
  isSeen(index: number): boolean {
    return this.#isAround[index] === 1;
  }

  /** Whether it is behind the call. */
  isBehind(index: number): boolean {
    return index > this.#call;
  }

  /** Whether what stands there is run, once, where the call is. */
  isSettled(index: number): boolean {
    return this.isSeen(index) && !CONDITION.test(this.text.slice(Math.max(0, index - MAX_BEFORE), index));
  }

  /** Notes from the call on which places aren't in blocks of their own. @param out the brace that leads out of a block */
  #look(from: number, step: 1 | -1, out: string, into: string): void {
    let depth = 0;
    for (let at = from; at >= 0 && at < this.text.length; at += step) {
      const sign = this.text.charAt(at);
      // A brace that opens is outside of its block.
      if (depth === 0 && sign !== '}') this.#isAround[at] = 1;
      if (sign === into) depth += 1;
      else if (sign === out && depth > 0) depth -= 1;
      if (depth === 0 && sign === '{') this.#isAround[at] = 1;
    }
  }
}

/** Returns as many blanks; of a text, the quotes stay. */
function blank(found: string): string {
  if (!QUOTE.test(found) || found.startsWith('```') || found.length < 2) return ' '.repeat(found.length);
  return found.charAt(0) + ' '.repeat(found.length - 2) + found.charAt(found.length - 1);
}
