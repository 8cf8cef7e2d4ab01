// Messages between extension and webview about the inspector's table: its columns, and what is done with a row.

/** Maximum number of columns of JSON keys, and length of a column's path, in UTF-16 code units. */
export const [MAX_COLUMNS, MAX_COLUMN_PATH] = [6, 200];
/** Maximum number of widths that are kept, and a width's limits, in pixels. */
export const [MAX_WIDTHS, LEAST_WIDTH, MOST_WIDTH] = [20, 24, 1200];
/** Maximum number of event types that are hidden at once. */
export const MAX_HIDDEN = 20;

/** Layout of the table, its details and the wire view, as the user has set it up. */
export interface TableLayout {
  /** JSON paths whose values are columns of their own. */
  columns: string[];
  /** Widths that the user has set, in pixels, by the column's name; others fit their content. */
  widths: [column: string, width: number][];
  /** Share of the table beside the details, in percent. Default: 60. */
  split?: number | undefined;
  /** Whether the lines of Wire wrap. Default: no. */
  wrap?: boolean | undefined;
}

/** Actions on a row, in VS Code's menu. */
export const ROW_ACTIONS = ['copyData', 'copyEvent', 'filterType', 'hideType', 'openData', 'showResult'] as const;
export type RowAction = (typeof ROW_ACTIONS)[number];

/** Actions on a JSON key, in the details or in the head of its column. */
export const KEY_ACTIONS = ['showColumn', 'hideColumn'] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];

/** Messages from the extension to the inspector's page. */
export type ToTable =
  /** Layout as the user left it, for this URL; its columns are none if there is none yet. */
  | { type: 'layout'; layout: TableLayout }
  /** Action that was chosen in the menu of the event with that number. */
  | { type: 'rowAction'; action: RowAction; number: number }
  | { type: 'keyAction'; action: KeyAction; path: string };

/** Messages from the inspector's page to the extension. */
export type FromTable = { type: 'keepLayout'; layout: TableLayout };

/** Texts of the page, in the user's language. */
export interface TableStrings {
  /** Shown in place of data that are the same as those of the row before. */
  same: string;
  /** `{0}` of `{1}` events pass the filter. */
  filtered: string;
  /** Events of the type `{0}` are hidden. */
  without: string;
  /** Label of the button that shows events of the type `{0}` again. */
  showAgain: string;
  /** Label of a field: width of the column `{0}`. */
  width: string;
  /** Label of the button that removes the column `{0}`. */
  removeColumn: string;
  remove: string;
  /** Placeholder of a width that isn't set. */
  fits: string;
  /** The text isn't the path of a JSON key. */
  badPath: string;
  /** There is a column for that path. */
  hasColumn: string;
  /** `{0}` stands for the maximum number of columns. */
  tooManyColumns: string;
}
