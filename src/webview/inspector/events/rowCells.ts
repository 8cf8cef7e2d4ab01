import type { EventRow } from '../../../messages/inspector';
import type { TableStrings } from '../../../messages/table';
import { withCodes } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { setText } from '../../shared/dom';
import { durationText, sizeText, timeText } from '../../shared/quantities';
import type { TableColumns } from './columns/tableColumns';

/** Shares of a row's cost for an event's type and its id, for its data, and for all values of JSON keys together. */
const CELL_PART = 1 / 6;
const DATA_PART = 3 / 6;
const VALUES_PART = 1 / 6;

/** Texts of a row's cells, by the column, cut to the cost. */
const TEXTS: Record<string, (row: EventRow, cost: number) => string> = {
  number: ({ number }) => String(number),
  time: ({ time }) => timeText(time),
  gap: ({ gap }) => (gap === undefined ? '' : durationText(gap)),
  event: ({ event }, cost) => shorten(withCodes(event), cost * CELL_PART),
  id: ({ id = '' }, cost) => shorten(withCodes(id), cost * CELL_PART),
  size: ({ size }) => sizeText(size),
};

/** Cells of the table's rows, one for each column. */
export class RowCells {
  readonly #columns: TableColumns;
  readonly #strings: TableStrings;
  /** JSON paths of the values that rows have. */
  readonly #paths = new WeakMap<EventRow, readonly string[]>();
  /** Names of the columns that a line has cells for. */
  readonly #made = new WeakMap<HTMLElement, readonly string[]>();
  #rowIds = 0;

  constructor(columns: TableColumns, strings: TableStrings) {
    [this.#columns, this.#strings] = [columns, strings];
  }

  /** Creates a row's line. */
  create(): HTMLElement {
    const line = document.createElement('div');
    line.className = 'row';
    line.role = 'row';
    this.#rowIds += 1;
    line.id = `row${this.#rowIds}`;
    this.#make(line);
    return line;
  }

  /** Notes which values rows have that have come. */
  note(rows: EventRow[], paths: readonly string[]): void {
    for (const row of rows) this.#paths.set(row, paths);
  }

  /** Whether a line has a cell for each column that there is now. */
  fits(line: HTMLElement): boolean {
    return this.#made.get(line) === this.#columns.names;
  }

  /** Shows a row; undefined if it isn't here yet. @param cost maximum of its texts */
  draw(line: HTMLElement, row: EventRow | undefined, cost: number): void {
    if (!this.fits(line)) this.#make(line);
    for (const [position, name] of this.#columns.names.entries()) {
      const cell = line.children[position];
      if (!(cell instanceof HTMLElement)) continue;
      const text = row ? this.#text(name, row, cost) : '';
      setText(cell, text);
      if (text !== '') this.#columns.note(name, text);
      if (name === 'data') cell.classList.toggle('same', row !== undefined && isSame(row));
    }
  }

  #make(line: HTMLElement): void {
    const { names } = this.#columns;
    this.#made.set(line, names);
    line.replaceChildren(
      ...names.map((name) => {
        const cell = document.createElement('span');
        cell.className = this.#columns.pathOf(name) === undefined ? name : 'value';
        cell.role = 'gridcell';
        return cell;
      }),
    );
  }

  #text(name: string, row: EventRow, cost: number): string {
    if (name === 'data') return shorten(this.#dataText(row), cost * DATA_PART);
    const path = this.#columns.pathOf(name);
    if (path === undefined) return TEXTS[name]?.(row, cost) ?? '';
    const value = row.values?.[this.#paths.get(row)?.indexOf(path) ?? -1] ?? '';
    return shorten(withCodes(value), (cost * VALUES_PART) / this.#columns.paths.length);
  }

  /** Returns what the row adds to an answer, else what differs from the row before, else the beginning of its data. */
  #dataText(row: EventRow): string {
    if (row.adds && row.adds.text !== '') return withCodes(row.adds.text);
    if (isSame(row)) return this.#strings.same;
    return row.differs === undefined ? row.preview : withCodes(row.differs);
  }
}

/** Whether the row shows that its data are those of the row before. */
function isSame({ adds, differs }: EventRow): boolean {
  return differs === '' && !adds?.text;
}
