import { parsedUrl } from './parsedUrl';
import type { StreamRequest } from './streamRequest';

/** Maximum length of a pasted text, in characters: a megabyte is a body of its own size, and is read at each key stroke. */
export const MAX_TEXT = 1024 * 1024;
/** Maximum length of a URL, in characters: no server takes a longer one. */
export const MAX_URL = 64 * 1024;
/** Maximum length of a host, in characters (RFC 1035 §2.3.4). */
const MAX_HOST = 253;
/** Maximum length of a header's name, in characters: it stands with each secret of its value. */
const MAX_HEADER_NAME = 256;
/** Maximum number of headers, and of characters in all of them: servers take 100, and 8 or 16 KB. */
const MAX_HEADERS = 500;
const MAX_HEADERS_LENGTH = 64 * 1024;

/** What of a request is too much. */
export type Excess = 'longUrl' | 'longHost' | 'longHeaderName' | 'longHeaders' | 'manyHeaders';

/** Returns what of the request is more than anyone sends; undefined where nothing is. Its body has a bound of its own. */
export function excessOf({ url, headers }: Pick<StreamRequest, 'url' | 'headers'>): Excess | undefined {
  if (url.length > MAX_URL) return 'longUrl';
  const host = parsedUrl(url)?.hostname;
  if (host === undefined ? URL.canParse(url) : host.length > MAX_HOST) return 'longHost';
  if (headers.length > MAX_HEADERS) return 'manyHeaders';
  if (headers.some(([name]) => name.length > MAX_HEADER_NAME)) return 'longHeaderName';
  const length = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return length > MAX_HEADERS_LENGTH ? 'longHeaders' : undefined;
}
