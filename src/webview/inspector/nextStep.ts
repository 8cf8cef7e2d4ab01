import type { InspectorStrings, NextStep, StreamStatus } from '../../messages/inspector';
import { isolated } from '../../text/foreignText';
import { element, format, moveFocus } from '../shared/dom';

/** Button that offers the next step after a failed request. */
export class NextStepButton {
  readonly #strings: InspectorStrings;
  readonly #button = element('nextStep');
  #step: NextStep | undefined;

  constructor(strings: InspectorStrings, onClick: (step: NextStep) => void) {
    this.#strings = strings;
    this.#button.addEventListener('click', () => this.#step && onClick(this.#step));
  }

  show({ nextStep }: Pick<StreamStatus, 'nextStep'>): void {
    this.#step = nextStep?.step;
    if (nextStep) this.#button.textContent = format(this.#strings.nextSteps[nextStep.step], isolated(nextStep.host));
    // Not to Connect, which has become Disconnect: a second press would end what the first began.
    else moveFocus(this.#button, element('connection'));
    this.#button.hidden = nextStep === undefined;
  }
}
