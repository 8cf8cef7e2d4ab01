/** Characters that end a line, or move, hide or imitate other text: controls, separators, direction marks, tags. */
const DECEPTIVE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** Text that needs no replacement and no isolation, even if shortened. */
const PLAIN = /^[ -~…]*$/;

/** Returns the text on one line, with every deceptive character replaced by its code, such as ⟨U+202E⟩. */
export function withCodes(text: string): string {
  return replaced(text.replace(/\r\n|[\r\n\t]/g, ' '), (character) => `⟨U+${hex(character.codePointAt(0))}⟩`);
}

/** Returns a JSON string with every deceptive character replaced by its escape. */
export function withEscapes(json: string): string {
  const escapeOf = (unit: string) => `\\u${hex(unit.charCodeAt(0))}`;
  return replaced(json, (character) => character.split('').map(escapeOf).join(''));
}

/**
 * Returns foreign text so that it can be embedded in our own line: with codes as `withCodes` has them, and between FIRST
 * STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode UAX #9 §2.4.2), so that right-to-left letters don't reorder the text
 * next to them.
 */
export function isolated(text: string): string {
  return PLAIN.test(text) ? text : `\u2068${withCodes(text)}\u2069`;
}

/** Replaces every deceptive character. Each replacement is made only once, as there may be a million of the same. */
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
