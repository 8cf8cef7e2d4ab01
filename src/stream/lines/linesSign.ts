import { LineParser } from './parseLines';

/** Maximum size of the beginning that is looked at, in bytes. */
const MAX_SIZE = 64 * 1024;
/** Number of lines that tell. */
const LINES = 2;

/** Looks whether the beginning of a text is JSON lines: two whole lines, each a JSON object or array. */
export class LinesSign {
  readonly #parser = new LineParser(({ data }) => this.#look(data), { maxEventSize: MAX_SIZE });
  #size = 0;
  #lines = 0;
  /** Whether it is JSON lines; undefined as long as that is open. */
  #answer: boolean | undefined;

  /** Looks at the next chunk. @returns whether the text is JSON lines; undefined if that is still open */
  feed(chunk: Uint8Array): boolean | undefined {
    if (this.#answer !== undefined) return this.#answer;
    const room = MAX_SIZE - this.#size;
    this.#parser.feed(chunk.subarray(0, room));
    this.#size += chunk.length;
    if (chunk.length > room) this.#answer ??= false;
    return this.#answer;
  }

  /** Returns the answer about a text that is over, whose last line needs no end. */
  end(): boolean {
    if (this.#answer === undefined) this.#parser.end();
    return this.#answer ?? false;
  }

  #look(line: string): void {
    if (this.#answer !== undefined) return;
    this.#lines += 1;
    if (!isJson(line)) this.#answer = false;
    else if (this.#lines === LINES) this.#answer = true;
  }
}

/** Whether a line is an object or an array: any number is JSON, too, and so is a line that says `true`. */
function isJson(line: string): boolean {
  if (!/^\s*[[{]/.test(line)) return false;
  try {
    // Without strings of digits, many of which take V8 long: see `numericStrings.ts`.
    JSON.parse(line.replace(/"\d{1,9}"/g, '""'));
    return true;
  } catch {
    return false;
  }
}
