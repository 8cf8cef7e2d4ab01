import type { DiagnosisState, FromFindings } from '../../../messages/findings';
import { element, moveFocus, setText } from '../../shared/dom';

export interface DiagnosisFormOptions {
  post(message: FromFindings): void;
  /** Called when a diagnosis was asked for. */
  onStart(): void;
  /** Called when the form was opened or closed. */
  onChange(): void;
}

/** Form that asks what a diagnosis may do, and its progress. */
export class DiagnosisForm {
  readonly #options: DiagnosisFormOptions;
  readonly #form = element('diagnosisForm');
  readonly #running = element('diagnosisRunning');
  readonly #origin = element<HTMLInputElement>('pageOrigin');
  readonly #compare = element<HTMLInputElement>('compareUrl');
  readonly #second = element<HTMLElement & { checked: boolean }>('second');
  readonly #button = element('diagnose');

  constructor(options: DiagnosisFormOptions) {
    this.#options = options;
    const { post } = options;
    this.#button.addEventListener('click', () => post({ type: 'openDiagnosis' }));
    element('startDiagnosis').addEventListener('click', () => this.#start());
    element('closeDiagnosis').addEventListener('click', () => this.#close());
    element('cancelDiagnosis').addEventListener('click', () => post({ type: 'cancelDiagnosis' }));
    for (const field of [this.#origin, this.#compare]) field.addEventListener('input', () => showProblem(field, false));
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Escape') this.#close();
      if (key === 'Enter' && target instanceof HTMLInputElement) this.#start();
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
    const [origin, compare] = [this.#origin.value.trim(), this.#compare.value.trim()];
    const wrong = [this.#origin, this.#compare].find(({ value }) => value.trim() !== '' && !isAddress(value.trim()));
    for (const field of [this.#origin, this.#compare]) showProblem(field, field === wrong);
    if (wrong) {
      wrong.focus();
      return;
    }
    const page = origin === '' ? '' : new URL(origin).origin;
    this.#options.post({ type: 'diagnose', origin: page, compare, second: this.#second.checked });
    this.#options.onStart();
    this.#close();
  }

  #close(): void {
    moveFocus(this.#form, this.#button);
    this.#form.hidden = true;
    this.#options.onChange();
  }
}

/** Shows below the field whether it can't be used. */
function showProblem(field: HTMLInputElement, isWrong: boolean): void {
  const problem = element(field.getAttribute('aria-describedby') ?? '');
  setText(problem, isWrong ? (problem.dataset['text'] ?? '') : '');
  field.ariaInvalid = String(isWrong);
}

function isAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
