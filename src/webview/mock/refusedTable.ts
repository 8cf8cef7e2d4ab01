import type { MockStrings, RefusedRow, RefusedState } from '../../messages/mock';
import { withCodes } from '../../text/foreignText';
import { cell, line } from '../shared/cells';
import { element, format, moveFocus, setText } from '../shared/dom';
import { countText, timeText } from '../shared/quantities';

/** Requests that the server refused, a row each, newest first. They explain why an app gets no stream. */
export class RefusedTable {
  readonly #strings: MockStrings;
  readonly #rows = new Map<number, HTMLTableRowElement>();

  /** @param onClear called when the list is to be cleared */
  constructor(strings: MockStrings, onClear: () => void) {
    this.#strings = strings;
    element('clearRefused').addEventListener('click', () => {
      onClear();
      setText(element('said'), strings.refusedCleared);
    });
  }

  show({ count, last }: RefusedState): void {
    const { oneRefused, refused, moreRefused } = this.#strings;
    const section = element('refused');
    if (count === 0) moveFocus(section, element('dropAll'));
    section.hidden = count === 0;
    setText(element('refusedHeading'), format(count === 1 ? oneRefused : refused, countText(count)));
    setText(element('moreRefused'), count > last.length ? format(moreRefused, countText(count - last.length)) : '');
    const ids = new Set(last.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
    for (const refusedRow of last.toReversed()) if (!this.#rows.has(refusedRow.id)) this.#add(refusedRow);
  }

  #add({ id, at, method, path, status, reason, remote, client }: RefusedRow): void {
    const row = document.createElement('tr');
    const time = cell(row, 'since');
    time.textContent = timeText(at);
    const request = cell(row, 'request', 'th');
    request.scope = 'row';
    request.append(line('remote', withCodes(`${method} ${path}`)), line('agent', withCodes(client || remote)));
    cell(row, 'response').append(line('status', String(status)), line('reason', withCodes(reason)));
    element('refusedRows').prepend(row);
    this.#rows.set(id, row);
  }

  #remove(id: number, row: HTMLTableRowElement): void {
    row.remove();
    this.#rows.delete(id);
  }
}
