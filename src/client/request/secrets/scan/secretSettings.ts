// Settings and addresses in a string: `name=value`, alone, in a row, or in a sentence.

import type { Finder } from './secretFinder';
import { isOfLines } from './secretLines';
import { MAX_NAME } from './secretNames';
import { type ParameterSyntax, scanParameters } from './secretScan';
import { Signs } from './signs';

/** Ends of a value of an address in a text: also characters that can't be in an address. */
const ENDS = '&#\\ \t\r\n';
export const IN_TEXT: ParameterSyntax = { before: new Signs('?&#;'), end: new Signs(`${ENDS}"'<>`), atStart: false };
const BLANKS = new Signs(' \t\r\n');
/** `host=a user=b password=c`. */
export const WORDS: ParameterSyntax = { before: BLANKS, end: BLANKS, atStart: true };
/**
 * A string that is a setting, of an environment or of a command, or a row of them, `Server=a;Password=b`: a secret may have
 * any sign in it, so that what is behind it can't be told from it.
 */
const SETTINGS: ParameterSyntax = { before: new Signs(';'), end: new Signs(''), atStart: true };
/** The first name, or the end of a value and another name: a sentence has blanks there. */
const IS_SETTINGS = /^(?:[^\s=(/;]+=|(?:[\w .-]+=[^;]*|[^\s;]*);\s*(?=\w)[\w .-]+=)/;
/** Another parameter of an address or a form. */
const PARAMETER = /[?&][\w.[\]%$-]+=/;
/** A quote ends no value where none is opened before it: ends by whether there are `"`, `'` and `<`. */
const OPENED_ENDS = ['', '<>', "'", "'<>", '"', '"<>', `"'`, `"'<>`].map((opened) => new Signs(ENDS + opened));

/** Finds settings in a text, and parameters of addresses. */
export function scanSettings(text: string, finder: Finder): void {
  // A sentence is no form.
  const atStart = /^[^\s=]+=/.test(text.slice(0, MAX_NAME));
  const [before = ''] = /^[^=]*/.exec(text) ?? [];
  const opened = (before.includes('"') ? 4 : 0) + (before.includes("'") ? 2 : 0) + (before.includes('<') ? 1 : 0);
  scanParameters(text, { before: IN_TEXT.before, end: OPENED_ENDS[opened] ?? IN_TEXT.end, atStart }, finder);
  if (/^\w+=\S*(?:\s+\w+=\S*)+\s*$/.test(text)) scanParameters(text, WORDS, finder);
  const isOther = PARAMETER.test(text) || (/[\r\n]/.test(text) && isOfLines(text, 2));
  if (!isOther && IS_SETTINGS.test(text)) scanParameters(text, SETTINGS, finder);
}
