import { type PathStep, readJsonPath } from '../../../analysis/protocols/json/jsonPath';
import { MAX_NAME } from '../../../client/history/eventNames';
import type { RecordedEvent } from '../../../client/history/history';
import type { Inspection } from '../../../client/inspection';
import { columnValues, MAX_DATA } from '../../../client/rows/columnValues';
import { isErrorEvent } from '../../../client/rows/errorEvent';
import { differenceOf, isComparable } from '../../../client/rows/rowDifference';
import type { EventRow, FromInspectorPage, ToInspectorPage } from '../../../messages/inspector';
import type { Turns } from '../../../turns/turns';

/** Maximum number of rows in a message. */
const MAX_ROWS = 500;

type RowsRequest = Extract<FromInspectorPage, { type: 'rows' }>;

export interface EventRowsOptions {
  inspection: Inspection;
  turns: Turns;
  post(message: Extract<ToInspectorPage, { type: 'rows' }>): void;
  /** Returns what an event adds to an answer. */
  addedBy(number: number): EventRow['adds'];
  /** Returns the connection that begins with a row, by its index. */
  beginningAt(row: number): EventRow['begins'];
}

/** Rows of the inspector's table, read again from the bytes: the page itself only has the visible ones. */
export class EventRows {
  readonly #options: EventRowsOptions;

  constructor(options: EventRowsOptions) {
    this.#options = options;
  }

  /** Sends the requested rows. Reads them in turns: an event of 8 KB takes a millisecond. */
  async send({ from: first, to: end, columns }: RowsRequest): Promise<void> {
    const { inspection, turns, post, beginningAt } = this.#options;
    const { view } = inspection;
    const { generation } = view;
    const paths = (columns ?? []).map((path) => readJsonPath(path) ?? []);
    let from = Math.max(first, view.evicted);
    const to = Math.min(end, from + MAX_ROWS, view.evicted + view.rows);
    let rows: EventRow[] = [];
    let before = from < to ? this.#comparable(view.at(from - 1 - view.evicted)) : undefined;
    for (let place = from; place < to; place += 1) {
      const event = view.at(place - view.evicted);
      const begins = beginningAt(place - view.evicted);
      const data = this.#comparable(event);
      if (event)
        rows.push({ ...this.row(event, { before, data }), ...this.#values(event, paths), ...(begins && { begins }) });
      // The oldest may have been evicted meanwhile.
      else [from, rows] = [place + 1, []];
      before = data;
      if (turns.isOver) await turns.next();
      // After a change of the filter, the page requests the new rows.
      if (view.generation !== generation) return;
    }
    post({ type: 'rows', generation, from, rows, ...(columns && { columns }) });
  }

  /**
   * Returns an event's row.
   * @param compared comparable data of the event and of the row before. Default: the row shows its own data
   */
  row(event: RecordedEvent, compared: { before?: string | undefined; data?: string | undefined } = {}): EventRow {
    const { number, time, gap, burst, start, end } = event;
    const preview = this.#options.inspection.history.preview(event);
    const [name, id] = [event.event.slice(0, MAX_NAME), event.id?.slice(0, MAX_NAME)];
    const adds = this.#options.addedBy(number);
    const { before, data } = compared;
    const isCompared = before !== undefined && data !== undefined && !adds?.text;
    const differs = isCompared ? differenceOf(before, data) : undefined;
    const isError = isErrorEvent(name, data ?? preview);
    return {
      ...{ number, time, gap, burst, event: name, id, preview, size: end - start },
      ...(adds && { adds }),
      ...(differs !== undefined && { differs }),
      ...(isError && { isError }),
    };
  }

  /** Returns the data of an event if it can be compared; undefined also for one whose data isn't read with the rest. */
  #comparable(event: RecordedEvent | undefined): string | undefined {
    return event?.data !== undefined && isComparable(event.data) ? event.data : undefined;
  }

  #values(event: RecordedEvent, paths: readonly PathStep[][]): Pick<EventRow, 'values'> {
    if (paths.length === 0) return {};
    const isWhole = event.end - event.start <= MAX_DATA;
    const data = isWhole ? this.#options.inspection.history.data(event) : undefined;
    return { values: data === undefined ? paths.map(() => '…') : columnValues(data, paths) };
  }
}
