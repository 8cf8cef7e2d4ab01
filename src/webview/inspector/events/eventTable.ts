import type {
  EventRow,
  FromInspectorPage,
  HistoryState,
  InspectorStrings,
  ToInspectorPage,
} from '../../../messages/inspector';
import { element } from '../../shared/dom';
import { LineCache, type LineRange } from '../../shared/lineCache';
import { VirtualLines } from '../../shared/virtualLines';
import { TableColumns } from './columns/tableColumns';
import { RowCells } from './rowCells';
import { rowOfKey } from './rowKeys';
import { largeGap, mark, showWhole, unmark } from './rowMarks';
import { RowMenu } from './rowMenu';

export interface EventTableOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** Called when an event is selected. @param open whether to open its details */
  onSelect(row: EventRow, open: boolean): void;
}

/** Maximum cost of a row's texts, and of all drawn rows: they take 120 ms, however many are visible. */
const ROW_COST = 7200;
const ROWS_COST = 360_000;

/** Table of events, of which only the visible rows exist, with a selection that stays with its event. */
export class EventTable {
  readonly #options: EventTableOptions;
  readonly #table = element('table');
  readonly #lines: VirtualLines;
  readonly #cache: LineCache<EventRow>;
  readonly #cells: RowCells;
  readonly columns: TableColumns;
  readonly menu: RowMenu;
  /** Called when the user has changed the columns or a width. */
  onLayout = () => {};
  readonly #drawn = new WeakMap<HTMLElement, EventRow | undefined>();
  /** Positions of all rows. */
  #all: LineRange = { first: 0, end: 0 };
  /** Number of the selected event. */
  #selected: number | undefined;
  /** Position of the selected row; undefined if unknown. */
  #selectedPlace: number | undefined;
  /** Position of a row that will be selected when it arrives. */
  #awaited: number | undefined;
  /** Whether the awaited row is to be opened. */
  #opensAwaited = false;
  /** Row to jump to that hasn't come yet, nor perhaps its generation. */
  #ahead: { generation: number; place: number } | undefined;
  #largeGap = largeGap();

