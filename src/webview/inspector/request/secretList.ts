import type { InspectorStrings } from '../../../messages/inspector';
import type { FromSecrets, MaskPlace, MaskRow, ToSecrets } from '../../../messages/secrets';
import { isolated, withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, format, passFocus, setText } from '../../shared/dom';
import { countText } from '../../shared/quantities';
import { note, SecretControl } from './secretControl';

/** Number of masks that are listed at once; more of them are asked for. */
const MAX_LISTED = 50;
/** Maximum cost of the place of one. */
const PLACE_COST = 1000;

export interface SecretListOptions {
  strings: InspectorStrings;
  post(message: FromSecrets): void;
  /** Controls of the response's headers. */
  headers(): readonly SecretControl[];
}

/** The masks of the form, below it, and what comes for these and for those of the response. */
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
            element(message.what === 'curl' ? 'curlCopied' : 'eventCopied'),
            withCodes(shorten(message.note, PIECE_COST)),
          );
    }
  }

  /** Shows no secret any more. */
  hide(): void {
    for (const control of [...this.#controls, ...this.#options.headers()]) control.hide();
  }

  #find(at: MaskPlace): SecretControl | undefined {
    const key = JSON.stringify(at);
    return [...this.#controls, ...this.#options.headers()].find((control) => JSON.stringify(control.at) === key);
  }

  #show(masks: MaskRow[]): void {
    // Buttons stay where they are, and the focus in them, while the same are there.
    if (JSON.stringify(masks) === JSON.stringify(this.#masks)) return;
    passFocus(this.#section, element('headers'));
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
      passFocus(this.#more, element('headers'));
      this.#more.remove();
    }
  }
}
