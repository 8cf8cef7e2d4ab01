import type { MockStrings } from '../../messages/mock';
import { element, format, moveFocus, setText } from '../shared/dom';
import { countText } from '../shared/quantities';

/** Maximum number of characters that can be inserted into the field at once. */
const MAX_DIGITS = 10;

/** Form to refuse a number of requests, which also shows how many are left. */
export class RefusalForm {
  readonly #strings: MockStrings;
  readonly #onRefuse: (times: number) => void;
  readonly #times = element<HTMLInputElement>('times');
  #shown = 0;

  /** @param onRefuse called with the number of requests to refuse; 0 stops refusing */
  constructor(strings: MockStrings, onRefuse: (times: number) => void) {
    this.#strings = strings;
    this.#onRefuse = onRefuse;
    element('refuse').addEventListener('click', () => this.#refuse());
    element('takeBack').addEventListener('click', () => onRefuse(0));
    // A number field has no maxlength, and a browser's time for a long number is quadratic.
    this.#times.addEventListener('beforeinput', (event) => {
      if ((event.data?.length ?? 0) > MAX_DIGITS) event.preventDefault();
    });
    this.#times.addEventListener('change', () => this.#correct());
    this.#times.addEventListener('keydown', ({ key, repeat }) => {
      if (key === 'Enter' && !repeat) this.#refuse();
    });
  }

  /**
   * @param count number of requests still to be refused
   * @param isSaid whether to announce 0, which is false without a server
   */
  show(count: number, isSaid: boolean): void {
    const { oneRefusal, refusals, noRefusals } = this.#strings;
    const text = count === 0 ? noRefusals : format(count === 1 ? oneRefusal : refusals, countText(count));
    setText(element('refusals'), count === 0 ? '' : text);
    // Announces only changes by the user, to more or to none, but not each refused request.
    if (count > this.#shown || (isSaid && count === 0 && this.#shown > 0)) setText(element('said'), text);
    this.#shown = count;
    const takeBack = element('takeBack');
    if (count === 0) moveFocus(takeBack, element('refuse'));
    takeBack.hidden = count === 0;
  }

  #refuse(): void {
    this.#correct();
    this.#onRefuse(this.#times.valueAsNumber);
  }

  /** Corrects an invalid number of requests to the nearest valid one. */
  #correct(): void {
    const times = Math.round(this.#times.valueAsNumber) || 1;
    this.#times.value = String(Math.min(Math.max(times, 1), Number(this.#times.max)));
  }
}
