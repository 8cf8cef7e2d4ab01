/**
 * Kinds of lines that have no field of an event stream. `json`, `html`: a line of that · `error`: it tells of one ·
 * `spelling`: the name of a field in capitals, or with blanks around · `field`: it has a name of its own · `text`: any other.
 */
export type LineKind = 'json' | 'html' | 'error' | 'spelling' | 'field' | 'text';

/** Beginning of a field whose name is nearly that of one. Exactly so, a line isn't ignored. */
const SPELLING = /^[\s\ufeff]*(?:data|event|id|retry)\s*:/i;

/** Returns the kind of a line that clients ignore. */
export function lineKind(text: string): LineKind {
  if (SPELLING.test(text)) return 'spelling';
  if (/^\s*(?:[{[]|"[^"]*"\s*:)/.test(text)) return 'json';
  if (/^\s*<[a-z!/?]/i.test(text)) return 'html';
  if (/^\s*(?:[\w.]*error|panic|traceback|fatal|exception)\b/i.test(text)) return 'error';
  return /^[\w.-]+:/.test(text) ? 'field' : 'text';
}
