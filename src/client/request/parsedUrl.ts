/** Returns the address; undefined where it is none. `URL.canParse` says otherwise: Node 24's yes to a host of 20,000 letters, Node 20's no to some with letters as Ñ, once it is compiled. */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
