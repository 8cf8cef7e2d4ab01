const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What isn't seen, or not told from a space: controls, marks of format, separators other than the space. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The bytes as text in which each character can be seen; those that are no UTF-8 stand as `\xNN`. */
export function visible(bytes: Uint8Array): string {
  try {
    const end = endOfCharacters(bytes);
    const rest = Array.from(bytes.subarray(end), (byte) => `\\x${hex(byte, 2)}`);
    return decoder.decode(bytes.subarray(0, end)).replace(INVISIBLE, sign) + rest.join('');
  } catch {
    // No UTF-8 as a whole: byte by byte, then.
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`))
      .join('')
      .replace(INVISIBLE, sign);
  }
}

/** A line end stays one, behind its sign. */
function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '␊\n';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : `⟨U+${hex(code, 4)}⟩`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}

/** Where the last character begins, if the end cuts it off; else the end. */
function endOfCharacters(bytes: Uint8Array): number {
  const begin = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  const first = bytes[begin] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return begin + length > bytes.length ? begin : bytes.length;
}
