import type { EventRow, FromInspectorPage, InspectorStrings, ToInspectorPage } from '../../../messages/inspector';
import type { RowAction, ToTable } from '../../../messages/table';
import { handleEdges } from './columns/columnHandles';
import { ColumnsMenu } from './columns/columnsMenu';
import type { EventTable } from './eventTable';
import { Splitter } from './splitter';
import type { WrapChoice } from './wire/wrapChoice';

const TYPES: readonly string[] = ['layout', 'rowAction', 'keyAction'] satisfies ToTable['type'][];

/** Whether a message of the extension is about the table's columns, or a menu of it. */
export function isAboutTable(message: ToInspectorPage): message is ToTable {
  return TYPES.includes(message.type);
}

export interface TableToolsOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  table: EventTable;
  /** Filters the events by their type. */
  toolbar: { showOnly(type: string): void; hideType(type: string): void };
  /** Whether the lines of Wire wrap. */
  wire: { readonly wrap: Pick<WrapChoice, 'isOn' | 'show' | 'onChoice'> };
  /** Leads to the piece of the result that an event adds. */
  result: { reveal(at: [result: number, item: number]): void };
}

/** Tools of the table: its columns, the share of the details beside it, and what is done with a row. */
export class TableTools {
  readonly #options: TableToolsOptions;
  readonly #menu: ColumnsMenu;
  readonly #splitter: Splitter;

  constructor(options: TableToolsOptions) {
    const { strings, table, wire } = options;
    this.#options = options;
    this.#splitter = new Splitter(() => this.#keep());
    this.#menu = new ColumnsMenu({
      strings: strings.table,
      columns: table.columns,
      samples: () => table.samples(),
    });
    handleEdges(table.columns);
    table.onLayout = () => this.#keep();
    wire.wrap.onChoice = () => this.#keep();
  }

  receive(message: ToTable): void {
    const { table, wire } = this.#options;
    if (message.type === 'layout') {
      table.columns.show(message.layout);
      this.#splitter.show(message.layout.split);
      wire.wrap.show(message.layout.wrap === true);
    } else if (message.type === 'rowAction') {
      const row = table.menu.row(message.number);
      if (row) this.#act(message.action, row);
    } else if (message.action === 'showColumn') this.#menu.add(message.path);
    else table.columns.remove(message.path);
  }

  #act(action: RowAction, row: EventRow): void {
    const { post, toolbar, result } = this.#options;
    const { number, event, adds } = row;
    switch (action) {
      case 'filterType':
        toolbar.showOnly(event);
        break;
      case 'hideType':
        toolbar.hideType(event);
        break;
      case 'showResult':
        if (adds?.at) result.reveal(adds.at);
        break;
      default:
        post({ type: action, number });
    }
  }

  #keep(): void {
    const { table, wire, post } = this.#options;
    const split = this.#splitter.share;
    const others = { ...(split !== undefined && { split }), ...(wire.wrap.isOn && { wrap: true }) };
    const layout = { ...table.columns.layout, ...others };
    post({ type: 'keepLayout', layout });
  }
}
