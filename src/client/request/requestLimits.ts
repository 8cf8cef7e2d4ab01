import { parsedUrl } from './parsedUrl';
import type { StreamRequest } from './streamRequest';

/** Maximum length of a pasted text, in characters: a megabyte is as large as a body, and is read at each key stroke. */
export const MAX_TEXT = 1024 * 1024;
/** Maximum length of a URL, in characters: no server accepts a longer one. */
export const MAX_URL = 64 * 1024;
/** Maximum length of a host, in characters (RFC 1035 §2.3.4). */
const MAX_HOST = 253;
/** Maximum length of a header's name, in characters: the name is stored with each secret of the value. */
const MAX_HEADER_NAME = 256;
/** Maximum number of headers, and of characters in all of them: servers accept 100, and 8 or 16 KB. */
export const MAX_HEADERS = 500;
const MAX_HEADERS_LENGTH = 64 * 1024;

/** The part of a request that exceeds its limit. */
export type Excess = 'longUrl' | 'longHost' | 'longHeaderName' | 'longHeaders' | 'manyHeaders';

/**
 * Returns the part of a request that is larger than anyone sends; undefined if there is none. The body has a separate
 * limit.
 */
export function excessOf({ url, headers }: Pick<StreamRequest, 'url' | 'headers'>): Excess | undefined {
  if (url.length > MAX_URL) return 'longUrl';
  const host = parsedUrl(url)?.hostname;
  if (host === undefined ? URL.canParse(url) : host.length > MAX_HOST) return 'longHost';
  if (headers.length > MAX_HEADERS) return 'manyHeaders';
  if (headers.some(([name]) => name.length > MAX_HEADER_NAME)) return 'longHeaderName';
  const length = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return length > MAX_HEADERS_LENGTH ? 'longHeaders' : undefined;
}
