import type { RequestForm } from '../../../messages/inspector';
import { withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, passFocus } from '../../shared/dom';

/** Maximum length of a pasted text, in UTF-16 code units: the extension reads a megabyte, and says of one more that it is too long. */
const MAX_PASTED = 1024 * 1024 + 1;
/** How a command, or a call of a script, says what it is. */
const COMMAND = /(?:^|[\s/\\])(?:curl(?:\.exe)?\s|fetch\s*\()/i;

export interface PastedTextOptions {
  /** More than a URL was pasted. */
  onPaste(text: string): void;
  /** The form as it was is wanted back. */
  onUndo(form: RequestForm): void;
}

/**
 * Takes what is pasted into the URL's field and is more than a URL: the extension reads it, and fills in the whole form. That
 * is said beside a button that brings the form back as it was, until it is edited or sent.
 */
export class PastedText {
  readonly #note = element('pastedNote');
  readonly #undo = element('undoPaste');
  /** The form before the paste. */
  #before: RequestForm | undefined;

  constructor({ onPaste, onUndo }: PastedTextOptions) {
    const field = element<HTMLInputElement>('url');
    field.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const isReplaced = (field.selectionEnd ?? 0) - (field.selectionStart ?? 0) === field.value.length;
      if (!isRequest(text, isReplaced)) return;
      event.preventDefault();
      onPaste(text.slice(0, MAX_PASTED));
    });
    // Not at once: the field gets the focus, and would get the Enter that has clicked.
    this.#undo.addEventListener('click', () =>
      requestAnimationFrame(() => {
        const before = this.#before;
        if (before) onUndo(before);
        this.hide();
      }),
    );
    element('request').addEventListener('input', () => this.hide());
  }

  /** Says that the form was filled in. @param before the form as it was */
  show(note: string, before: RequestForm): void {
    this.#before = before;
    this.#note.textContent = withCodes(shorten(note, PIECE_COST));
    this.#undo.hidden = false;
  }

  hide(): void {
    this.#before = undefined;
    this.#note.textContent = '';
    passFocus(this.#undo, element('url'));
    this.#undo.hidden = true;
  }
}

/** Whether a text is for the extension to read. @param isReplaced whether it takes the place of all that is in the field */
function isRequest(text: string, isReplaced: boolean): boolean {
  return COMMAND.test(text) || (isReplaced && /\s/.test(text.trim()));
}
