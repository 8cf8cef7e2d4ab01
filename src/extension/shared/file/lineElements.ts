/** How many characters of a line VS Code draws (`editor.stopRenderingLineAfter`). */
export const DRAWN = 10_000;
/** Maximum length of a line that VS Code highlights (`editor.maxTokenizationLineLength`). */
const HIGHLIGHTED = 20_000;
/**
 * Maximum number of elements in a line that is highlighted: a click into it takes the square of their number, 0.3 s for so many
 * and 6 s for 10,000.
 */
const MAX_HIGHLIGHTED = 1500;

/** What JSON is made of, and nothing else: a number is one token only as JSON writes it. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{}:,]|[ \t]+/gy;
const DATA = /^data: ?/;

/** Yields where each line begins and ends. An editor ends one at CR, LF and CRLF. */
export function* linesOf(text: string): Generator<[from: number, end: number]> {
  let [cr, lf] = [-1, -1];
  for (let from = 0; ; ) {
    if (cr < from) cr = placeOf('\r', text, from);
    if (lf < from) lf = placeOf('\n', text, from);
    const end = Math.min(cr, lf, text.length);
    yield [from, end];
    if (end === text.length) return;
    from = lf === end + 1 ? end + 2 : end + 1;
  }
}

function placeOf(sign: string, text: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? Infinity : at;
}

/**
 * Returns how many elements a browser may be given to draw the line, whatever an editor highlights in it and with all of it
 * selected: each sign and blank, and each run of letters or of digits.
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

/** Returns how many elements a line of JSON has that is highlighted; undefined if the line isn't JSON to the letter. */
function jsonElements(line: string): number | undefined {
  let [count, end] = [0, 0];
  for (const { 0: token, index } of line.matchAll(TOKEN)) {
    // An escape has a color of its own, and so has what follows.
    count += token.startsWith('"') ? 2 * token.split('\\').length - 1 : 1;
    end = index + token.length;
  }
  return end === line.length ? count : undefined;
}

/** Returns how many brackets are drawn of a line: these have colors also where it is too long to be highlighted. */
function bracketsOf(line: string): number {
  return line.slice(0, DRAWN).match(/[()[\]{}]/g)?.length ?? 0;
}

/**
 * Whether an editor highlights the line as JSON without a hang: it is JSON to the letter by itself, so that no string or comment
 * goes on behind it, and has not too much of it.
 */
export function isEasyJson(line: string): boolean {
  const count = line.length > HIGHLIGHTED ? bracketsOf(line) : (jsonElements(line) ?? Infinity);
  return count <= MAX_HIGHLIGHTED;
}

/** Knows whether an editor highlights the lines of a file without a hang, in whichever language: in a stream, JSON within the data. */
export class FileLines {
  /** Whether it is known how the data go on: not behind a line that isn't JSON, which may leave a string open. */
  #isSure = true;

  /** Takes in the next line. Returns whether it is highlighted without a hang. */
  take(line: string): boolean {
    const [prefix = ''] = DATA.exec(line) ?? [];
    if (!prefix) this.#isSure = true;
    if (line.length > HIGHLIGHTED) return bracketsOf(line) <= MAX_HIGHLIGHTED;
    const count = prefix && this.#isSure ? jsonElements(line.slice(prefix.length)) : undefined;
    if (count === undefined) this.#isSure = !prefix;
    return (count ?? elementsOf(line)) <= MAX_HIGHLIGHTED;
  }
}
