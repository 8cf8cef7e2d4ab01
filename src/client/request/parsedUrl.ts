/**
 * Returns the parsed URL; undefined if it is invalid. Doesn't use `URL.canParse`, which is unreliable: in Node 24 it
 * accepts a host of 20,000 letters, in Node 20, once compiled, it rejects some hosts with letters such as Ñ.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
