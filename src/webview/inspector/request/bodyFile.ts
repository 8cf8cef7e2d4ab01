import type { InspectorStrings } from '../../../messages/inspector';
import { isolated } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, format, moveFocus } from '../../shared/dom';

/** Note in place of the body's field that the body is the text of files, which the page doesn't get. It can be removed. */
export class BodyFile {
  readonly #strings: InspectorStrings;
  readonly #field = element<HTMLTextAreaElement>('body');
  readonly #note = document.createElement('p');
  readonly #said = document.createElement('span');
  #name: string | undefined;

  constructor(strings: InspectorStrings) {
    this.#strings = strings;
    const remove = document.createElement('vscode-button');
    remove.setAttribute('secondary', '');
    remove.id = 'removeFile';
    remove.textContent = strings.remove;
    // Delayed, because the field gets the focus, and would also get the Enter that clicked the button.
    remove.addEventListener('click', () => requestAnimationFrame(() => this.#remove()));
    this.#note.className = 'tooLong';
    this.#note.id = 'bodyFile';
    this.#said.role = 'status';
    this.#note.append(this.#said, ' ', remove);
    this.#note.hidden = true;
    this.#field.after(this.#note);
  }

  /** Names of the files; undefined if the body is in the field. */
  get name(): string | undefined {
    return this.#name;
  }

  set name(name: string | undefined) {
    this.#name = name;
    const isFile = name !== undefined;
    const text = isFile ? format(this.#strings.bodyFile, isolated(shorten(name, PIECE_COST))) : '';
    this.#said.textContent = text;
    this.#field.hidden = isFile;
    if (!isFile) moveFocus(this.#note, this.#field);
    this.#note.hidden = !isFile;
  }

  #remove(): void {
    this.name = undefined;
    for (const type of ['input', 'change']) this.#field.dispatchEvent(new Event(type, { bubbles: true }));
  }
}
