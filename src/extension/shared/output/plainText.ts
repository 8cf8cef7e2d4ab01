import { withCodes } from '../../../text/foreignText';

/** Maximum length of a message, in UTF-16 code units. VS Code cuts notifications at this length, but not its input box. */
export const MAX_MESSAGE = 1000;

/** Word joiner, invisible and without width: between two characters, it keeps VS Code from reading them as markup. */
const JOINER = '\u2060';
/** Matches the start of markup: of a link `[label](command:…)`, and of an icon `$(name)`. */
const SIGNS = /(\]|\$)(?=\()/g;

/**
 * Returns the text so that VS Code shows each of its characters, on one line, where it otherwise reads `[label](command:…)`
 * as a link and `$(name)` as an icon: in notifications, input boxes, quick picks, the status bar. A click on such a link
 * could run any command. VS Code has no way to escape a link, so an invisible character breaks it.
 * @param max maximum length, in UTF-16 code units; the rest is cut off, with an ellipsis
 */
export function plainText(text: string, max = MAX_MESSAGE): string {
  // Cut before `withCodes`, which takes time per character, and again after it, because it may turn one character into many.
  const shown = withCodes(cut(text, max));
  return cut(shown, max).replace(SIGNS, `$1${JOINER}`);
}

/** Returns the text, cut to the maximum length with an ellipsis if it is longer. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not in the middle of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}
