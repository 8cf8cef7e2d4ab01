import { TextCost } from '../../../text/textCost';

/** Maximum cost of a text that can be edited in a field: the browser lays out all of it after each key. */
export const FIELD_COST = 100_000;

/**
 * Maximum number of different characters in a single-line field. After each key, the browser draws the whole line, however
 * little is visible, and caches 2,048 glyphs: with more characters, it renders each glyph anew, for half a second.
 */
const MAX_DIFFERENT = 1000;

/** Latin, Greek and Cyrillic letters outside of Latin-1. */
const EXTENDED = /[\u0100-\u04ff]/g;

/** Returns the beginning of a text that a field can lay out and draw after each key. */
export function editableBeginning(text: string, budget: number, isOneLine: boolean): string {
  const beginning = beginningOf(text, budget);
  if (isOneLine) return withFewDifferent(beginning);
  // If a line breaks within a word of letters beyond Latin-1, the word is shaped again.
  const shaped = beginning.match(EXTENDED)?.length ?? 0;
  return shaped === 0 ? beginning : beginningOf(beginning, budget - shaped / 2);
}

function beginningOf(text: string, budget: number): string {
  return text.slice(0, new TextCost().cut(text, 0, budget).end);
}

function withFewDifferent(text: string): string {
  const different = new Set<string>();
  let end = 0;
  for (const character of text) {
    different.add(character);
    if (different.size > MAX_DIFFERENT) break;
    end += character.length;
  }
  return text.slice(0, end);
}
