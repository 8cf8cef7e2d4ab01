import type { InspectorStrings, NextStep, StreamStatus } from '../../messages/inspector';
import { NextStepButton, type StepForm } from './nextStep';
import { ReadAsMenu } from './readAsMenu';

/** Ways to go on with a request: the next step that is offered, and the menu of ways to read its response. */
export class WaysOn {
  readonly #nextStep: NextStepButton;
  readonly #readAs: ReadAsMenu;

  /** @param onStep called with the step that the user takes @param form in which some steps are taken */
  constructor(strings: InspectorStrings, onStep: (step: NextStep) => void, form: StepForm) {
    this.#nextStep = new NextStepButton(strings, onStep, form);
    this.#readAs = new ReadAsMenu(strings, onStep);
  }

  show(status: StreamStatus): void {
    this.#nextStep.show(status);
    this.#readAs.show(status);
  }
}
