/** Characters that are invisible or look like a space: controls, format characters, separators other than the space. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
/** The smallest code point for each length of a sequence: overlong sequences are not valid UTF-8 (RFC 3629 §3). */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];
/** Text for each byte below 0x80. LF is shown as a symbol and still ends the line. */
const ASCII = Array.from({ length: 0x80 }, (_, code) => {
  if (code === 0x0a) return '␊\n';
  if (code === 0x7f) return '␡';
  return String.fromCharCode(code < 0x20 ? 0x2400 + code : code);
});
/** Text for each byte that isn't part of a valid character. */
const ESCAPES = Array.from({ length: 0x100 }, (_, byte) => `\\x${hex(byte, 2)}`);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Returns the bytes as text in which every character is visible; bytes that aren't valid UTF-8 become `\xNN`. If there are
 * many of both, a byte takes up to 150 ns: don't pass more than 16 KB at once.
 */
export function visible(bytes: Uint8Array): string {
  return asTheyAre(bytes) ?? oneByOne(bytes);
}

/** Returns the bytes as text if all of it is visible, as in most lines (fast); else undefined. */
function asTheyAre(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return INVISIBLE.test(text) ? undefined : text;
  } catch {
    // Invalid UTF-8 is expected here, not an error.
    return undefined;
  }
}

function oneByOne(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = characterLength(bytes, at);
    if (length === 0) text += ESCAPES[byte];
    else if (length === 1) text += ASCII[byte];
    else text += shown(codePoint(bytes, at, length));
    at += Math.max(1, length);
  }
  return text;
}

/** Returns the length of the character that begins at the index, in bytes; 0 if none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf8 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  for (let next = 1; next < length; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const code = codePoint(bytes, at, length);
  const isCharacter = code >= (LEAST[length] ?? 0) && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? length : 0;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let code = length === 1 ? first : first & (0x7f >> length);
  for (let next = 1; next < length; next += 1) code = (code << 6) | ((bytes[at + next] ?? 0) & 0x3f);
  return code;
}

function shown(code: number): string {
  const character = String.fromCodePoint(code);
  return INVISIBLE.test(character) ? `⟨U+${hex(code, 4)}⟩` : character;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
