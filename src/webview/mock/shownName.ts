import { withCodes } from '../../text/foreignText';
import { shorten } from '../../text/textCost';

/**
 * Maximum cost of a file's name, 60 characters that are hard to lay out, and of its path, which has letters alone: those of two
 * hundred streams and twenty problems take 130 ms.
 */
const [NAME_COST, PATH_COST] = [1500, 400];

/** Returns a file's name, or a sentence about a file, as it is shown: with codes for what would deceive, and its beginning alone. */
export function shownName(name: string): string {
  return shorten(withCodes(name), NAME_COST);
}

/** Returns a stream's path, with its method if it has one, as it is shown: its beginning, if it is long. */
export function shownPath(path: string): string {
  return shorten(withCodes(path), PATH_COST);
}
