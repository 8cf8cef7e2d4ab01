import { TextCost } from '../../../text/textCost';
import type { Turns } from '../../../turns/turns';
import { DRAWN, elementsOf, FileLines, isEasyJson, linesOf } from './lineElements';

/** Limits of the text that is opened in an editor: its length in UTF-16 code units, its length as JSON, and its lines. */
export interface EditorLimits {
  length: number;
  jsonLength: number;
  lines: number;
  /** Maximum number of brackets. An editor pairs them in any language; a million take it 8 s. */
  brackets: number;
  /** Whether the text is a file, whose language VS Code chooses, so that it may be highlighted. */
  isFile: boolean;
}

/** Limits of a text that we put into an editor: it is sent there as JSON, in one message. */
export const SENT: EditorLimits = {
  length: 2 ** 20,
  jsonLength: 2 ** 21,
  lines: 50_000,
  brackets: 20_000,
  isFile: false,
};
/** Limits of a file, which VS Code reads itself. */
export const READ: EditorLimits = {
  length: 2 ** 24,
  jsonLength: Infinity,
  lines: 300_000,
  brackets: 50_000,
  isFile: true,
};

/**
 * Maximum cost of the drawn part of a line. 10,000 Japanese characters cost 100,000. With many more combining marks,
 * drawing becomes noticeably quadratic.
 */
const MAX_LINE_COST = 160_000;
/** Maximum cost of as many lines as fit on a tall screen: 150 ms, or 500 ms if every character is an element. */
const MAX_SCREEN_COST = 500_000;
/** Cost of an element in addition to its letters: a browser needs 15 µs for each. */
const ELEMENT = 15;
const SCREEN = 100;
/** Maximum indentation of a line, in columns: an editor draws a guide every few columns, also in empty lines beside it. */
const MAX_INDENTATION = 200;
const TAB = 8;
/** Maximum nesting depth of brackets: from 300 levels on, an editor no longer finds the closing brackets. */
const MAX_DEPTH = 250;
/** Maximum number of closing brackets without an opening one: each becomes an element of its own, in any language. */
const MAX_UNEXPECTED = 1500;
/** Maximum number of links, references and colors: an editor decorates them in any language, all at once, 24 µs each. */
const MAX_DECORATED = 5000;
/** Maximum length of a match of `DECORATED`, in UTF-16 code units. */
const DECORATED_SIZE = 26;
const DECORATED = /:\/\/|"(?:\$|\\u0024)(?:r|\\u0072)(?:e|\\u0065)(?:f|\\u0066)"|#[\da-f]{3}|\b(?:rgb|hsl)a?\(/gi;
/** Maximum number of marks of merge conflicts: VS Code decorates them, and puts four commands above each; 10,000 take it 2.6 s, 99,000 half a minute. */
const MAX_CONFLICTS = 500;
const CONFLICT = /^(?:<{7}|\|{7})/;
/** Number of UTF-16 code units that are examined in one go. */
const PORTION = 16 * 1024;

/** Reason why an editor would take long to open a text: the thing that it has too much of. */
export type EditorProblem = 'length' | 'lines' | 'brackets' | 'decorated' | 'cost';

/** Resolves with the reason why an editor would hang with the text; undefined if it would not. */
export async function editorProblem(
  text: string,
  limits: EditorLimits,
  turns: Turns,
): Promise<EditorProblem | undefined> {
  if (text.length > limits.length) return 'length';
  if (limits.jsonLength < Infinity && (await jsonLength(text, turns)) > limits.jsonLength) return 'length';
  return (await markProblem(text, limits.brackets, turns)) ?? (await lineProblem(text, limits, turns));
}

/** Resolves with whether an editor can highlight the text as JSON without hanging. */
export async function isHighlighted(text: string, turns: Turns): Promise<boolean> {
  for (const [from, end] of linesOf(text)) {
    if (!isEasyJson(text.slice(from, end))) return false;
    if (turns.isOver) await turns.next();
  }
  return true;
}

