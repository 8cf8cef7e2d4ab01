import { MAX_HIDDEN, type TableStrings } from '../../../messages/table';
import { isolated } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { element, format } from '../../shared/dom';

/** Maximum cost of a type in a chip. */
const TYPE_COST = 400;

/** Event types that the table hides, each as a chip that shows it again. */
export class HiddenTypes {
  readonly #strings: TableStrings;
  readonly #onChange: () => void;
  readonly #chips = element('hiddenTypes');
  #types: string[] = [];

  /** @param onChange called when the user has changed them */
  constructor(strings: TableStrings, onChange: () => void) {
    [this.#strings, this.#onChange] = [strings, onChange];
  }

  get types(): readonly string[] {
    return this.#types;
  }

  /** Hides a type; of more than 20, the first is shown again. */
  hide(type: string): void {
    this.#set([...this.#types.filter((one) => one !== type), type].slice(-MAX_HIDDEN));
  }

  /** Shows a type again, if it is hidden. Doesn't call `onChange`. */
  forget(type: string): void {
    this.#types = this.#types.filter((one) => one !== type);
    this.#draw();
  }

  #set(types: string[]): void {
    this.#types = types;
    this.#draw();
    this.#onChange();
  }

  #draw(): void {
    this.#chips.replaceChildren(...this.#types.map((type) => this.#chip(type)));
  }

  #chip(type: string): HTMLElement {
    const chip = document.createElement('button');
    const name = isolated(shorten(type, TYPE_COST));
    [chip.type, chip.className, chip.textContent] = ['button', 'hiddenType', format(this.#strings.without, name)];
    chip.ariaLabel = chip.title = format(this.#strings.showAgain, name);
    chip.addEventListener('click', () => {
      this.#set(this.#types.filter((one) => one !== type));
      // The chip is gone.
      element('filter').focus();
    });
    return chip;
  }
}
