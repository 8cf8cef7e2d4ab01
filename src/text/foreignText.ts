/** Characters that end a line, or move, hide or imitate other text: controls, separators, marks of direction, tags. */
const DECEPTIVE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** Text that needs no such care, also where it is shortened. */
const PLAIN = /^[ -~…]*$/;

/** Returns the text on one line, with a code in place of each character that isn't seen and may change how others are: ⟨U+202E⟩. */
export function withCodes(text: string): string {
  return replaced(text.replace(/\r\n|[\r\n\t]/g, ' '), (character) => `⟨U+${hex(character.codePointAt(0))}⟩`);
}

/** Returns a string of JSON with an escape in place of each such character. */
export function withEscapes(json: string): string {
  const escapeOf = (unit: string) => `\\u${hex(unit.charCodeAt(0))}`;
  return replaced(json, (character) => character.split('').map(escapeOf).join(''));
}

/**
 * Returns a text from outside as it can stand in a line with ours: with codes as `withCodes`, and between FIRST STRONG ISOLATE
 * and POP DIRECTIONAL ISOLATE (Unicode UAX #9 §2.4.2), so that letters that run from right to left don't take along what
 * stands beside them.
 */
export function isolated(text: string): string {
  return PLAIN.test(text) ? text : `\u2068${withCodes(text)}\u2069`;
}

/** Replaces each such character. What stands for it is made once: there may be a million of the same. */
function replaced(text: string, made: (character: string) => string): string {
  const known: Record<string, string> = {};
  return text.replace(DECEPTIVE, (character) => {
    known[character] ??= made(character);
    return known[character];
  });
}

function hex(code = 0): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
