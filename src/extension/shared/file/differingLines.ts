import type { Turns } from '../../../turns/turns';
import { linesOf } from './lineElements';

/** Number of UTF-16 code units that are compared in one go. */
const PORTION = 16 * 1024;

/**
 * Resolves with the number of places in which two texts differ, at most, as a comparison shows them: of lines that aren't
 * those of the other text with the same number, before the end that both have in common. Lines that only one of them has
 * then are one place.
 * @param most number beyond which counting stops
 */
export async function differingLines(before: string, after: string, most: number, turns: Turns): Promise<number> {
  const end = await commonEnd(before, after, turns);
  const [one, other] = [before.slice(0, before.length - end), after.slice(0, after.length - end)];
  const others = linesOf(other);
  let differing = 0;
  for (const [from, to] of linesOf(one)) {
    const { done, value = [0, 0] } = others.next();
    if (done) return differing + 1;
    if (one.slice(from, to) !== other.slice(value[0], value[1])) differing += 1;
    if (differing > most) return differing;
    if (turns.isOver) await turns.next();
  }
  return others.next().done ? differing : differing + 1;
}

/** Resolves with the length of the end that both texts have in common. */
async function commonEnd(one: string, other: string, turns: Turns): Promise<number> {
  const most = Math.min(one.length, other.length);
  const at = (text: string, end: number, length: number) => text.slice(text.length - end - length, text.length - end);
  let end = 0;
  for (let size = PORTION; size >= 1; ) {
    if (end + size <= most && at(one, end, size) === at(other, end, size)) end += size;
    else size >>= 1;
    if (turns.isOver) await turns.next();
  }
  return end;
}
