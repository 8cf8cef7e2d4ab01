// Finds secrets in settings and URLs within a string: `name=value`, alone, in a row, or in a sentence.

import type { Finder } from './secretFinder';
import { isOfLines } from './secretLines';
import { MAX_NAME } from './secretNames';
import { type ParameterSyntax, scanParameters } from './secretScan';
import { Signs } from './signs';

/** Characters that end a value of a URL within a text, including those that a URL can't contain. */
const ENDS = '&#\\ \t\r\n';
export const IN_TEXT: ParameterSyntax = { before: new Signs('?&#;'), end: new Signs(`${ENDS}"'<>`), atStart: false };
const BLANKS = new Signs(' \t\r\n');
/** `host=a user=b password=c`. */
export const WORDS: ParameterSyntax = { before: BLANKS, end: BLANKS, atStart: true };
/**
 * Syntax of a string that is a setting, of an environment or a command, or a row of them, `Server=a;Password=b`: a secret
 * may contain any character, so that its end can't be recognized.
 */
const SETTINGS: ParameterSyntax = { before: new Signs(';'), end: new Signs(''), atStart: true };
/** Start of settings: the first name, or the end of a value and another name; in a sentence, there would be blanks. */
const IS_SETTINGS = /^(?:[^\s=(/;]+=|(?:[\w .-]+=[^;]*|[^\s;]*);\s*(?=\w)[\w .-]+=)/;
/** Another parameter of a URL or a form. */
const PARAMETER = /[?&][\w.[\]%$-]+=/;
/** Ends of a value, by which of `"`, `'` and `<` are opened before it: only an opened quote can end the value. */
const OPENED_ENDS = ['', '<>', "'", "'<>", '"', '"<>', `"'`, `"'<>`].map((opened) => new Signs(ENDS + opened));

/** Finds settings in a text, and parameters of URLs. */
export function scanSettings(text: string, finder: Finder): void {
  // A sentence isn't a form.
  const atStart = /^[^\s=]+=/.test(text.slice(0, MAX_NAME));
  const [before = ''] = /^[^=]*/.exec(text) ?? [];
  const opened = (before.includes('"') ? 4 : 0) + (before.includes("'") ? 2 : 0) + (before.includes('<') ? 1 : 0);
  scanParameters(text, { before: IN_TEXT.before, end: OPENED_ENDS[opened] ?? IN_TEXT.end, atStart }, finder);
  if (/^\w+=\S*(?:\s+\w+=\S*)+\s*$/.test(text)) scanParameters(text, WORDS, finder);
  const isOther = PARAMETER.test(text) || (/[\r\n]/.test(text) && isOfLines(text, 2));
  if (!isOther && IS_SETTINGS.test(text)) scanParameters(text, SETTINGS, finder);
}
