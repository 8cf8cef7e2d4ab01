import { Hover, type Position, Range, type TextDocument } from 'vscode';
import { type Description, places } from './descriptions';

/** Maximum number of directives that are searched for `:@ fill`. */
const MAX_LINES = 1000;
/** Maximum length of a line in which places are looked for, in UTF-16 code units. */
const MAX_LINE = 100_000;
/** Maximum length of the beginning of a line in which the name of a field or a directive is looked for, in UTF-16 code units. */
export const MAX_BEGINNING = 1000;
/** Maximum length of what is completed, with the braces before it, in UTF-16 code units. */
const MAX_WORD = 100;
/** Matches a directive, which isn't sent. */
const DIRECTIVE = /^\ufeff?:@(?!@)/;

/** Whether the places of a script are filled in. */
export function isFilled(document: Pick<TextDocument, 'lineCount' | 'lineAt'>): boolean {
  for (let line = 0; line < Math.min(document.lineCount, MAX_LINES); line += 1) {
    const { text } = document.lineAt(line);
    // It stands before the first line that is sent.
    if (!DIRECTIVE.test(text)) return false;
    if (/^\ufeff?:@\s*fill\s*$/.test(text)) return true;
  }
  return false;
}

/** Returns the beginning of a place's name before a position, and the braces that are missing behind it; undefined if there is none. */
export function begunPlace(
  document: Pick<TextDocument, 'lineCount' | 'lineAt'>,
  { line, character }: Position,
): { word: string; closing: string } | undefined {
  const { text } = document.lineAt(line);
  const [, braces = '', word = ''] =
    /(\{+)\s*(\w*)$/.exec(text.slice(Math.max(0, character - MAX_WORD), character)) ?? [];
  // Four braces stand for two that aren't those of a place.
  if (braces.length % 4 < 2 || DIRECTIVE.test(text) || !isFilled(document)) return undefined;
  return { word, closing: text.startsWith('}}', character) ? '' : '}}' };
}

/** Says what is filled in, when the pointer is on a place. */
export function placeHover(document: TextDocument, { line, character }: Position): Hover | undefined {
  const { text } = document.lineAt(line);
  if (text.length > MAX_LINE || DIRECTIVE.test(text) || !isFilled(document)) return undefined;
  const open = text.lastIndexOf('{{', character);
  const close = text.indexOf('}}', open);
  if (open < 0 || close < 0 || character >= close + 2) return undefined;
  const words = text
    .slice(open + 2, close)
    .trim()
    .split(/\s+/, 2);
  const found = [words.join(' '), words[0]].flatMap((name) => places().filter(([one]) => placeName(one) === name))[0];
  return (
    found && new Hover([{ language: 'sse', value: exampleOf(found) }, found[1]], new Range(line, open, line, close + 2))
  );
}

/** Returns the name of the place that a snippet completes. */
export function placeName(snippet: string): string {
  return snippet.replace(/ \$.*/, '');
}

function exampleOf([snippet]: Description): string {
  return `{{${snippet.replace(/\$\{\d:([^}]*)\}/g, '$1')}}}`;
}
