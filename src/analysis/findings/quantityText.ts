const SECOND = 1000;
const HUNDRED_SECONDS = 100 * SECOND;

/** Formats milliseconds as sentences have them: 80 ms, 1.2 s, 300 s. Limits are known by their seconds, so it never has minutes. */
export function durationText(milliseconds: number): string {
  const ms = Math.round(milliseconds);
  if (ms < SECOND) return `${ms} ms`;
  return ms < HUNDRED_SECONDS ? `${(ms / SECOND).toFixed(1)} s` : `${Math.round(ms / SECOND)} s`;
}
