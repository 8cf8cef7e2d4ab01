/** Class of what holds the pieces of a long text: between two of them is no line end. */
export const PIECES = 'pieces-of-text';

/** Parts of the page that are worked in. A button isn't one: it can be focused, too. */
const PLACE = '[tabindex]:not(button, vscode-button, vscode-checkbox)';

/** Has the keys for Select All and Copy work on the texts of the page. To be called once. */
export function handleSelection(): void {
  document.addEventListener('keydown', selectAll);
  document.addEventListener('copy', copy);
}

/** Selects what is worked in, and not the whole page: VS Code doesn't learn of the key. */
function selectAll(event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  const place = isText(event.target) ? placeOf(event.target) : null;
  if (!place) return;
  document.getSelection()?.selectAllChildren(place);
  event.preventDefault();
  event.stopPropagation();
}

/** Returns the part of the page that an element belongs to; of a tab, the panel that it shows. */
function placeOf(target: Element): Element | null {
  const panel = target.closest('[role="tab"]')?.getAttribute('aria-controls');
  return panel ? document.getElementById(panel) : target.closest(PLACE);
}

/** Whether it isn't a field, whose text is its own. */
function isText(target: EventTarget | null): target is Element {
  return target instanceof Element && !target.matches('input, textarea, select');
}

/** Copies long texts as they are: a browser would put a line end between two pieces, and leave out those that aren't displayed. */
function copy(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed || !isText(event.target)) return;
  const range = selection.getRangeAt(0);
  const texts = [...document.querySelectorAll(`.${PIECES}`)].filter(
    (text) => text.checkVisibility() && range.intersectsNode(text),
  );
  if (texts.length === 0) return;
  event.clipboardData?.setData('text/plain', textOf(selection, range, texts));
  event.preventDefault();
}

/** Returns the text of the range; of all that isn't in the long texts, as the browser gives it. */
function textOf(selection: Selection, range: Range, texts: Element[]): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  let copied = '';
  const add = (text: string) => {
    copied += copied === '' || text === '' || /\s$/.test(copied) ? text : `\n${text}`;
  };
  const rest = range.cloneRange();
  for (const text of texts) {
    const all = document.createRange();
    all.selectNodeContents(text);
    const part = all.cloneRange();
    if (range.compareBoundaryPoints(Range.START_TO_START, all) > 0)
      part.setStart(range.startContainer, range.startOffset);
    else add(shownText(selection, rest, text));
    if (range.compareBoundaryPoints(Range.END_TO_END, all) < 0) part.setEnd(range.endContainer, range.endOffset);
    add(part.toString());
    rest.setStartAfter(text);
  }
  add(shownText(selection, rest));
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  return copied;
}

/** Returns the text of a range as it is seen. @param end where it ends at the latest. Default: at its own end */
function shownText(selection: Selection, range: Range, end?: Element): string {
  const part = range.cloneRange();
  if (end) part.setEndBefore(end);
  if (part.collapsed) return '';
  // Nothing else tells it: a range knows neither lines nor what is hidden.
  selection.removeAllRanges();
  selection.addRange(part);
  return selection.toString();
}
