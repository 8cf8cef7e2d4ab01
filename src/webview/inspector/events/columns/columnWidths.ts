// Widths of the table's columns, as CSS has them.

/** Limits of the width that a column takes for its content, in widths of a digit. */
interface Fit {
  least: number;
  most: number;
}

/** Columns in order, but for those of JSON keys, which come before the data; the data takes what is left. */
const FITS: Record<string, Fit> = {
  number: { least: 5, most: 9 },
  time: { least: 12, most: 14 },
  gap: { least: 6, most: 12 },
  event: { least: 5, most: 30 },
  id: { least: 3, most: 24 },
  size: { least: 6, most: 10 },
};
const JSON_FIT: Fit = { least: 5, most: 28 };
/** Columns that a narrow table leaves out, and those that it leaves out beside values of JSON keys: the details show them. */
const [WIDE_ONLY, WIDE_BESIDE_VALUES] = [
  ['gap', 'id', 'size'],
  ['gap', 'id', 'size', 'time'],
];
/** Minimum width of the data, and of a column whose width the user has set, in widths of a digit. */
const [LEAST_DATA, LEAST] = [12, 3];

/** Names of the columns whose texts may all be empty. */
export const OPTIONAL: readonly string[] = ['event', 'id'];

export interface ColumnWidth {
  name: string;
  /** Widest text so far, in widths of a digit. */
  content: number;
  /** Width that the user has set, in pixels; undefined if it fits its content. */
  set?: number | undefined;
}

/** Returns the tracks of a row's grid. @param columns those that are shown @param isNarrow whether the table is narrow */
export function tracks(columns: readonly ColumnWidth[], isNarrow: boolean): string {
  const hasValues = columns.some(({ name }) => name !== 'data' && !FITS[name]);
  const left = hasValues ? WIDE_BESIDE_VALUES : WIDE_ONLY;
  return columns
    .filter(({ name }) => !isNarrow || !left.includes(name))
    .map(track)
    .join(' ');
}

function track({ name, content, set }: ColumnWidth): string {
  if (name === 'data') return `minmax(${LEAST_DATA}ch, 1fr)`;
  if (set !== undefined) return `minmax(${LEAST}ch, ${set}px)`;
  const { least, most } = FITS[name] ?? JSON_FIT;
  const width = Math.min(most, Math.max(least, content));
  // If there is little room, all of them get narrower.
  return `minmax(${Math.min(width, LEAST)}ch, ${width}ch)`;
}

/** Characters as wide as two digits: Chinese, Japanese, Korean and full-width ones, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/gu;
/** Maximum length that is measured, in characters: no column fits more. */
const MEASURED = 40;
/** Width of a character of the editor's font, and of a space around a text, in widths of a digit of the other font. */
const [MONOSPACE, SPACE] = [1.15, 1];

/** Returns a width that no text of that length exceeds, without reading it, in widths of a digit. */
export function mostWidth({ length }: string): number {
  return Math.ceil(2 * length * MONOSPACE + SPACE);
}

/** Returns the width of a text, in widths of a digit. @param isMonospace whether it is shown in the editor's font */
export function textWidth(text: string, isMonospace = false): number {
  if (text === '') return 0;
  const beginning = text.slice(0, MEASURED);
  const wide = beginning.match(WIDE)?.length ?? 0;
  return Math.ceil((beginning.length + wide) * (isMonospace ? MONOSPACE : 1) + SPACE);
}
