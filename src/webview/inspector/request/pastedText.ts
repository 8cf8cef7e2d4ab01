import type { RequestForm } from '../../../messages/inspector';
import { withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, moveFocus } from '../../shared/dom';

/**
 * Maximum length of a pasted text, in UTF-16 code units: one more than the extension's limit, so that it reports the excess.
 */
const MAX_PASTED = 1024 * 1024 + 1;
/** Matches the start of a curl command or a fetch call. */
const COMMAND = /(?:^|[\s/\\])(?:curl(?:\.exe)?\s|fetch\s*\()/i;

export interface PastedTextOptions {
  /** Called with a pasted text that is more than a URL. */
  onPaste(text: string): void;
  /** Called with the previous form when the user wants it back. */
  onUndo(form: RequestForm): void;
}

/**
 * Handles a text pasted into the URL field that is more than a URL: the extension reads it, and fills in the whole form.
 * Shows a note about that and a button that restores the previous form, until the form is edited or sent.
 */
export class PastedText {
  readonly #note = element('pastedNote');
  readonly #undo = element('undoPaste');
  /** Form before the paste. */
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
    // Delayed, because the field gets the focus, and would also get the Enter that clicked the button.
    this.#undo.addEventListener('click', () =>
      requestAnimationFrame(() => {
        const before = this.#before;
        if (before) onUndo(before);
        this.hide();
      }),
    );
    element('request').addEventListener('input', () => this.hide());
  }

  /** Shows that the form was filled in. @param before the previous form */
  show(note: string, before: RequestForm): void {
    this.#before = before;
    this.#note.textContent = withCodes(shorten(note, PIECE_COST));
    this.#undo.hidden = false;
  }

  hide(): void {
    this.#before = undefined;
    this.#note.textContent = '';
    moveFocus(this.#undo, element('url'));
    this.#undo.hidden = true;
  }
}

/** Whether a text is to be read by the extension. @param isReplaced whether it replaces the whole field */
function isRequest(text: string, isReplaced: boolean): boolean {
  return COMMAND.test(text) || (isReplaced && /\s/.test(text.trim()));
}
