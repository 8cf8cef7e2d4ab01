/** Number of characters of a line that VS Code draws (`editor.stopRenderingLineAfter`). */
export const DRAWN = 10_000;
/** Maximum length of a line that VS Code highlights (`editor.maxTokenizationLineLength`). */
const HIGHLIGHTED = 20_000;
/**
 * Maximum number of elements in a highlighted line: a click into the line takes time quadratic in their number, 0.3 s for
 * this many and 6 s for 10,000.
 */
const MAX_HIGHLIGHTED = 1500;

/** Matches a token of strict JSON. A number is a single token only if it is written as JSON allows. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{}:,]|[ \t]+/gy;
const DATA = /^data: ?/;

/** Yields the start and end offset of each line. An editor ends a line at CR, LF and CRLF. */
export function* linesOf(text: string): Generator<[from: number, end: number]> {
  let [cr, lf] = [-1, -1];
  for (let from = 0; ; ) {
    if (cr < from) cr = offsetOf('\r', text, from);
    if (lf < from) lf = offsetOf('\n', text, from);
    const end = Math.min(cr, lf, text.length);
    yield [from, end];
    if (end === text.length) return;
    from = lf === end + 1 ? end + 2 : end + 1;
  }
}

function offsetOf(sign: string, text: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? Infinity : at;
}

/**
 * Returns the maximum number of elements that a browser may need to draw the line, whatever the editor highlights in it and
 * even if all of it is selected: one for each symbol and blank, and one for each run of letters or digits.
 */
export function elementsOf(line: string): number {
  let count = 0;
  let last: Kind = 'other';
  for (let at = 0; at < line.length; at += 1) {
    const kind = kindOf(line.charCodeAt(at));
    if (kind === 'other' || kind !== last) count += 1;
    last = kind;
  }
  return count;
}

type Kind = 'letter' | 'digit' | 'other';

function kindOf(code: number): Kind {
  if (code >= 0x30 && code <= 0x39) return 'digit';
  return code > 0x7f || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) ? 'letter' : 'other';
}

/** Returns the number of elements of a highlighted line of JSON; undefined if the line isn't strict JSON. */
function jsonElements(line: string): number | undefined {
  let [count, end] = [0, 0];
  for (const { 0: token, index } of line.matchAll(TOKEN)) {
    // An escape has its own color, and so has the text after it.
    count += token.startsWith('"') ? 2 * token.split('\\').length - 1 : 1;
    end = index + token.length;
  }
  return end === line.length ? count : undefined;
}

/** Returns the number of brackets drawn in a line: brackets are colored even if the line is too long to be highlighted. */
function bracketsOf(line: string): number {
  return line.slice(0, DRAWN).match(/[()[\]{}]/g)?.length ?? 0;
}

/**
 * Whether an editor highlights the line as JSON without hanging. The line must be strict JSON by itself, so that no string
 * or comment continues on the next line, and must not have too many elements.
 */
export function isEasyJson(line: string): boolean {
  const count = line.length > HIGHLIGHTED ? bracketsOf(line) : (jsonElements(line) ?? Infinity);
  return count <= MAX_HIGHLIGHTED;
}

/**
 * Checks line by line whether an editor highlights a file without hanging, in any language; in a stream, the data as JSON.
 */
export class FileLines {
  /** Whether the state of the data is known. After a line that isn't JSON, a string may have been left open. */
  #isSure = true;

  /** Processes the next line. Returns whether it is highlighted without a hang. */
  take(line: string): boolean {
    const [prefix = ''] = DATA.exec(line) ?? [];
    if (!prefix) this.#isSure = true;
    if (line.length > HIGHLIGHTED) return bracketsOf(line) <= MAX_HIGHLIGHTED;
    const count = prefix && this.#isSure ? jsonElements(line.slice(prefix.length)) : undefined;
    if (count === undefined) this.#isSure = !prefix;
    return (count ?? elementsOf(line)) <= MAX_HIGHLIGHTED;
  }
}
