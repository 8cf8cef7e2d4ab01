import type { EventRow, HistoryState, InspectorStrings } from '../../../messages/inspector';
import { withCodes } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { element, setText } from '../../shared/dom';
import { LineCache, type Places } from '../../shared/lineCache';
import { durationText, sizeText, timeText } from '../../shared/quantities';
import { VirtualLines } from '../../shared/virtualLines';

export interface EventTableOptions {
  strings: InspectorStrings;
  /** Wants the rows from one place to another, `to` excluded. */
  ask(generation: number, from: number, to: number): void;
  /** That event is selected; and to be opened, not only gone by. */
  onSelect(row: EventRow, open: boolean): void;
}

/** Maximum cost of a row's texts, and of all rows that are drawn, together: so they are in 120 ms, however many are in sight. */
const ROW_COST = 7200;
const ROWS_COST = 360_000;
/** Parts of it that are for an event's type, for its id, and for its data. */
const CELL_PART = 1 / 6;
const DATA_PART = 4 / 6;

/** The cells of a row, in order, named as in the stylesheet: as much of the texts as the cost has room for. */
const CELLS: Record<string, (row: EventRow, cost: number) => string> = {
  number: ({ number }) => String(number),
  time: ({ time }) => timeText(time),
  gap: ({ gap }) => (gap === undefined ? '' : durationText(gap)),
  event: ({ event }, cost) => shorten(withCodes(event), cost * CELL_PART),
  id: ({ id = '' }, cost) => shorten(withCodes(id), cost * CELL_PART),
  data: ({ preview }, cost) => shorten(preview, cost * DATA_PART),
  size: ({ size }) => sizeText(size),
};

/** The table of events: what is in sight of it, and the selection, which stays with its event. */
export class EventTable {
  readonly #options: EventTableOptions;
  readonly #table = element('table');
  readonly #lines: VirtualLines;
  readonly #cache: LineCache<EventRow>;
  readonly #drawn = new WeakMap<HTMLElement, EventRow | undefined>();
  /** The places of all rows. */
  #all: Places = { first: 0, end: 0 };
  /** The number of the event that is selected. */
  #selected: number | undefined;
  /** Its row's place, where that is known. */
  #selectedPlace: number | undefined;
  /** The row that will be selected when it has come. */
  #awaited: number | undefined;
  /** The awaited row was asked to be opened. */
  #opensAwaited = false;
  #rowIds = 0;

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

  /** Other rows will come: of these, the newest are shown. */
  restart(): void {
    this.#selectedPlace = undefined;
    this.#awaited = undefined;
    this.#lines.follow();
  }

  /** All up to now is cleared: with it the selection, whatever comes. */
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
    // From 1, and the first is the head's.
    line.ariaRowIndex = String(place - this.#all.first + 2);
    const row = this.#cache.get(place);
    const isSelected = row !== undefined && row.number === this.#selected;
    line.ariaSelected = String(isSelected);
    if (isSelected) this.#selectedPlace = place;
    if (this.#drawn.get(line) === row) return;
    this.#drawn.set(line, row);
    const cost = Math.min(ROW_COST, ROWS_COST / drawn);
    for (const [position, text] of Object.values(CELLS).entries()) {
      const cell = line.children[position];
      if (cell instanceof HTMLElement) setText(cell, row ? text(row, cost) : '');
    }
  }

  #onShow(from: number, to: number): void {
    this.#table.ariaRowCount = String(this.#all.end - this.#all.first + 1);
    const active = this.#selectedPlace === undefined ? undefined : this.#lines.lineAt(this.#selectedPlace);
    if (active) this.#table.setAttribute('aria-activedescendant', active.id);
    else this.#table.removeAttribute('aria-activedescendant');
    this.#cache.want(from, to, this.#all);
  }

  #onClick(target: EventTarget | null): void {
    const line = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const row = line && this.#drawn.get(line);
    if (!row) return;
    // Else it would soon be out of sight.
    if (line.nextElementSibling) this.#lines.hold();
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

  /** The place that a key leads to from that one, or from those in sight; it may be beyond the ends. */
  #targetOf(key: string, place: number | undefined): number | undefined {
    const { firstInSight, perPage } = this.#lines;
    switch (key) {
      case 'ArrowDown':
        return place === undefined ? firstInSight : place + 1;
      case 'ArrowUp':
        return place === undefined ? firstInSight + perPage - 1 : place - 1;
      case 'PageDown':
        return (place ?? firstInSight) + perPage;
      case 'PageUp':
        return (place ?? firstInSight) - perPage;
      case 'Home':
        return this.#all.first;
      case 'End':
        return this.#all.end - 1;
      default:
        return undefined;
    }
  }

  #moveTo(place: number): void {
    this.#lines.hold();
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
