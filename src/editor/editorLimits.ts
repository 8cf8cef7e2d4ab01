import { TextCost } from '../text/textCost';
import type { Turns } from '../turns/turns';

/** How much of a text an editor takes, whatever it is: its length in UTF-16 code units, as JSON, and its lines. */
export interface EditorLimits {
  length: number;
  jsonLength: number;
  lines: number;
  /** An editor pairs them in any language, a million in 8 s. */
  brackets: number;
}

/** Limits of a text that is put into an editor: it is sent there as JSON, and at one go. */
export const SENT: EditorLimits = { length: 2 ** 20, jsonLength: 2 ** 21, lines: 50_000, brackets: 20_000 };
/** Limits of a file, which VS Code reads by itself. */
export const READ: EditorLimits = { length: 2 ** 24, jsonLength: Infinity, lines: 300_000, brackets: 50_000 };

/** How many characters of a line VS Code draws (`editor.stopRenderingLineAfter`). */
const DRAWN = 10_000;
/** Maximum cost of what is drawn of a line: 10,000 characters of Japanese cost 100,000; with many more marks, what is quadratic of them tells. */
const MAX_LINE_COST = 160_000;
/** Maximum cost of as many lines as a tall screen has: 150 ms. */
const MAX_SCREEN_COST = 500_000;
const SCREEN = 100;
/** Maximum indentation of a line, in columns: an editor draws a guide each few of them, also through the empty lines beside it. */
const MAX_INDENTATION = 200;
const TAB = 8;
/** Maximum number of brackets that are open in each other. */
const MAX_DEPTH = 100;
/**
 * Maximum sum of how deep each bracket of a line stands, where the line is short enough to be highlighted
 * (`editor.maxTokenizationLineLength`): a line is highlighted at one go, and a million takes 6 s.
 */
const MAX_LINE_DEPTHS = 50_000;
const HIGHLIGHTED = 20_000;
/** Maximum number of links, references and colors that an editor decorates, in any language and all at once: 24 µs each. */
const MAX_DECORATED = 5000;
/** Its matches have at most so many UTF-16 code units. */
const DECORATED_SIZE = 6;
const DECORATED = /:\/\/|"\$ref"|#[\da-f]{3}|\b(?:rgb|hsl)a?\(/gi;
/** How much of a text is looked at in one go, in UTF-16 code units. */
const PORTION = 16 * 1024;

/** Why an editor would take long to open a text: what there is too much of. */
export type EditorProblem = 'length' | 'lines' | 'brackets' | 'decorated' | 'cost';

/** Resolves with why an editor would hang with the text; undefined if it won't. */
export async function editorProblem(
  text: string,
  limits: EditorLimits,
  turns: Turns,
): Promise<EditorProblem | undefined> {
  if (text.length > limits.length) return 'length';
  if (limits.jsonLength < Infinity && (await jsonLength(text, turns)) > limits.jsonLength) return 'length';
  return (await markProblem(text, limits.brackets, turns)) ?? (await lineProblem(text, limits.lines, turns));
}

/** Resolves with what there is too much of in the lines, or too much that is hard to draw. */
async function lineProblem(text: string, lines: number, turns: Turns): Promise<EditorProblem | undefined> {
  const cost = new TextCost();
  const costs: number[] = [];
  let screen = 0;
  for (let from = 0; from <= text.length; ) {
    if (costs.length === lines) return 'lines';
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(from, Math.min(end, from + DRAWN));
    const drawn = cost.cut(line, 0, MAX_LINE_COST);
    if (drawn.end < line.length || indentationOf(line) > MAX_INDENTATION) return 'cost';
    screen += drawn.cost - (costs.at(-SCREEN) ?? 0);
    if (screen > MAX_SCREEN_COST) return 'cost';
    costs.push(drawn.cost);
    from = end + 1;
    if (turns.isOver) await turns.next();
  }
  return undefined;
}

/** Resolves with what there is too much of that an editor looks for in the whole text, in any language. */
async function markProblem(text: string, most: number, turns: Turns): Promise<EditorProblem | undefined> {
  const brackets = new Brackets(most);
  let decorated = 0;
  for (let from = 0; from < text.length; from += PORTION) {
    const portion = text.slice(from, from + PORTION);
    brackets.add(portion);
    if (brackets.areMany) return 'brackets';
    decorated += countDecorated(text.slice(from, from + PORTION + DECORATED_SIZE));
    if (decorated > MAX_DECORATED) return 'decorated';
    if (turns.isOver) await turns.next();
  }
  brackets.add('\n');
  return brackets.areMany ? 'brackets' : undefined;
}

/** Resolves with the length of the text as JSON, as which VS Code gets it: a control character has six. */
export async function jsonLength(text: string, turns: Turns): Promise<number> {
  let length = 0;
  for (let from = 0; from < text.length; from += PORTION) {
    length += JSON.stringify(text.slice(from, from + PORTION)).length - 2;
    if (turns.isOver) await turns.next();
  }
  return length;
}

/** @param text a portion, and what may be of a match that begins in it */
function countDecorated(text: string): number {
  let count = 0;
  for (const { index } of text.matchAll(DECORATED)) count += index < PORTION ? 1 : 0;
  return count;
}

/** In columns; more than may be is counted no further. */
function indentationOf(line: string): number {
  let columns = 0;
  for (let at = 0; columns <= MAX_INDENTATION && (line[at] === ' ' || line[at] === '\t'); at += 1)
    columns += line[at] === '\t' ? TAB : 1;
  return columns;
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Counts the brackets of a text, those in strings included. */
class Brackets {
  readonly #most: number;
  #count = 0;
  /** How many of each kind are open: one of another kind closes none. */
  readonly #open = [0, 0, 0];
  #deepest = 0;
  /** Of the line: its length, and the sum of how deep its brackets stand. */
  #length = 0;
  #depths = 0;
  #hasDeepLine = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** There are more than an editor pairs, or highlights, in a moment; to be asked behind a line's end. */
  get areMany(): boolean {
    return this.#count > this.#most || this.#deepest > MAX_DEPTH || this.#hasDeepLine;
  }

  /** Takes in a portion. At the end of the text, a line end. */
  add(text: string): void {
    let from = 0;
    for (const { 0: sign, index } of text.matchAll(/[()[\]{}\n]/g)) {
      if (sign === '\n') {
        this.#endLine(index - from);
        from = index + 1;
      } else {
        this.#take(sign);
      }
      if (this.areMany) return;
    }
    this.#length += text.length - from;
  }

  #take(bracket: string): void {
    const opening = OPENING.indexOf(bracket);
    const kind = opening < 0 ? CLOSING.indexOf(bracket) : opening;
    this.#open[kind] = Math.max(0, (this.#open[kind] ?? 0) + (opening < 0 ? -1 : 1));
    const depth = this.#open.reduce((sum, open) => sum + open);
    this.#count += 1;
    this.#depths += depth;
    this.#deepest = Math.max(this.#deepest, depth);
  }

  #endLine(length: number): void {
    this.#hasDeepLine ||= this.#length + length <= HIGHLIGHTED && this.#depths > MAX_LINE_DEPTHS;
    [this.#length, this.#depths] = [0, 0];
  }
}
