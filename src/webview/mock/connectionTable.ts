import type { MockStrings, PlayedConnection, PlayState } from '../../messages/mock';
import { withCodes } from '../../text/foreignText';
import { cell, line } from '../shared/cells';
import { element, format, moveFocus, setText } from '../shared/dom';
import { countText, timeText } from '../shared/quantities';

export interface ConnectionTableOptions {
  strings: MockStrings;
  onDrop(id: number): void;
}

interface Row {
  row: HTMLTableRowElement;
  event: HTMLElement;
  state: HTMLElement;
  drop: HTMLElement;
}

/** The connections, a row each. A row keeps its element, so that a focused button keeps the focus. */
export class ConnectionTable {
  readonly #options: ConnectionTableOptions;
  readonly #body = element('rows');
  readonly #rows = new Map<number, Row>();

  constructor(options: ConnectionTableOptions) {
    this.#options = options;
  }

  show({ connections, connectionCount, paused }: PlayState): void {
    const { strings } = this.#options;
    const ids = new Set(connections.map(({ id }) => id));
    const gone = [...this.#rows.keys()].filter((id) => !ids.has(id));
    // New rows first, because the focus may go to one of them.
    for (const connection of connections) this.#showRow(connection, paused);
    for (const id of gone) this.#remove(id, gone);
    element('table').hidden = connections.length === 0;
    const hidden = connectionCount - connections.length;
    setText(element('more'), hidden > 0 ? format(strings.moreConnections, countText(hidden)) : '');
  }

  #showRow(connection: PlayedConnection, paused: boolean): void {
    const { strings } = this.#options;
    const { id, event, events, state } = connection;
    const row = this.#rows.get(id) ?? this.#add(connection);
    setText(row.event, format(strings.atEvent, countText(event), countText(events)));
    // While paused, nothing is played.
    const isHeld = paused && state === 'playing';
    setText(row.state, isHeld ? strings.paused : strings.states[state]);
  }

  #add({ id, remote, path, userAgent, client, since }: PlayedConnection): Row {
    const { strings, onDrop } = this.#options;
    const row = document.createElement('tr');
    const name = cell(row, 'client', 'th');
    name.scope = 'row';
    name.title = withCodes(userAgent);
    name.append(line('remote', remote), line('path', withCodes(path)), line('agent', withCodes(client)));
    const event = cell(row, 'event');
    const sinceCell = cell(row, 'since');
    sinceCell.textContent = timeText(since);
    sinceCell.title = new Date(since).toLocaleString(document.documentElement.lang);
    const state = cell(row, 'state');
    const drop = document.createElement('vscode-button');
    drop.setAttribute('secondary', '');
    drop.ariaLabel = format(strings.dropOne, remote);
    drop.textContent = strings.drop;
    drop.addEventListener('click', () => onDrop(id));
    cell(row, 'drop').append(drop);
    this.#body.append(row);
    const added = { row, event, state, drop };
    this.#rows.set(id, added);
    return added;
  }

  /** Removes a row. A focus in it goes to the next row, or the previous one, or the button for all. */
  #remove(id: number, gone: readonly number[]): void {
    const removed = this.#rows.get(id);
    if (!removed) return;
    const left = [...this.#rows].filter(([other]) => other === id || !gone.includes(other)).map(([, row]) => row);
    const at = left.indexOf(removed);
    const next = left[at + 1] ?? left[at - 1];
    moveFocus(removed.row, next?.drop ?? element('dropAll'));
    removed.row.remove();
    this.#rows.delete(id);
  }
}
