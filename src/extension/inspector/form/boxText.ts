import { env } from 'vscode';
import { MAX_TEXT } from '../../../client/request/requestLimits';

/** Maximum time to wait for the clipboard, in milliseconds: a browser may ask the person first, who looks elsewhere. */
const PATIENCE = 1000;

/**
 * The text of an input box as it was before the box made one line of it: with its line ends, on which comments and
 * here-documents depend.
 */
export class BoxText {
  readonly #given: string;
  #line: string;
  #whole: Promise<string>;

  /** @param given the text that is there first */
  constructor(given: string) {
    [this.#given, this.#line] = [given, ''];
    this.#whole = Promise.resolve('');
  }

  /** Returns the text that was pasted or given, where the line differs from it in white space only; else the line. */
  whole(line: string): Promise<string> {
    // The clipboard is read once a paste: while a person types, it is none of our business.
    if (line !== this.#line) {
      const isPasted = Math.abs(line.length - this.#line.length) > 1;
      this.#whole = /\s/.test(line.trim()) && isPasted ? this.#pasted(line) : Promise.resolve(line);
      this.#line = line;
    }
    return this.#whole;
  }

  async #pasted(line: string): Promise<string> {
    const bare = withoutBlanks(line);
    if (withoutBlanks(this.#given) === bare) return this.#given;
    const text = await clipboardText();
    return text.length <= MAX_TEXT && withoutBlanks(text) === bare ? text : line;
  }
}

/** Resolves with an empty text where the clipboard isn't to be had. */
async function clipboardText(): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(''), PATIENCE);
  });
  try {
    return await Promise.race([env.clipboard.readText(), late]);
  } catch {
    // The line is read as it is, then.
    return '';
  } finally {
    clearTimeout(timer);
  }
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}
