import { withCodes } from '../../text/foreignText';

/** Line ends, and the isolates around names that the API has made harmless: with codes for them, each `ü` would have two. */
const KEPT = /([\n\u2068\u2069])/;

/** Returns text that can't steer a terminal, though a part of it is from outside; its line ends stay. */
export function plainText(text: string): string {
  return text
    .split(KEPT)
    .map((part, index) => (index % 2 === 0 ? withCodes(part) : part))
    .join('');
}
