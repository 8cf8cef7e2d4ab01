import {
  array,
  boolean,
  type GenericSchema,
  maxLength,
  maxValue,
  minValue,
  number,
  object,
  optional,
  pipe,
  string,
  tuple,
} from 'valibot';
import {
  LEAST_WIDTH,
  MAX_COLUMN_PATH,
  MAX_COLUMNS,
  MAX_WIDTHS,
  MOST_WIDTH,
  type TableLayout,
} from '../../../messages/table';

/** Maximum length of a column's name: that of a path, with what tells that it is one. */
const MAX_NAME = MAX_COLUMN_PATH + 10;

/** Schema of the JSON paths that are columns. */
export const ColumnsSchema: GenericSchema<unknown, string[]> = pipe(
  array(pipe(string(), maxLength(MAX_COLUMN_PATH))),
  maxLength(MAX_COLUMNS),
);

/** Schema of a layout, from a page or from memory. */
export const LayoutSchema: GenericSchema<unknown, TableLayout> = object({
  columns: ColumnsSchema,
  widths: pipe(
    array(tuple([pipe(string(), maxLength(MAX_NAME)), pipe(number(), minValue(LEAST_WIDTH), maxValue(MOST_WIDTH))])),
    maxLength(MAX_WIDTHS),
  ),
  split: optional(pipe(number(), minValue(0), maxValue(100))),
  wrap: optional(boolean()),
});
