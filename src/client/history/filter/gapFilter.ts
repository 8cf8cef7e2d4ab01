/** A gap in a filter's text, such as `gap>1s` or `gap>500ms`. */
const GAP = /(?<=^|\s)gap>(\d{1,9}(?:\.\d{1,3})?)(ms|s|min)(?=\s|$)/gi;
const UNITS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

/**
 * Reads the gaps of a filter's text. Returns the text without them, and the longest one in milliseconds; undefined if there
 * is none.
 */
export function readGap(filter: string): { text: string; gap?: number | undefined } {
  const gaps = [...filter.matchAll(GAP)].map(
    ([, number, unit = '']) => Number(number) * (UNITS[unit.toLowerCase()] ?? 1),
  );
  if (gaps.length === 0) return { text: filter };
  return {
    text: filter
      .replace(GAP, '')
      .trim()
      .replace(/\s{2,}/g, ' '),
    gap: Math.max(...gaps),
  };
}
