import type { InspectorStrings } from '../../../messages/inspector';
import { PIECE_COST } from '../../../text/textCost';
import { format, moveFocus } from '../../shared/dom';
import { editableBeginning, FIELD_COST } from '../../shared/fields/editableText';
import { countText } from '../../shared/quantities';

/**
 * A form field whose text may have any length and any characters. A text that would be slow to lay out is kept separately:
 * the field shows only its beginning, and is read-only until the text is removed.
 */
export class BoundedField {
  readonly #field: HTMLInputElement | HTMLTextAreaElement;
  readonly #strings: InspectorStrings;
  readonly #note = document.createElement('p');
  readonly #said = document.createElement('span');
  /** Text that is too long for the field; undefined if there is none. */
  #kept: string | undefined;

  /** @param place element after which the note about a too long text is put. Default: the field */
  constructor(field: HTMLInputElement | HTMLTextAreaElement, strings: InspectorStrings, place: Element = field) {
    this.#field = field;
    this.#strings = strings;
    const remove = document.createElement('vscode-button');
    remove.setAttribute('secondary', '');
    remove.textContent = strings.remove;
    // Delayed, because the field gets the focus, and would also get the Enter that clicked the button.
    remove.addEventListener('click', () => requestAnimationFrame(() => this.#edit('')));
    this.#note.className = 'tooLong';
    this.#said.id = `${field.id}TooLong`;
    this.#said.role = 'status';
    this.#note.append(this.#said, ' ', remove);
    place.after(this.#note);
    this.#note.hidden = true;
    field.addEventListener('beforeinput', (event) => this.#onInput(event as InputEvent));
  }

  get value(): string {
    return this.#kept ?? this.#field.value;
  }

  set value(text: string) {
    const isKept = this.#beginningOf(text, FIELD_COST).length < text.length;
    this.#kept = isKept ? text : undefined;
    this.#field.value = isKept ? this.#beginningOf(text, PIECE_COST) : text;
    this.#field.readOnly = isKept;
    this.#said.textContent = isKept ? format(this.#strings.tooLong, countText(text.length)) : '';
    if (!isKept) moveFocus(this.#note, this.#field);
    this.#note.hidden = !isKept;
  }

  /** Checks a pasted or dropped text before it is laid out. */
  #onInput(event: InputEvent): void {
    const data = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const { value, selectionStart, selectionEnd } = this.#field;
    // Typed text grows slowly, and must not be taken from the user.
    if (data.length < 2 || !event.cancelable) return;
    const text = value.slice(0, selectionStart ?? value.length) + data + value.slice(selectionEnd ?? value.length);
    if (this.#beginningOf(text, FIELD_COST).length === text.length) return;
    event.preventDefault();
    this.#edit(text);
  }

  #beginningOf(text: string, budget: number): string {
    return editableBeginning(text, budget, this.#field instanceof HTMLInputElement);
  }

  #edit(text: string): void {
    this.value = text;
    this.#field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
