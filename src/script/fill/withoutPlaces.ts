import { unescapedBraces } from './placeReader';

/** Returns a line with a 0 in each of its places: JSON, if it becomes JSON when they are filled in. */
export function withoutPlaces(line: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = line.indexOf('{{'); open >= 0; open = line.indexOf('{{', at)) {
    if (line.startsWith('{{{{', open)) {
      parts.push(line.slice(at, open), '{{');
      at = open + 4;
      continue;
    }
    const start = line[open + 2] === '{' ? open + 1 : open;
    const close = line.indexOf('}}', start + 2);
    if (close < 0) break;
    parts.push(line.slice(at, start), '0');
    at = close + 2;
  }
  return parts.join('') + unescapedBraces(line.slice(at));
}