  constructor(options: EventTableOptions) {
    this.#options = options;
    this.columns = new TableColumns({ onPaths: () => this.renew(), onLayout: () => this.onLayout() });
    this.#cells = new RowCells(this.columns, options.strings.table);
    this.#cache = new LineCache((...range) => this.#ask(...range));
    this.menu = new RowMenu({
      rowOf: (line) => this.#drawn.get(line),
      selected: () => this.#selectedLine,
      select: (line) => this.#choose(line, false),
      copyData: ({ number }) => options.post({ type: 'copyData', number }),
    });
    this.#lines = new VirtualLines({
      scroller: this.#table,
      sizer: element('rowsSizer'),
      lines: element('rows'),
      badge: element('newRows'),
      oneNew: options.strings.oneNewRow,
      manyNew: options.strings.newRows,
      createLine: () => this.#cells.create(),
      drawLine: (...line) => this.#drawRow(...line),
      endOfNewest: (length) => this.#cache.endOfNewest(length, this.#all),
      onShow: (from, to) => this.#onShow(from, to),
    });
    this.#table.addEventListener('keydown', (event) => this.#onKey(event));
    element('rows').addEventListener('click', ({ target }) => this.#onClick(target));
  }

  show({ generation, rows, evictedRows }: HistoryState): void {
    this.#all = { first: evictedRows, end: evictedRows + rows };
    this.#cache.update(generation);
    this.#lines.update(this.#all.first, this.#all.end);
    if (this.#ahead) this.jumpTo(this.#ahead.generation, this.#ahead.place);
  }

  /** Takes rows, unless they were asked for with other columns. */
  receive({ generation, from, rows, columns = [] }: Extract<ToInspectorPage, { type: 'rows' }>): void {
    if (columns.join('\n') !== this.columns.paths.join('\n')) return;
    this.#cells.note(rows, columns);
    if (!this.#cache.receive(generation, from, rows)) return;
    this.#selectAwaited();
    this.#lines.draw();
  }

  /** Prepares for other rows, of which the newest are shown. */
  restart(): void {
    this.#selectedPlace = undefined;
    this.#awaited = undefined;
    this.#ahead = undefined;
    this.#lines.follow();
  }

  /** Marks the gaps that are large. @param medianGap of all, in milliseconds @param gaps number of them */
  showGaps({ medianGap, gaps }: { medianGap?: number | undefined; gaps: number }): void {
    const large = largeGap(medianGap, gaps);
    if (large === this.#largeGap) return;
    this.#largeGap = large;
    this.#lines.draw();
  }

  /** Selects a row, which may have gone, and scrolls to it. @param generation the one to which the position belongs */
  jumpTo(generation: number, place: number): void {
    const { first, end } = this.#all;
    const { generation: now } = this.#cache;
    if (generation > now || (generation === now && place >= end)) this.#ahead = { generation, place };
    else if (generation === now) this.#moveTo(Math.max(first, place));
    else this.#ahead = undefined;
  }

  /** Returns beginnings of the data of the selected row and of the newest. */
  samples(): string[] {
    const { end } = this.#all;
    return [this.#selectedPlace ?? end - 1, end - 1, end - 2].flatMap((place) => this.#cache.get(place)?.preview ?? []);
  }

  /** Position of the row where the user is. */
  get place(): number {
    return this.#awaited ?? this.#selectedPlace ?? Math.max(this.#all.first, this.#lines.firstVisible);
  }

  /** Asks for all rows again, as it has become known what they add to a result. */
  renew(): void {
    this.#cache.renew();
    this.#lines.draw();
  }

  /** Removes all rows and the selection. */
  clear(): void {
    this.#selected = undefined;
    this.#opensAwaited = false;
    this.columns.clear();
    this.restart();
    this.#lines.clear();
  }

  focus(): void {
    this.#table.focus();
  }

  #drawRow(line: HTMLElement, place: number, drawn: number): void {
    // Counted from 1, which is the table's head.
    line.ariaRowIndex = String(place - this.#all.first + 2);
    const row = this.#cache.get(place);
    const isSelected = row !== undefined && row.number === this.#selected;
    line.ariaSelected = String(isSelected);
    if (isSelected) this.#selectedPlace = place;
    if (this.#drawn.get(line) !== row || !this.#cells.fits(line)) this.#drawCells(line, row, drawn);
    const [before, after] = [this.#cache.get(place - 1), this.#cache.get(place + 1)];
    if (row) mark(line, { row, before, after }, this.#largeGap, this.#options.strings);
  }

  #drawCells(line: HTMLElement, row: EventRow | undefined, drawn: number): void {
    this.#drawn.set(line, row);
    unmark(line);
    const cost = Math.min(ROW_COST, ROWS_COST / drawn);
    this.#cells.draw(line, row, cost);
    showWhole(line, row, cost);
  }

  #onShow(from: number, to: number): void {
    this.#table.ariaRowCount = String(this.#all.end - this.#all.first + 1);
    const active = this.#selectedLine;
    if (active) this.#table.setAttribute('aria-activedescendant', active.id);
    else this.#table.removeAttribute('aria-activedescendant');
    this.#cache.requestMissing(from, to, this.#all);
  }

  #onClick(target: EventTarget | null): void {
    const line = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    if (line) this.#choose(line, true);
  }

  #choose(line: HTMLElement, open: boolean): void {
    const row = this.#drawn.get(line);
    if (!row) return;
    this.#ahead = undefined;
    // Without this, new rows would soon move the selected one out of view.
    if (line.nextElementSibling) this.#lines.stopFollowing();
    this.#select(row, open);
  }

  get #selectedLine(): HTMLElement | undefined {
    return this.#selectedPlace === undefined ? undefined : this.#lines.lineAt(this.#selectedPlace);
  }

  #ask(generation: number, from: number, to: number): void {
    const { paths } = this.columns;
    this.#options.post({ type: 'rows', generation, from, to, ...(paths.length > 0 && { columns: [...paths] }) });
  }

  #onKey(event: KeyboardEvent): void {
    // The head has controls of its own.
    if (event.target !== this.#table || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || this.#all.first === this.#all.end) return;
    const place = this.#awaited ?? this.#selectedPlace;
    if (event.key === 'Enter' || event.key === ' ') {
      const row = place === undefined ? undefined : this.#cache.get(place);
      if (row) this.#select(row, true);
      else this.#opensAwaited = true;
    } else {
      const target = rowOfKey(event.key, place, { ...this.#all, lines: this.#lines });
      if (target === undefined) return;
      this.#moveTo(Math.min(this.#all.end - 1, Math.max(this.#all.first, target)));
    }
    event.preventDefault();
  }

  #moveTo(place: number): void {
    this.#ahead = undefined;
    this.#lines.stopFollowing();
    this.#lines.reveal(place);
    if (place === this.#all.end - 1) this.#lines.follow();
    this.#awaited = place;
    this.#opensAwaited = false;
    this.#selectAwaited();
  }

  #selectAwaited(): void {
    const row = this.#awaited === undefined ? undefined : this.#cache.get(this.#awaited);
    if (!row) return;
    this.#selectedPlace = this.#awaited;
    this.#select(row, this.#opensAwaited);
  }

  #select(row: EventRow, open: boolean): void {
    this.#awaited = undefined;
    this.#selected = row.number;
    this.#options.onSelect(row, open);
    this.#lines.draw();
  }
}
