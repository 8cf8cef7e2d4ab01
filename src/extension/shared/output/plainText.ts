import { withCodes } from '../../../text/foreignText';

/** Maximum length of a message, in UTF-16 code units. VS Code cuts notifications there, too; its input box cuts nothing. */
export const MAX_MESSAGE = 1000;

/** Isn't seen, and has no width: put between two characters, it keeps VS Code from reading them as one sign. */
const JOINER = '\u2060';
/** The two beginnings of a sign: of a link `[label](command:…)`, and of an icon `$(name)`. */
const SIGNS = /(\]|\$)(?=\()/g;

/**
 * Returns the text so that VS Code shows each of its characters, on one line, wherever it reads `[label](command:…)` as a
 * link and `$(name)` as an icon: in notifications, input boxes, quick picks, the status bar. A click on such a link would
 * run any command. VS Code has no way to escape a link, so an invisible character breaks it.
 * @param max Maximum length, in UTF-16 code units; the rest is cut off, with an ellipsis
 */
export function plainText(text: string, max = MAX_MESSAGE): string {
  // Cut first, since what follows takes time for each character; and behind it, since one may become many.
  const shown = withCodes(cut(text, max));
  return cut(shown, max).replace(SIGNS, `$1${JOINER}`);
}

/** Returns the text, the rest of it behind the maximum length cut off, with an ellipsis. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not in the middle of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}
