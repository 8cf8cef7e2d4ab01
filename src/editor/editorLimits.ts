import { TextCost } from '../text/textCost';
import type { Turns } from '../turns/turns';

/** Maximum length of a text that is put into an editor, in UTF-16 code units; and as JSON, as which it is sent there. */
const MAX_LENGTH = 1024 * 1024;
const MAX_JSON_LENGTH = 2 * MAX_LENGTH;
/** Maximum number of its lines: an editor has an object for each. */
const MAX_LINES = 50_000;
/** How many characters of a line VS Code draws (`editor.stopRenderingLineAfter`). */
const DRAWN = 10_000;
/** Maximum cost of what is drawn of a line: 10,000 characters of Japanese cost 100,000; with many more marks, what is quadratic of them tells. */
const MAX_LINE_COST = 160_000;
/** Maximum cost of as many lines as a tall screen has: 150 ms. */
const MAX_SCREEN_COST = 500_000;
const SCREEN = 100;
/** Maximum number of brackets, and of those that are open in each other: an editor pairs them in any language, a million in 8 s. */
const MAX_BRACKETS = 50_000;
const MAX_DEPTH = 100;
/** Maximum number of links and colors that an editor decorates, in any language and all at once: 24 µs each. */
const MAX_DECORATED = 5000;
const DECORATED = /:\/\/|#[\da-f]{3}|\b(?:rgb|hsl)a?\(/gi;
/** How much of a text is measured at one go, in UTF-16 code units. */
const PORTION = 16 * 1024;

/** Why an editor would take long to open a text: what there is too much of. */
export type EditorProblem = 'length' | 'lines' | 'brackets' | 'decorated' | 'cost';

/** Resolves with why an editor would hang with the text; undefined if it won't. */
export async function editorProblem(text: string, turns: Turns): Promise<EditorProblem | undefined> {
  if (text.length > MAX_LENGTH || (await jsonLength(text, turns)) > MAX_JSON_LENGTH) return 'length';
  if (hasManyBrackets(text)) return 'brackets';
  if (isDecoratedMuch(text)) return 'decorated';
  const cost = new TextCost();
  const costs: number[] = [];
  let screen = 0;
  for (let from = 0; from <= text.length; ) {
    if (costs.length === MAX_LINES) return 'lines';
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(from, Math.min(end, from + DRAWN));
    const drawn = cost.cut(line, 0, MAX_LINE_COST);
    if (drawn.end < line.length) return 'cost';
    screen += drawn.cost - (costs.at(-SCREEN) ?? 0);
    if (screen > MAX_SCREEN_COST) return 'cost';
    costs.push(drawn.cost);
    from = end + 1;
    if (turns.isOver) await turns.next();
  }
  return undefined;
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

/** Whether there are more brackets than an editor pairs in a moment, those in strings included. */
function hasManyBrackets(text: string): boolean {
  let [depth, count] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isOpen = code === 0x28 || code === 0x5b || code === 0x7b;
    if (!isOpen && code !== 0x29 && code !== 0x5d && code !== 0x7d) continue;
    count += 1;
    depth = isOpen ? depth + 1 : Math.max(0, depth - 1);
    if (count > MAX_BRACKETS || depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Whether there is more than an editor makes links and samples of colors of in a moment. */
function isDecoratedMuch(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(DECORATED)) {
    count += 1;
    if (count > MAX_DECORATED) return true;
  }
  return false;
}
