import { LEAST_WIDTH, MAX_COLUMNS, MAX_WIDTHS, MOST_WIDTH, type TableLayout } from '../../../../messages/table';
import { withCodes } from '../../../../text/foreignText';
import { shorten } from '../../../../text/textCost';
import { element, oncePerFrame, setText } from '../../../shared/dom';
import { type ColumnWidth, mostWidth, OPTIONAL, textWidth, tracks } from './columnWidths';

/** Columns before those of JSON keys, and behind them. */
const [BEFORE, BEHIND] = [
  ['number', 'time', 'gap', 'event', 'id'],
  ['data', 'size'],
];
/** Columns that are shown in the editor's font. */
const MONOSPACE = ['event', 'id'];
/** Prefix of the name of a column for a JSON key. */
const JSON_COLUMN = 'json:';
/** Maximum cost of a path in the head. */
const PATH_COST = 1200;

export interface TableColumnsOptions {
  /** Called when the columns of JSON keys have changed: rows have other values. */
  onPaths(): void;
  /** Called when the user has changed the columns or a width. */
  onLayout(): void;
}

/** Columns of the table. They fit their content, unless the user sets a width; types and ids are hidden if there are none. */
export class TableColumns {
  readonly #options: TableColumnsOptions;
  readonly #table = element('table');
  readonly #head = element('tableHead');
  #paths: readonly string[] = [];
  #names: readonly string[] = namesOf([]);
  #set = new Map<string, number>();
  /** Widest texts so far, in widths of a digit. */
  #content = new Map<string, number>();

  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(options: TableColumnsOptions) {
    this.#options = options;
    this.#drawHead();
    this.#draw();
  }

  /** JSON paths whose values are columns. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Names of all columns, in order: the same array until they change. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Names of the columns whose width can be set: all but the data, which takes what is left, if they are shown. */
  get sizable(): string[] {
    return this.names.filter((name) => name !== 'data' && !this.#isHidden(name));
  }

  get layout(): Pick<TableLayout, 'columns' | 'widths'> {
    return { columns: [...this.#paths], widths: [...this.#set].slice(-MAX_WIDTHS) };
  }

  /** Shows the columns and widths that the user has left. */
  show({ columns, widths }: Pick<TableLayout, 'columns' | 'widths'>): void {
    this.#set = new Map(widths);
    this.#setPaths(columns.slice(0, MAX_COLUMNS));
  }

  /** Returns the path of a column's JSON key; undefined if it has none. */
  pathOf(name: string): string | undefined {
    return name.startsWith(JSON_COLUMN) ? name.slice(JSON_COLUMN.length) : undefined;
  }

  /** Returns a column's label, as the head has it. */
  labelOf(name: string): string {
    return this.#headOf(name)?.textContent ?? '';
  }

  /** Adds a column for a JSON key. */
  add(path: string): void {
    this.#setPaths([...this.#paths, path]);
    this.#options.onLayout();
  }

  remove(path: string): void {
    this.#set.delete(JSON_COLUMN + path);
    this.#setPaths(this.#paths.filter((one) => one !== path));
    this.#options.onLayout();
  }

  /** Returns the width that the user has set, in pixels; undefined if the column fits its content. */
  widthOf(name: string): number | undefined {
    return this.#set.get(name);
  }

  /** Returns the width of a column as it is shown, in pixels. */
  shownWidthOf(name: string): number {
    return this.#headOf(name)?.getBoundingClientRect().width ?? 0;
  }

  /** Sets a width within the limits, in pixels, but doesn't have it kept. @param width undefined: fits its content */
  setWidth(name: string, width: number | undefined): void {
    if (width === undefined) this.#set.delete(name);
    else this.#set.set(name, Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width))));
    this.#draw();
  }

  resetWidths(): void {
    this.#set.clear();
    this.#draw();
    this.#options.onLayout();
  }

  /** Has the layout kept. */
  keep(): void {
    this.#options.onLayout();
  }

  /** Notes the text of a cell. The column gets as wide as the widest. */
  note(name: string, text: string): void {
    const known = this.#content.get(name) ?? 0;
    // Types are hidden as long as all have the default one; and most texts are too short to be measured.
    const isDefault = name === 'event' && known === 0 && text === 'message';
    if (name === 'data' || isDefault || mostWidth(text) <= known) return;
    const width = textWidth(text, MONOSPACE.includes(name) || name.startsWith(JSON_COLUMN));
    if (width <= known) return;
    this.#content.set(name, width);
    this.#draw();
  }

  /** Forgets the widths of texts, as all rows were cleared. */
  clear(): void {
    this.#content.clear();
    this.#draw();
  }

  #setPaths(paths: string[]): void {
    if (paths.join('\n') === this.#paths.join('\n')) {
      this.#draw();
      return;
    }
    [this.#paths, this.#names] = [paths, namesOf(paths)];
    this.#drawHead();
    this.#draw();
    this.#options.onPaths();
  }

  /** Whether no row has a text in a column that is left out then. */
  #isHidden(name: string): boolean {
    return OPTIONAL.includes(name) && !this.#content.get(name);
  }

  #headOf(name: string): HTMLElement | undefined {
    return [...this.#head.children].find(
      (head): head is HTMLElement => head instanceof HTMLElement && head.dataset['column'] === name,
    );
  }

  /** Puts a head for each JSON key before that of the data. */
  #drawHead(): void {
    for (const head of this.#head.querySelectorAll('.value')) head.remove();
    const data = this.#headOf('data');
    for (const path of this.#paths) {
      const head = document.createElement('span');
      head.className = 'value';
      head.role = 'columnheader';
      head.dataset['column'] = JSON_COLUMN + path;
      const context = { webviewSection: 'jsonColumn', path, preventDefaultContextMenuItems: true };
      head.dataset['vscodeContext'] = JSON.stringify(context);
      setText(head, shorten(withCodes(path), PATH_COST));
      head.title = head.textContent ?? '';
      data?.before(head);
    }
    for (const name of this.names) if (name !== 'data') this.#addHandle(name);
  }

  #addHandle(name: string): void {
    const head = this.#headOf(name);
    if (!head || head.querySelector('.handle')) return;
    const handle = document.createElement('span');
    handle.className = 'handle';
    handle.dataset['sizes'] = name;
    head.append(handle);
  }

  #drawNow(): void {
    const shown = this.names.filter((name) => !this.#isHidden(name)).map((name) => this.#widthOf(name));
    const { style, dataset } = this.#table;
    style.setProperty('--columns', tracks(shown, false));
    style.setProperty('--narrow-columns', tracks(shown, true));
    if (this.#paths.length > 0) dataset['values'] = '';
    else delete dataset['values'];
    dataset['without'] = this.names.filter((name) => this.#isHidden(name)).join(' ');
  }

  #widthOf(name: string): ColumnWidth {
    const content = Math.max(this.#content.get(name) ?? 0, textWidth(this.labelOf(name)));
    return { name, content, set: this.#set.get(name) };
  }
}

/** Returns the names of all columns, in order. @param paths of JSON keys */
function namesOf(paths: readonly string[]): string[] {
  return [...BEFORE, ...paths.map((path) => JSON_COLUMN + path), ...BEHIND];
}
