import type { FromInspectorPage, HistoryState, InspectorStrings } from '../messages/inspector';
import { afterPause, element, format, inNextFrame, setText } from './page';
import { countText } from './quantities';

export interface ToolbarOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** Other rows will come: the filter has changed, or all were cleared. */
  onRestart(): void;
}

/** How long the filter waits for the next key, in milliseconds. */
const TYPING = 150;

/** What is shown of the events, and what can be done with all of them. */
export class Toolbar {
  readonly #options: ToolbarOptions;
  readonly #text = element<HTMLInputElement>('filter');
  readonly #isRegExp = element('isRegExp');
  readonly #eventName = element<HTMLSelectElement>('eventName');
  readonly #pause = element('pause');
  readonly #problem = element('filterProblem');
  #history: HistoryState | undefined;
  #names: string[] = [];
  #isPaused = false;

  readonly #draw = inNextFrame(() => this.#drawNow());

  constructor(options: ToolbarOptions) {
    this.#options = options;
    const { post } = options;
    this.#text.addEventListener(
      'input',
      afterPause(TYPING, () => this.#filter()),
    );
    this.#isRegExp.addEventListener('click', () => {
      this.#isRegExp.ariaPressed = String(this.#isRegExp.ariaPressed !== 'true');
      this.#filter();
    });
    this.#eventName.addEventListener('change', () => this.#filter());
    this.#pause.addEventListener('click', () => this.#togglePause());
    element('clear').addEventListener('click', () => {
      options.onRestart();
      post({ type: 'clear' });
    });
    element('copyCurl').addEventListener('click', () => post({ type: 'copyCurl' }));
    for (const format of ['ndjson', 'json'] as const)
      element(format).addEventListener('click', () => post({ type: 'save', format }));
  }

  get isFiltering(): boolean {
    return this.#text.value !== '' || this.#eventName.value !== '';
  }

  show(history: HistoryState): void {
    this.#history = history;
    this.#draw();
  }

  /** The filter is none, for that reason; the one before stays. */
  showProblem(reason: string): void {
    this.#problem.textContent = reason;
    this.#text.ariaInvalid = String(reason !== '');
  }

  #filter(): void {
    this.showProblem('');
    this.#options.onRestart();
    const isRegExp = this.#isRegExp.ariaPressed === 'true';
    this.#options.post({ type: 'filter', text: this.#text.value, isRegExp, event: this.#eventName.value });
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    this.#options.post({ type: 'pause', paused: this.#isPaused });
    this.#draw();
  }

  #drawNow(): void {
    const { strings } = this.#options;
    setText(this.#pause, this.#isPaused ? strings.resume : strings.pause);
    const held = this.#history?.held ?? 0;
    setText(element('held'), held > 0 ? format(strings.held, countText(held)) : '');
    this.#drawNames(this.#history?.eventNames ?? []);
  }

  /** The chosen one stays, though no event has it any longer. */
  #drawNames(names: string[]): void {
    if (names.length === this.#names.length && names.every((name, index) => name === this.#names[index])) return;
    this.#names = names;
    const chosen = this.#eventName.value;
    const all = this.#eventName.options[0];
    const shown = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
    this.#eventName.replaceChildren(...(all ? [all] : []), ...shown.map((name) => new Option(name, name)));
    this.#eventName.value = chosen;
  }
}
