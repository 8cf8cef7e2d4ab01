import { element } from '../../../shared/dom';

/** Whether Option is used in place of Alt, which types other letters. */
const IS_MAC = /Mac/.test(navigator.userAgent);

/** The user's choice whether the lines of Wire wrap, by a button, or by Alt+Z while they are shown. */
export class WrapChoice {
  readonly #button = element('wrap');
  readonly #show: (isOn: boolean) => void;
  /** Called when the user has chosen. */
  onChoice = () => {};

  /** @param show called with the choice whenever it changes */
  constructor(show: (isOn: boolean) => void) {
    this.#show = show;
    this.#button.addEventListener('click', () => this.#toggle());
    document.addEventListener('keydown', (event) => {
      if (!isAltZ(event) || event.repeat || document.body.dataset['view'] !== 'wire' || isField(event.target)) return;
      // VS Code would wrap the lines of an editor, too.
      event.preventDefault();
      event.stopPropagation();
      this.#toggle();
    });
  }

  get isOn(): boolean {
    return this.#button.ariaPressed === 'true';
  }

  /** Shows a choice that was remembered. */
  show(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.#button.ariaPressed = String(isOn);
    this.#show(isOn);
  }

  #toggle(): void {
    this.show(!this.isOn);
    this.onChoice();
  }
}

function isAltZ({ key, code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  if (!altKey || ctrlKey || metaKey || shiftKey) return false;
  return IS_MAC ? code === 'KeyZ' : key.toLowerCase() === 'z';
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}
