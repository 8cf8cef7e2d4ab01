import type { FromInspectorPage } from '../../messages/inspector';
import { element, moveFocus } from '../shared/dom';

/** Buttons of an empty panel that begin with a pasted text, a recent request or the counter's stream. */
export class EmptyOffers {
  readonly #offers = element('offers');

  constructor(post: (message: FromInspectorPage) => void) {
    const messages: Record<string, FromInspectorPage> = {
      pasteOffered: { type: 'paste' },
      recentOffered: { type: 'offer', offer: 'recent' },
      counterOffered: { type: 'offer', offer: 'counter' },
    };
    for (const [id, message] of Object.entries(messages)) element(id).addEventListener('click', () => post(message));
  }

  /** @param isOffered whether the panel is empty, so that there is something to begin with */
  show(isOffered: boolean): void {
    // To the field that was filled in: the next step is to connect.
    if (!isOffered) moveFocus(this.#offers, element('url'));
    this.#offers.hidden = !isOffered;
  }
}
