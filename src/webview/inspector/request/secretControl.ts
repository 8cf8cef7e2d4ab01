import type { InspectorStrings } from '../../../messages/inspector';
import type { FromSecrets, MaskPlace, SecretStrings } from '../../../messages/secrets';
import { isolated } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { format, setText } from '../../shared/dom';
import { LongText } from '../../shared/longText';

/** Maximum cost of a location: a parameter's name may be very long. */
const PLACE_COST = 1000;
/** Time for which a note is shown, in milliseconds. */
const NOTE_DURATION = 3000;

export interface SecretControlOptions {
  strings: Pick<InspectorStrings, 'showMore'> & { secrets: SecretStrings };
  at: MaskPlace;
  /** Location in words. */
  place: string;
  post(message: FromSecrets): void;
}

/** Shows a note next to a control. Clears it first, so that the same note is announced again. */
export function note(target: HTMLElement, text: string): void {
  setText(target, '');
  requestAnimationFrame(() => setText(target, text));
  // The timer of the previous note would remove this one.
  clearTimeout(Number(target.dataset['timer']));
  target.dataset['timer'] = String(setTimeout(() => setText(target, ''), NOTE_DURATION));
}

/** A mask's buttons, which show and copy the secret behind it. The page has the secret only while it is shown. */
export class SecretControl {
  readonly at: MaskPlace;
  /** Element to be put after the mask. */
  readonly element = document.createElement('span');
  readonly #options: SecretControlOptions;
  readonly #shown = document.createElement('span');
  readonly #text: LongText;
  readonly #toggle = document.createElement('button');
  readonly #copied = document.createElement('span');
  #isShown = false;

  constructor(options: SecretControlOptions) {
    this.#options = options;
    this.at = options.at;
    this.element.className = 'secret';
    this.#shown.className = 'shown';
    this.#text = new LongText(this.#shown, { strings: options.strings, first: PIECE_COST });
    this.#toggle.addEventListener('click', () => this.#press());
    const copy = document.createElement('button');
    const { secrets } = options.strings;
    copy.textContent = secrets.copy;
    copy.ariaLabel = this.#label(secrets.copySecret);
    copy.addEventListener('click', () => options.post({ type: 'copySecret', at: this.at }));
    for (const button of [this.#toggle, copy]) [button.type, button.className] = ['button', 'more'];
    [this.#copied.role, this.#copied.className] = ['status', 'copied'];
    this.element.append(this.#shown, this.#toggle, copy, this.#copied);
    this.hide();
  }

  show(text: string): void {
    this.#isShown = true;
    this.#draw(text);
  }

  hide(): void {
    this.#isShown = false;
    this.#draw('');
  }

  noteCopied(text: string): void {
    note(this.#copied, text);
  }

  #press(): void {
    if (this.#isShown) this.hide();
    else this.#options.post({ type: 'showSecret', at: this.at });
  }

  #draw(text: string): void {
    const { show, hide, showSecret, hideSecret } = this.#options.strings.secrets;
    this.#text.show(text);
    this.#shown.hidden = !this.#isShown;
    setText(this.#toggle, this.#isShown ? hide : show);
    this.#toggle.ariaLabel = this.#label(this.#isShown ? hideSecret : showSecret);
  }

  #label(template: string): string {
    return format(template, isolated(shorten(this.#options.place, PLACE_COST)));
  }
}