/** Resolves with the limit that the lines exceed: their number, the cost of drawing them, or what they mark; undefined if none. */
async function lineProblem(text: string, limits: EditorLimits, turns: Turns): Promise<EditorProblem | undefined> {
  const cost = new TextCost();
  const file = limits.isFile ? new FileLines() : undefined;
  const costs: number[] = [0];
  let conflicts = 0;
  for (const [from, end] of linesOf(text)) {
    if (costs.length > limits.lines) return 'lines';
    const line = text.slice(from, Math.min(end, from + DRAWN));
    if (CONFLICT.test(line)) conflicts += 1;
    if (conflicts > MAX_CONFLICTS) return 'decorated';
    const drawn = cost.cut(line, 0, MAX_LINE_COST);
    if (drawn.end < line.length || indentationOf(line) > MAX_INDENTATION) return 'cost';
    if (file && !file.take(text.slice(from, end))) return 'cost';
    const sum = (costs.at(-1) ?? 0) + drawn.cost + ELEMENT * elementsOf(line);
    costs.push(sum);
    if (sum - (costs.at(-1 - SCREEN) ?? 0) > MAX_SCREEN_COST) return 'cost';
    if (turns.isOver) await turns.next();
  }
  return undefined;
}

/** Resolves with the exceeded limit among those for whole texts, which hold in any language; undefined if none. */
async function markProblem(text: string, max: number, turns: Turns): Promise<EditorProblem | undefined> {
  const brackets = new Brackets(max);
  let decorated = 0;
  for (let from = 0; from < text.length; from += PORTION) {
    const portion = text.slice(from, from + PORTION);
    brackets.add(portion);
    if (brackets.exceedLimits) return 'brackets';
    decorated += countDecorated(text.slice(from, from + PORTION + DECORATED_SIZE));
    if (decorated > MAX_DECORATED) return 'decorated';
    if (turns.isOver) await turns.next();
  }
  return undefined;
}

/** Resolves with the length of the text as JSON, in which form VS Code receives it: a control character takes six. */
export async function jsonLength(text: string, turns: Turns): Promise<number> {
  let length = 0;
  for (let from = 0; from < text.length; from += PORTION) {
    length += JSON.stringify(text.slice(from, from + PORTION)).length - 2;
    if (turns.isOver) await turns.next();
  }
  return length;
}

/** @param text a portion, followed by enough text to complete a match that begins in it */
function countDecorated(text: string): number {
  let count = 0;
  for (const { index } of text.matchAll(DECORATED)) count += index < PORTION ? 1 : 0;
  return count;
}

/** Returns the indentation in columns; counting stops above the maximum. */
function indentationOf(line: string): number {
  let columns = 0;
  for (let at = 0; columns <= MAX_INDENTATION && (line[at] === ' ' || line[at] === '\t'); at += 1)
    columns += line[at] === '\t' ? TAB : 1;
  return columns;
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Pairs the brackets of a text as an editor does, including those in strings. */
class Brackets {
  readonly #max: number;
  #count = 0;
  /** Kinds of the open brackets, with a count per kind: a bracket that closes an outer one discards the inner ones. */
  readonly #open: number[] = [];
  readonly #opened = [0, 0, 0];
  #unexpected = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Whether there are more brackets than an editor can pair or draw in a moment. */
  get exceedLimits(): boolean {
    return this.#count > this.#max || this.#open.length > MAX_DEPTH || this.#unexpected > MAX_UNEXPECTED;
  }

  /** Counts the brackets of the next portion. */
  add(text: string): void {
    for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
      this.#count += 1;
      const closed = CLOSING.indexOf(bracket);
      if (closed < 0) this.#begin(OPENING.indexOf(bracket));
      else if (this.#opened[closed]) this.#end(closed);
      else this.#unexpected += 1;
      if (this.exceedLimits) return;
    }
  }

  #begin(kind: number): void {
    this.#open.push(kind);
    this.#add(kind, 1);
  }

  #end(kind: number): void {
    for (let last: number | undefined; last !== kind; ) {
      last = this.#open.pop() ?? kind;
      this.#add(last, -1);
    }
  }

  #add(kind: number, count: number): void {
    this.#opened[kind] = (this.#opened[kind] ?? 0) + count;
  }
}
