import type { MockStrings } from '../../messages/mock';
import { element, format, passFocus, setText } from '../shared/dom';
import { countText } from '../shared/quantities';

/** Maximum number of characters that are put into the field at once. */
const MAX_DIGITS = 10;

/** How many requests are to be refused, and how many still will be. */
export class RefusalForm {
  readonly #strings: MockStrings;
  readonly #onRefuse: (times: number) => void;
  readonly #times = element<HTMLInputElement>('times');
  #shown = 0;

  /** @param onRefuse so many shall be; 0: no more */
  constructor(strings: MockStrings, onRefuse: (times: number) => void) {
    this.#strings = strings;
    this.#onRefuse = onRefuse;
    element('refuse').addEventListener('click', () => this.#refuse());
    element('takeBack').addEventListener('click', () => onRefuse(0));
    // A field of numbers has no maxlength, and a browser's time for a long one grows with its square.
    this.#times.addEventListener('beforeinput', (event) => {
      if ((event.data?.length ?? 0) > MAX_DIGITS) event.preventDefault();
    });
    this.#times.addEventListener('change', () => this.#correct());
    this.#times.addEventListener('keydown', ({ key, repeat }) => {
      if (key === 'Enter' && !repeat) this.#refuse();
    });
  }

  /** @param count how many requests are going to be refused @param isSaid whether it is said that none is: not where there is no server */
  show(count: number, isSaid: boolean): void {
    const { oneRefusal, refusals, noRefusals } = this.#strings;
    const text = count === 0 ? noRefusals : format(count === 1 ? oneRefusal : refusals, countText(count));
    setText(element('refusals'), count === 0 ? '' : text);
    // That more are refused, or none, is what the user wanted; that they get fewer one by one isn't said.
    if (count > this.#shown || (isSaid && count === 0 && this.#shown > 0)) setText(element('said'), text);
    this.#shown = count;
    const takeBack = element('takeBack');
    if (count === 0) passFocus(takeBack, element('refuse'));
    takeBack.hidden = count === 0;
  }

  #refuse(): void {
    this.#correct();
    this.#onRefuse(this.#times.valueAsNumber);
  }

  /** What is no number of requests is made the nearest one. */
  #correct(): void {
    const times = Math.round(this.#times.valueAsNumber) || 1;
    this.#times.value = String(Math.min(Math.max(times, 1), Number(this.#times.max)));
  }
}
