import { anyOf, matchAt } from './shells/patterns';

/** A fence around code in Markdown, up to the end of its line. */
const FENCE = /[ \t]*(?:```|~~~)[\w-]*[ \t]*(?:\n|$)/y;
/** Prompts of terminals and documentation before a command. Bounded, since a line may have a megabyte. */
const PROMPT = new RegExp(
  anyOf('', [
    /[$%>❯λ»](?=[ \t])/,
    /PS(?: [^\n>]{1,200})?>+/,
    /[A-Za-z]:(?:\\[^\n>]{0,200})?>/,
    /\[?[\w.-]{1,50}@[\w.-]{1,50}[^\n$#%>'"]{0,200}[$#%>](?=[ \t])/,
    /(?:ba|z|k|da)?sh-[\d.]{1,10}[$#]/,
    /➜[^\n]{1,100}?(?=[ \t]curl)/,
  ])
    .source.replace(/^/, '(?:\\([\\w.-]{1,50}\\) ?)?(?:')
    .replace(/$/, ')[ \\t]*'),
  'y',
);
/** Prompts before the continuation lines of a command. */
const CONTINUED = /^(?:>>? ?|(?:[a-z]{1,10} ){0,3}[a-z]{0,10}quote> ?|More\? ?)/;

/** Returns the index after blank lines, fences and a prompt. @param start of a line */
export function afterPrompt(text: string, start: number): { at: number; hasPrompt: boolean } {
  let at = start;
  for (let before = -1; before !== at; ) {
    before = at;
    at = matchEnd(/\s*/y, text, at);
    if (at === 0 || text.charAt(at - 1) === '\n') at = matchEnd(FENCE, text, at);
  }
  const end = matchEnd(PROMPT, text, at);
  return { at: end, hasPrompt: end > at };
}

/** Returns the text without the prompts of the continuation lines after the index, if there are any. */
export function withoutContinuations(text: string, index: number): string {
  const lineEnd = text.indexOf('\n', index);
  if (lineEnd < 0 || !CONTINUED.test(text.slice(lineEnd + 1, lineEnd + 50))) return text;
  const lines = text.slice(lineEnd + 1).split('\n');
  const last = lines.findIndex((line) => !CONTINUED.test(line));
  const bare = lines.map((line, at) => (last < 0 || at < last ? line.replace(CONTINUED, '') : line));
  return text.slice(0, lineEnd + 1) + bare.join('\n');
}

/** A comment mark, in languages whose comments contain commands. */
const MARK = /^[ \t]*(?<mark>\/\/[/!]?|#+|\*(?!\/)|--|;+|')[ \t]?/;

/**
 * Returns the text without the comment marks before a command and the lines around it; undefined if there are none, or if
 * a command is outside of comments.
 */
export function withoutCommentMarks(text: string): string | undefined {
  const lines = text.split('\n');
  const markOf = (line: string | undefined) => MARK.exec(line ?? '')?.groups?.['mark'];
  const first = lines.findIndex((line) => /\bcurl(?:\.exe)?\s/i.test(line) && markOf(line) !== undefined);
  const mark = markOf(lines[first]);
  const isBeside = lines.some((line) => /\bcurl(?:\.exe)?\s/i.test(line) && markOf(line) === undefined);
  if (mark === undefined || isBeside) return undefined;
  const start = lines.slice(0, first).findLastIndex((line) => markOf(line) !== mark) + 1;
  const behind = lines.findIndex((line, at) => at > first && markOf(line) !== mark);
  const end = behind < 0 ? lines.length : behind;
  return lines.map((line, at) => (at >= start && at < end ? line.replace(MARK, '') : line)).join('\n');
}

/** Returns the text without fences. */
export function withoutFences(text: string): string {
  return text.replace(/^[ \t]*(?:```|~~~)[\w-]*[ \t]*$/gm, '').trim();
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0);
}
