import type { InspectorStrings, NextStep, StreamStatus } from '../../messages/inspector';
import { isolated } from '../../text/foreignText';
import { element, format, moveFocus } from '../shared/dom';

/** The request's form. */
export interface StepForm {
  readonly hasAuthorization: boolean;
  editAuthorization(): void;
}

/** Button that offers the next step after a failed request. */
export class NextStepButton {
  readonly #strings: InspectorStrings;
  readonly #form: StepForm;
  readonly #button = element('nextStep');
  /** Tooltip of steps that send the request. */
  readonly #title = this.#button.title;
  #step: NextStep | undefined;

  constructor(strings: InspectorStrings, onClick: (step: NextStep) => void, form: StepForm) {
    [this.#strings, this.#form] = [strings, form];
    this.#button.addEventListener('click', () => {
      // Afterwards, since the key that pressed the button would go to the field, and break its line.
      if (this.#step === 'addAuthorization') setTimeout(() => form.editAuthorization());
      else if (this.#step) onClick(this.#step);
    });
  }

  show({ nextStep }: Pick<StreamStatus, 'nextStep'>): void {
    this.#step = nextStep?.step;
    if (nextStep) this.#button.textContent = this.#label(nextStep);
    // Not to Connect, which has become Disconnect: a second press would end what the first began.
    else moveFocus(this.#button, element('connection'));
    this.#button.title = this.#step === 'addAuthorization' ? '' : this.#title;
    this.#button.hidden = nextStep === undefined;
  }

  #label({ step, host }: NonNullable<StreamStatus['nextStep']>): string {
    const { nextSteps, changeAuthorization } = this.#strings;
    if (step === 'addAuthorization' && this.#form.hasAuthorization) return changeAuthorization;
    return format(nextSteps[step], isolated(host));
  }
}
