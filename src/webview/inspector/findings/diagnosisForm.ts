import type { DiagnosisState, FromFindings } from '../../../messages/findings';
import { element, moveFocus, setText } from '../../shared/dom';

export interface DiagnosisFormOptions {
  post(message: FromFindings): void;
  /** Called when the form was opened or closed. */
  onChange(): void;
}

/** Form that asks what a diagnosis may do, and its progress. */
export class DiagnosisForm {
  readonly #options: DiagnosisFormOptions;
  readonly #form = element('diagnosisForm');
  readonly #running = element('diagnosisRunning');
  readonly #origin = element<HTMLInputElement>('pageOrigin');
  readonly #second = element<HTMLElement & { checked: boolean }>('second');
  readonly #button = element('diagnose');

  constructor(options: DiagnosisFormOptions) {
    this.#options = options;
    const { post } = options;
    this.#button.addEventListener('click', () => post({ type: 'openDiagnosis' }));
    element('startDiagnosis').addEventListener('click', () => this.#start());
    element('closeDiagnosis').addEventListener('click', () => this.#close());
    element('cancelDiagnosis').addEventListener('click', () => post({ type: 'cancelDiagnosis' }));
    this.#origin.addEventListener('input', () => this.#showProblem(''));
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Escape') this.#close();
      if (key === 'Enter' && target === this.#origin) this.#start();
    });
  }

  get isOpen(): boolean {
    return !this.#form.hidden;
  }

  /** Shows the progress. */
  show(diagnosis: DiagnosisState): void {
    const isRunning = diagnosis.state === 'running';
    if (!isRunning) moveFocus(this.#running, element('findings'));
    this.#running.hidden = !isRunning;
    setText(element('diagnosisProgress'), isRunning ? diagnosis.text : '');
    this.#button.toggleAttribute('disabled', isRunning || (diagnosis.state === 'none' && !diagnosis.isPossible));
  }

  /** @param origin as given last */
  open(origin: string): void {
    this.#form.hidden = false;
    if (this.#origin.value === '') this.#origin.value = origin;
    this.#options.onChange();
    element('startDiagnosis').focus();
  }

  #start(): void {
    const origin = this.#origin.value.trim();
    const isFine = origin === '' || isOrigin(origin);
    this.#showProblem(isFine ? '' : (element('originProblem').dataset['text'] ?? ''));
    if (!isFine) {
      this.#origin.focus();
      return;
    }
    this.#options.post({
      type: 'diagnose',
      origin: origin === '' ? '' : new URL(origin).origin,
      second: this.#second.checked,
    });
    this.#close();
  }

  #showProblem(text: string): void {
    setText(element('originProblem'), text);
    this.#origin.ariaInvalid = String(text !== '');
  }

  #close(): void {
    moveFocus(this.#form, this.#button);
    this.#form.hidden = true;
    this.#options.onChange();
  }
}

function isOrigin(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
