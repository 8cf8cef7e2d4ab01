import { editableBeginning, FIELD_COST } from './editableText';

/** First half of a character, at the end. */
const LONE_SURROGATE = /[\ud800-\udbff]$/;

/**
 * Cuts what is pasted or dropped into any field of the page to what the browser can lay out after each key, as a field's
 * `maxlength` does by its length alone: 4,000 characters of emoji colors and Thai vowels took five seconds, and again with each key. Fields that keep
 * longer texts handle the event before it gets here.
 */
export function limitPastes(): void {
  document.addEventListener('beforeinput', (event) => {
    // Fields of our elements are in shadow trees.
    const [field] = event.composedPath();
    if (event.defaultPrevented || !event.cancelable) return;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    const data = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const { value, selectionStart, selectionEnd, maxLength } = field;
    // A field for numbers has no selection.
    if (data.length < 2 || selectionStart === null || selectionEnd === null) return;
    const room = maxLength < 0 ? data.length : maxLength - value.length + selectionEnd - selectionStart;
    const pasted = data.slice(0, Math.max(0, room));
    const [before, after] = [value.slice(0, selectionStart), value.slice(selectionEnd)];
    const isOneLine = field instanceof HTMLInputElement;
    const kept = editableBeginning(before + pasted + after, FIELD_COST, isOneLine);
    if (kept.length === before.length + pasted.length + after.length) return;
    event.preventDefault();
    const shown = pasted.slice(0, Math.max(0, kept.length - before.length));
    field.setRangeText(shown.replace(LONE_SURROGATE, ''), selectionStart, selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  });
}
