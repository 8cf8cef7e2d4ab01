import { TextCost } from '../text/textCost';
import type { Turns } from '../turns/turns';

/** Maximum length of a text that is put into an editor, in UTF-16 code units; and as JSON, as which it is sent there. */
const MAX_LENGTH = 1024 * 1024;
const MAX_JSON_LENGTH = 2 * MAX_LENGTH;
/** Maximum number of its lines: an editor has an object for each. */
const MAX_LINES = 50_000;
/** How many characters of a line VS Code draws (`editor.stopRenderingLineAfter`). */
const DRAWN = 10_000;
/** Maximum cost of what is drawn of a line: with more marks, what is quadratic of them takes more than 100 ms. */
const MAX_LINE_COST = 100_000;
/** Maximum cost of as many lines as a tall screen has: 150 ms. */
const MAX_SCREEN_COST = 500_000;
const SCREEN = 100;
/** How much of a text is measured at one go, in UTF-16 code units. */
const PORTION = 16 * 1024;

/** Why an editor would take long to open a text: what there is too much of. */
export type EditorProblem = 'length' | 'lines' | 'cost';

/** Resolves with why an editor would hang with the text; undefined if it won't. */
export async function editorProblem(text: string, turns: Turns): Promise<EditorProblem | undefined> {
  if (text.length > MAX_LENGTH || (await jsonLength(text, turns)) > MAX_JSON_LENGTH) return 'length';
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
