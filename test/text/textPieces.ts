import { PIECE_COST, TextCost } from '../../src/text/textCost';

/** Returns the pieces of a text, as they are shown. */
export function pieces(text: string, budget = PIECE_COST): string[] {
  const cost = new TextCost();
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { end } = cost.cut(text, at, budget);
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}
