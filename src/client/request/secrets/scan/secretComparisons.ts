// Finds secrets in conditions of queries (OData, SCIM, SQL), in which an operator stands between a name and its value.

import type { Finder } from './secretFinder';
import { MAX_NAME } from './secretNames';
import { isSecret } from './secretScan';

/**
 * Operators between a name and a value; blanks may be plus signs. An operator that is also a common word only counts
 * before a quote.
 */
const SIGN =
  /[ +](?:not[ +_]+)?(?:eq[ +]|(?:eq|neq?|co|sw|ew|i?like|in|i?contains|starts_?with|ends_?with)(?=[ +]*[[(]?["'`]))|(?:==?|!=|<>|=?~)(?=[ +]*["'`])|\|\|\$?\w{1,20}\|\||,(?=[ +]*["'`])/gi;
const HAS_SIGN = new RegExp(SIGN.source, 'i');
/** Characters between a name and the operator: `lower(token)`, `"token"`; then those within a name. */
const CLOSING = ' +)"\'`]';
const IN_NAME = '.$@[]/-_';
/** Separator before another value of a list. */
const NEXT = /^[ +]{0,3},[ +]{0,3}(?=["'`])/;

/** Finds `name eq 'value'` and its like, and `contains(name,'value')`. */
export function scanComparisons(text: string, finder: Finder): void {
  // Most texts have no operator, and setting up the loop takes longer than this check.
  if (!HAS_SIGN.test(text)) return;
  let end = 0;
  for (const { 0: sign, index } of text.matchAll(SIGN)) {
    // A secret may contain such an operator.
    if (index < end) continue;
    const name = nameBefore(text, index, sign.startsWith(','));
    if (name === '' || !isSecret(finder.names, name, 'member', '')) continue;
    const at = valueStart(text, index + sign.length);
    const isQuoted = /["'`]/.test(text.charAt(at));
    end = isQuoted ? quotedEnd(text, at) : wordEnd(text, at, sign.includes('|'));
    finder.secret(name, isQuoted ? at + 1 : at, end);
  }
}

/**
 * Returns the name that ends there; empty if there is none.
 * @param isArgument whether it has to be the first argument of a call
 */
function nameBefore(text: string, at: number, isArgument: boolean): string {
  const least = Math.max(0, at - MAX_NAME);
  let end = at;
  while (end > least && CLOSING.includes(text.charAt(end - 1))) end -= 1;
  let start = end;
  while (start > least && isInName(text, start - 1)) start -= 1;
  return isArgument && !/\(["'`]?$/.test(text.slice(Math.max(0, start - 2), start)) ? '' : text.slice(start, end);
}

function isInName(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return isLetter || (code >= 0x30 && code <= 0x39) || IN_NAME.includes(text.charAt(at));
}

function valueStart(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '+') at += 1;
  return text[at] === '(' || text[at] === '[' ? at + 1 : at;
}

/** Returns the end of the quoted value, and of all that follow it in a list; two quotes are an escaped one. */
function quotedEnd(text: string, opening: number): number {
  const quote = text.charAt(opening);
  for (let end = text.indexOf(quote, opening + 1); end >= 0; end = text.indexOf(quote, end + 2)) {
    if (text[end + 1] === quote) continue;
    const [next] = NEXT.exec(text.slice(end + 1, end + 9)) ?? [];
    if (next === undefined || text[end + 1 + next.length] !== quote) return end;
    end += next.length;
  }
  return text.length;
}

function wordEnd(text: string, from: number, isPiped: boolean): number {
  const length = text.slice(from).search(isPiped ? /\|\||[&#]/ : /[\s+&#)]/);
  return length < 0 ? text.length : from + length;
}
