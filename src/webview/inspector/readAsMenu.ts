import type { InspectorStrings, NextStep, Reading, StreamStatus } from '../../messages/inspector';
import { READ_STEPS } from '../../messages/streamStatus';
import { element, format, moveFocus, setText } from '../shared/dom';

const READINGS: readonly Reading[] = ['events', 'lines', 'text'];

/** Menu of the ways to read a response. Its button says how it is read. */
export class ReadAsMenu {
  readonly #strings: InspectorStrings;
  readonly #button = element('readAs');
  readonly #items = new Map<Reading, HTMLButtonElement>();

  /** @param onChoice called with the step that sends the request again */
  constructor(strings: InspectorStrings, onChoice: (step: NextStep) => void) {
    this.#strings = strings;
    for (const reading of READINGS) {
      const item = document.createElement('button');
      item.type = 'button';
      item.textContent = strings.readings[reading];
      item.addEventListener('click', () => {
        element('readings').hidePopover();
        onChoice(READ_STEPS[reading]);
      });
      this.#items.set(reading, item);
    }
    element('readings').append(...this.#items.values());
  }

  show({ readAs, state }: Pick<StreamStatus, 'readAs' | 'state'>): void {
    // Until the next response it stays: without this, a choice by the keyboard would lose the focus.
    if (state === 'connecting') return;
    const button = this.#button;
    if (readAs === undefined) {
      element('readings').hidePopover();
      moveFocus(button, element('connection'));
    } else {
      setText(button, format(this.#strings.readAs, this.#strings.readings[readAs]));
      for (const [reading, item] of this.#items) item.ariaCurrent = reading === readAs ? 'true' : null;
    }
    button.hidden = readAs === undefined;
  }
}
