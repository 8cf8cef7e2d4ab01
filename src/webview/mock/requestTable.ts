import type { FromMockPage, MockStrings, RequestRow, RequestsState } from '../../messages/mock';
import { withCodes } from '../../text/foreignText';
import { cell, line } from '../shared/cells';
import { element, format, moveFocus, setText } from '../shared/dom';
import { countText, timeText } from '../shared/quantities';

/** Maximum length of a request's target and of its Last-Event-ID in a row, in UTF-16 code units; the tooltip has the rest. */
const MAX_SHOWN = 120;
/** First half of a character, at the end. */
const LONE_SURROGATE = /[\ud800-\udbff]$/;

/** The last requests to the server, a row each, newest first. Those that were refused explain why an app gets no stream. */
export class RequestTable {
  readonly #strings: MockStrings;
  readonly #list = element('requestList');
  readonly #body = element('requestRows');
  readonly #onlyRefused = element<HTMLInputElement>('onlyRefused');
  readonly #rows = new Map<number, HTMLTableRowElement>();

  constructor(strings: MockStrings, post: (message: FromMockPage) => void) {
    this.#strings = strings;
    this.#onlyRefused.addEventListener('change', () =>
      post({ type: 'filterRequests', onlyRefused: this.#onlyRefused.checked }),
    );
    element('clearRequests').addEventListener('click', () => {
      post({ type: 'clearRequests' });
      setText(element('said'), strings.requestsCleared);
    });
  }

  /** @param requests undefined if none are known */
  show(requests: RequestsState | undefined): void {
    const { count = 0, rows = [] } = requests ?? {};
    const section = element('requests');
    if (count === 0) moveFocus(section, element('dropAll'));
    section.hidden = count === 0;
    if (requests) this.#showCounts(requests);
    this.#showRows(rows);
  }

  #showCounts({ count, refusedCount, onlyRefused, rows }: RequestsState): void {
    const { oneRequest, requests, refused, noneRefused, moreRequests } = this.#strings;
    const all = format(count === 1 ? oneRequest : requests, countText(count));
    const heading = refusedCount === 0 ? all : `${all} · ${format(refused, countText(refusedCount))}`;
    setText(element('requestsHeading'), heading);
    this.#onlyRefused.checked = onlyRefused;
    const more = (onlyRefused ? refusedCount : count) - rows.length;
    const before = more > 0 ? format(moreRequests, countText(more)) : '';
    setText(element('moreRequests'), rows.length === 0 ? noneRefused : before);
  }

  /** Shows the rows. Those that can be seen stay where they are, unless the list is at its top: there, new ones come in. */
  #showRows(rows: readonly RequestRow[]): void {
    const ids = new Set(rows.map(({ id }) => id));
    const seen = this.#list.scrollTop > 0 ? this.#firstSeen(ids) : undefined;
    const before = seen?.offsetTop ?? 0;
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
    // Rows are in descending order, and so are those that are there.
    let next = this.#body.firstElementChild;
    for (const row of rows) {
      const shown = this.#rows.get(row.id);
      if (shown) next = shown.nextElementSibling;
      else this.#body.insertBefore(this.#newRow(row), next);
    }
    if (rows.length === 0) moveFocus(this.#list, this.#onlyRefused);
    this.#list.hidden = rows.length === 0;
    if (seen) this.#list.scrollTop += seen.offsetTop - before;
  }

  /** Returns the first row that can be seen and stays. */
  #firstSeen(staying: ReadonlySet<number>): HTMLTableRowElement | undefined {
    const { scrollTop } = this.#list;
    const found = [...this.#rows].filter(
      ([id, { offsetTop, offsetHeight }]) => staying.has(id) && offsetTop + offsetHeight > scrollTop,
    );
    return found.sort(([one], [other]) => other - one)[0]?.[1];
  }

  #newRow({ id, at, method, target, lastEventId, status, reason, remote, client }: RequestRow): HTMLTableRowElement {
    const row = document.createElement('tr');
    row.classList.toggle('isRefused', status >= 400);
    const time = timeText(at);
    cell(row, 'since').textContent = time;
    const request = cell(row, 'request', 'th');
    request.scope = 'row';
    request.append(
      // Shown where there is no room for the column.
      line('time', time),
      shortened('remote', `${method} ${target}`),
      line('agent', withCodes(client || remote)),
      ...(lastEventId === '' ? [] : [shortened('agent', `Last-Event-ID: ${lastEventId}`)]),
    );
    cell(row, 'response').append(line('status', String(status)), line('reason', withCodes(reason)));
    this.#rows.set(id, row);
    return row;
  }

  #remove(id: number, row: HTMLTableRowElement): void {
    row.remove();
    this.#rows.delete(id);
  }
}

/** Returns a part of a cell whose text is cut if it is long; its tooltip has the whole text then. */
function shortened(name: string, text: string): HTMLElement {
  if (text.length <= MAX_SHOWN) return line(name, withCodes(text));
  const part = line(name, `${withCodes(text.slice(0, MAX_SHOWN).replace(LONE_SURROGATE, ''))}…`);
  part.title = withCodes(text);
  return part;
}
