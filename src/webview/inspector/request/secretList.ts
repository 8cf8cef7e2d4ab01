import type { InspectorStrings } from '../../../messages/inspector';
import type { FromSecrets, MaskPlace, MaskRow, ToSecrets } from '../../../messages/secrets';
import { isolated, withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, format, moveFocus, setText } from '../../shared/dom';
import { countText } from '../../shared/quantities';
import { note, SecretControl } from './secretControl';

/** Number of masks listed at first, and with each click for more. */
const MAX_LISTED = 50;
/** Maximum cost of a mask's location. */
const PLACE_COST = 1000;

export interface SecretListOptions {
  strings: InspectorStrings;
  post(message: FromSecrets): void;
  /** Returns the controls of the response headers. */
  headers(): readonly SecretControl[];
}

/** List of the form's masks, below the form. Also handles the messages for the response's masks. */
export class SecretList {
  readonly #options: SecretListOptions;
  readonly #section = element('masks');
  readonly #rows = element('masks').querySelector('ul') as HTMLElement;
  readonly #more = document.createElement('button');
  #masks: MaskRow[] = [];
  #controls: SecretControl[] = [];

  constructor(options: SecretListOptions) {
    this.#options = options;
    [this.#more.type, this.#more.className] = ['button', 'more'];
    this.#more.addEventListener('click', () => this.#add());
    element('request').addEventListener('input', () => this.hide());
    document.addEventListener('visibilitychange', () => document.hidden && this.hide());
  }

  receive(message: ToSecrets | { type: 'pong' }): void {
    switch (message.type) {
      case 'masks':
        this.#show(message.masks);
        break;
      case 'secret':
        this.#find(message.at)?.show(message.text);
        break;
      case 'copied':
        if (typeof message.what !== 'string') this.#find(message.what)?.noteCopied(message.note);
        else
          note(
            element(message.what === 'curl' ? 'curlCopied' : element('details').hidden ? 'rowCopied' : 'eventCopied'),
            withCodes(shorten(message.note, PIECE_COST)),
          );
    }
  }

  /** Hides all secrets. */
  hide(): void {
    for (const control of [...this.#controls, ...this.#options.headers()]) control.hide();
  }

  #find(at: MaskPlace): SecretControl | undefined {
    const key = JSON.stringify(at);
    return [...this.#controls, ...this.#options.headers()].find((control) => JSON.stringify(control.at) === key);
  }

  #show(masks: MaskRow[]): void {
    // While the masks are the same, the buttons stay, and keep the focus.
    if (JSON.stringify(masks) === JSON.stringify(this.#masks)) return;
    moveFocus(this.#section, element('headers'));
    this.#masks = masks;
    this.#controls = [];
    this.#rows.replaceChildren();
    for (const id of ['masks', 'masksLabel']) element(id).hidden = masks.length === 0;
    this.#add();
  }

  #add(): void {
    const from = this.#controls.length;
    for (const { number, place } of this.#masks.slice(from, from + MAX_LISTED)) {
      const control = new SecretControl({ ...this.#options, at: { mask: number }, place });
      const [row, mask] = [document.createElement('li'), document.createElement('code')];
      mask.textContent = `•••${number}`;
      row.append(mask, ` ${isolated(shorten(place, PLACE_COST))} `, control.element);
      this.#rows.append(row);
      this.#controls.push(control);
    }
    const left = this.#masks.length - this.#controls.length;
    if (left > 0) {
      setText(this.#more, format(this.#options.strings.secrets.moreMasks, countText(left)));
      this.#section.append(this.#more);
    } else if (this.#more.isConnected) {
      moveFocus(this.#more, element('headers'));
      this.#more.remove();
    }
  }
}
