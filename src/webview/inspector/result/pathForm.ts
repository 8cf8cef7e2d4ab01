import type { GivenPath } from '../../../analysis/protocols/byPath';
import { readJsonPath } from '../../../analysis/protocols/json/jsonPath';
import type { ResultStrings } from '../../../messages/results';
import { element, setText } from '../../shared/dom';

/** Form in which the user gives a JSON path, and says whether its values are added up. */
export class PathForm {
  readonly #form = element('pathForm');
  readonly #path = element<HTMLInputElement>('path');
  readonly #values = element<HTMLSelectElement>('pathValues');
  readonly #problem = element('pathProblem');
  readonly #strings: ResultStrings;
  readonly #onGive: (path: GivenPath) => void;

  /** @param onGive called with a path that can be read */
  constructor(strings: ResultStrings, onGive: (path: GivenPath) => void) {
    [this.#strings, this.#onGive] = [strings, onGive];
    element('usePath').addEventListener('click', () => this.#give());
    this.#path.addEventListener('keydown', (event) => {
      // It also ends the input of Japanese.
      if (event.key === 'Enter' && !event.isComposing && !event.repeat) this.#give();
    });
    this.#path.addEventListener('input', () => this.#tell(false));
    this.#values.addEventListener('change', () => {
      if (this.#path.value.trim() !== '') this.#give();
    });
  }

  /** Shows the form, and has the user give a path. */
  open(): void {
    this.#form.hidden = false;
    this.#path.focus();
  }

  hide(): void {
    this.#form.hidden = true;
    this.#tell(false);
  }

  /** Shows the path that is in use. What the user types stays. */
  show({ text, isAppended }: GivenPath): void {
    this.#form.hidden = false;
    if (document.activeElement !== this.#path) this.#path.value = text;
    if (document.activeElement !== this.#values) this.#values.value = isAppended ? 'append' : 'replace';
  }

  #give(): void {
    const text = this.#path.value.trim();
    const isPath = readJsonPath(text) !== undefined;
    this.#tell(!isPath);
    if (isPath) this.#onGive({ text, isAppended: this.#values.value === 'append' });
    else this.#path.focus();
  }

  #tell(isBad: boolean): void {
    setText(this.#problem, isBad ? this.#strings.badPath : '');
    if (isBad) this.#path.setAttribute('aria-invalid', 'true');
    else this.#path.removeAttribute('aria-invalid');
  }
}
