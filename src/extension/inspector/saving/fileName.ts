import { parsedUrl } from '../../../client/request/parsedUrl';
import { nameOf } from './saveDialog';

/** Maximum length of a stream's name in a file's, in UTF-16 code units. */
const MAX_NAME = 60;
/** Maximum number of a path's segments that are looked at. */
const MAX_SEGMENTS = 100;
/** Segments of paths that don't tell one stream from another. */
const GENERIC = /^(?:events?|streams?|sse|api|v\d+|\d+|index|subscribe)$/i;

/**
 * Returns a name for a file of a stream, without an extension, such as `orders-2026-11-25`: the last segment of the URL's
 * path that says something, else its host; and the day, by the clock of the machine that the extension runs on. It has only
 * characters that every system allows in a file's name.
 * @param url with masks for its secrets @param now Default: the present
 */
export function fileName(url: string, now = new Date()): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${streamName(url)}-${day}`;
}

/** Returns a name for a stream, by its URL: as that of its file, without the day. */
export function streamName(url: string): string {
  return segmentOf(url) || (nameOf(url) ?? '').slice(0, MAX_NAME) || 'events';
}

/** Returns the last segment of the path that says something, plain; empty if there is none. */
function segmentOf(url: string): string {
  const segments = (parsedUrl(url)?.pathname ?? '').split('/').slice(-MAX_SEGMENTS).map(plain);
  return segments.findLast((segment) => segment !== '' && !GENERIC.test(segment)) ?? '';
}

/** Returns the letters, digits and dashes of a segment; empty if it holds a mask. */
function plain(segment: string): string {
  const text = decoded(segment);
  if (text.includes('•')) return '';
  return text
    .slice(0, MAX_NAME)
    .replace(/\.(?:json|sse|php|aspx?)$/i, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A percent sign that escapes nothing is allowed in a path.
    return segment;
  }
}
