import type { FromInspectorPage, HistoryState, InspectorStrings } from '../../messages/inspector';
import { element, format as filled, setText } from '../shared/dom';
import { countText } from '../shared/quantities';

/** Menu of Save: the formats, and whether only the events that are shown are saved, if these are not all. */
export class SaveChoice {
  readonly #strings: InspectorStrings;
  readonly #label = element('onlyShown');

  constructor(strings: InspectorStrings, post: (message: FromInspectorPage) => void) {
    this.#strings = strings;
    const box = element<HTMLInputElement>('savesShown');
    for (const format of ['ndjson', 'json', 'sse'] as const)
      element(format).addEventListener('click', () => {
        const shown = !this.#label.hidden && box.checked;
        post({ type: 'save', format, ...(shown && { shown }) });
      });
  }

  show({ rows, events, evicted }: HistoryState): void {
    const all = events - evicted;
    this.#label.hidden = rows >= all;
    setText(element('shownCount'), filled(this.#strings.onlyShown, countText(rows), countText(all)));
  }
}
