import type { FromInspectorPage, InspectorStrings } from '../../messages/inspector';
import { element, moveFocus, setText } from '../shared/dom';
import { emptyText, type TableState } from './emptyText';

/** Reason why the table is empty, and buttons that begin with a pasted text, a recent request or the counter's stream. */
export class EmptyTable {
  readonly #strings: InspectorStrings;
  readonly #offers = element('offers');

  constructor(strings: InspectorStrings, post: (message: FromInspectorPage) => void) {
    this.#strings = strings;
    const messages: Record<string, FromInspectorPage> = {
      pasteOffered: { type: 'paste' },
      recentOffered: { type: 'offer', offer: 'recent' },
      counterOffered: { type: 'offer', offer: 'counter' },
    };
    for (const [id, message] of Object.entries(messages)) element(id).addEventListener('click', () => post(message));
  }

  show(table: TableState): void {
    const text = emptyText(table, this.#strings);
    setText(element('empty'), text);
    const isOffered = text === this.#strings.giveUrl;
    // To the field that was filled in: the next step is to connect.
    if (!isOffered) moveFocus(this.#offers, element('url'));
    this.#offers.hidden = !isOffered;
  }
}
