/** Returns the URL without user and password, and these separately: in a URL, Node decodes each percent sign, or throws. */
export function withoutUser(url: string): { target: URL; auth: string | undefined } {
  const target = new URL(url);
  if (target.username === '' && target.password === '') return { target, auth: undefined };
  const auth = [target.username, target.password].map(percentDecoded).join(':');
  [target.username, target.password] = ['', ''];
  return { target, auth };
}

/**
 * Decodes percent signs like the URL Standard §1.3: invalid ones stay. Each byte of UTF-8 becomes one character, as Node
 * sends it.
 */
function percentDecoded(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
