const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Formats a whole number in the page's language: 1,204. */
export function countText(count: number): string {
  return count.toLocaleString(document.documentElement.lang);
}

/** Formats milliseconds: 80 ms, 1.2 s, 3.5 min, 2.0 h. */
export function durationText(milliseconds: number): string {
  const ms = Math.round(milliseconds);
  if (ms < SECOND) return `${ms} ms`;
  if (ms < MINUTE) return `${decimal(ms / SECOND)} s`;
  return ms < HOUR ? `${decimal(ms / MINUTE)} min` : `${decimal(ms / HOUR)} h`;
}

/** Formats bytes: 96 B, 1.2 kB, 3.4 MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${decimal(bytes / 1000)} kB` : `${decimal(bytes / 1_000_000)} MB`;
}

/** Formats a time, as `Date.now()` counts, as local time of day: 12:01:07.512. */
export function timeText(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

function decimal(number: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  // From a hundred on, the tenths are insignificant.
  return number.toLocaleString(document.documentElement.lang, number < 100 ? digits : { maximumFractionDigits: 0 });
}
