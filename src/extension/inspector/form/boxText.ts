import { env } from 'vscode';
import { MAX_TEXT } from '../../../client/request/requestLimits';
import { inTime } from '../../../turns/inTime';

/** Maximum time to wait for the clipboard, in milliseconds: a browser may ask the user first, who may not notice. */
const TIMEOUT = 1000;

/**
 * Restores the text of an input box as it was before the box joined its lines: comments and here-documents depend on the
 * line breaks.
 */
export class BoxText {
  readonly #given: string;
  #line: string;
  #whole: Promise<string>;

  /** @param given initial text of the box */
  constructor(given: string) {
    [this.#given, this.#line] = [given, ''];
    this.#whole = Promise.resolve('');
  }

  /** Resolves with the pasted or initial text if it differs from the line only in white space; if not, with the line. */
  whole(line: string): Promise<string> {
    // The clipboard is read once per paste, for privacy: never while the user is typing.
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

/** Resolves with an empty text if the clipboard isn't available. */
async function clipboardText(): Promise<string> {
  try {
    return await inTime(env.clipboard.readText(), TIMEOUT, () => new Error('VS Code does not answer'));
  } catch {
    // Then the line is read as it is.
    return '';
  }
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}
