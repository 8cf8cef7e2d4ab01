/** Returns the address; undefined where it is none. Node 24's `URL.canParse` says yes to a host of 20,000 letters, which `URL` refuses. */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
