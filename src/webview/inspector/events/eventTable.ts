import type { EventRow, HistoryState, InspectorStrings } from '../../../messages/inspector';
import { withCodes } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { element, setText } from '../../shared/dom';
import { LineCache, type LineRange } from '../../shared/lineCache';
import { durationText, sizeText, timeText } from '../../shared/quantities';
import { VirtualLines } from '../../shared/virtualLines';
import { largeGap, mark, showWhole, unmark } from './rowMarks';

export interface EventTableOptions {
  strings: InspectorStrings;
  /** Requests the rows from one position to another, `to` excluded. */
  ask(generation: number, from: number, to: number): void;
  /** Called when an event is selected. @param open whether to open its details */
  onSelect(row: EventRow, open: boolean): void;
}

/** Maximum cost of a row's texts, and of all drawn rows: they take 120 ms, however many are visible. */
const ROW_COST = 7200;
const ROWS_COST = 360_000;
/** Shares of the cost for an event's type and its id, and for its data. */
const CELL_PART = 1 / 6;
const DATA_PART = 4 / 6;

/** Cells of a row, in order, named as in the stylesheet, with their texts cut to the cost. */
const CELLS: Record<string, (row: EventRow, cost: number) => string> = {
  number: ({ number }) => String(number),
  time: ({ time }) => timeText(time),
  gap: ({ gap }) => (gap === undefined ? '' : durationText(gap)),
  event: ({ event }, cost) => shorten(withCodes(event), cost * CELL_PART),
  id: ({ id = '' }, cost) => shorten(withCodes(id), cost * CELL_PART),
  data: ({ preview, adds }, cost) =>
    shorten(adds && adds.text !== '' ? withCodes(adds.text) : preview, cost * DATA_PART),
  size: ({ size }) => sizeText(size),
};

/** Table of events, of which only the visible rows exist, with a selection that stays with its event. */
export class EventTable {
  readonly #options: EventTableOptions;
  readonly #table = element('table');
  readonly #lines: VirtualLines;
  readonly #cache: LineCache<EventRow>;
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
  #rowIds = 0;
  #largeGap = largeGap();

  constructor(options: EventTableOptions) {
    this.#options = options;
    this.#cache = new LineCache(options.ask);
    this.#lines = new VirtualLines({
      scroller: this.#table,
      sizer: element('rowsSizer'),
      lines: element('rows'),
      badge: element('newRows'),
      oneNew: options.strings.oneNewRow,
      manyNew: options.strings.newRows,
      createLine: () => this.#createRow(),
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
  }

  receive(generation: number, from: number, rows: EventRow[]): void {
    if (!this.#cache.receive(generation, from, rows)) return;
    this.#selectAwaited();
    this.#lines.draw();
  }

  /** Prepares for other rows, of which the newest are shown. */
  restart(): void {
    this.#selectedPlace = undefined;
    this.#awaited = undefined;
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
    if (generation === this.#cache.generation && first < end) this.#moveTo(Math.min(end - 1, Math.max(first, place)));
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
    this.restart();
    this.#lines.clear();
  }

  focus(): void {
    this.#table.focus();
  }

  #createRow(): HTMLElement {
    const row = document.createElement('div');
    row.className = 'row';
    row.role = 'row';
    this.#rowIds += 1;
    row.id = `row${this.#rowIds}`;
    for (const name of Object.keys(CELLS)) {
      const cell = document.createElement('span');
      cell.className = name;
      cell.role = 'gridcell';
      row.append(cell);
    }
    return row;
  }

  #drawRow(line: HTMLElement, place: number, drawn: number): void {
    // Counted from 1, which is the table's head.
    line.ariaRowIndex = String(place - this.#all.first + 2);
    const row = this.#cache.get(place);
    const isSelected = row !== undefined && row.number === this.#selected;
    line.ariaSelected = String(isSelected);
    if (isSelected) this.#selectedPlace = place;
    if (this.#drawn.get(line) !== row) this.#drawCells(line, row, drawn);
    const [before, after] = [this.#cache.get(place - 1), this.#cache.get(place + 1)];
    if (row) mark(line, { row, before, after }, this.#largeGap, this.#options.strings);
  }

  #drawCells(line: HTMLElement, row: EventRow | undefined, drawn: number): void {
    this.#drawn.set(line, row);
    unmark(line);
    const cost = Math.min(ROW_COST, ROWS_COST / drawn);
    for (const [position, text] of Object.values(CELLS).entries()) {
      const cell = line.children[position];
      if (cell instanceof HTMLElement) setText(cell, row ? text(row, cost) : '');
    }
    showWhole(line, row, cost);
  }

  #onShow(from: number, to: number): void {
    this.#table.ariaRowCount = String(this.#all.end - this.#all.first + 1);
    const active = this.#selectedPlace === undefined ? undefined : this.#lines.lineAt(this.#selectedPlace);
    if (active) this.#table.setAttribute('aria-activedescendant', active.id);
    else this.#table.removeAttribute('aria-activedescendant');
    this.#cache.requestMissing(from, to, this.#all);
  }

  #onClick(target: EventTarget | null): void {
    const line = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const row = line && this.#drawn.get(line);
    if (!row) return;
    // Without this, new rows would soon move the selected one out of view.
    if (line.nextElementSibling) this.#lines.stopFollowing();
    this.#select(row, true);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || this.#all.first === this.#all.end) return;
    const place = this.#awaited ?? this.#selectedPlace;
    if (event.key === 'Enter' || event.key === ' ') {
      const row = place === undefined ? undefined : this.#cache.get(place);
      if (row) this.#select(row, true);
      else this.#opensAwaited = true;
    } else {
      const target = this.#targetOf(event.key, place);
      if (target === undefined) return;
      this.#moveTo(Math.min(this.#all.end - 1, Math.max(this.#all.first, target)));
    }
    event.preventDefault();
  }

  /** Returns the position that a key leads to from the given one, or from the visible ones; may be out of range. */
  #targetOf(key: string, place: number | undefined): number | undefined {
    const { firstVisible, perPage } = this.#lines;
    switch (key) {
      case 'ArrowDown':
        return place === undefined ? firstVisible : place + 1;
      case 'ArrowUp':
        return place === undefined ? firstVisible + perPage - 1 : place - 1;
      case 'PageDown':
        return (place ?? firstVisible) + perPage;
      case 'PageUp':
        return (place ?? firstVisible) - perPage;
      case 'Home':
        return this.#all.first;
      case 'End':
        return this.#all.end - 1;
      default:
        return undefined;
    }
  }

  #moveTo(place: number): void {
    this.#lines.stopFollowing();
    this.#lines.reveal(place);
    if (place === this.#all.end - 1) this.#lines.follow();
    this.#awaited = place;
    this.#opensAwaited = false;
    this.#selectAwaited();
    this.#lines.draw();
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
