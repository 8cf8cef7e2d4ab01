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
  // One that a browser sends as it fills in a field has no key.
  if (event.key?.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
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
  const texts = [...document.querySelectorAll<HTMLElement>(`.${PIECES}`)].filter(
    (text) => text.checkVisibility() && range.intersectsNode(text),
  );
  if (texts.length === 0) return;
  event.clipboardData?.setData('text/plain', textOf(selection, range, texts));
  event.preventDefault();
}

/**
 * Returns the text of the range; of all that isn't in the long texts, as the browser gives it. It is asked once, with a mark
 * in place of each of them: each time, it looks at the whole page.
 */
function textOf(selection: Selection, range: Range, texts: HTMLElement[]): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const parts = texts.map((text) => partOf(text, range).toString());
  const scrolled = scrolledAround(range.commonAncestorContainer);
  const sign = randomSign();
  const marks = texts.map((text, at) => replaced(text, `${sign}${at}${sign}`));
  const [first, last] = [marks[0], marks.at(-1)];
  if (first && texts[0]?.contains(range.startContainer)) range.setStartBefore(first);
  if (last && texts.at(-1)?.contains(range.endContainer)) range.setEndAfter(last);
  // Nothing else tells it: a range knows neither lines nor what is hidden.
  selection.removeAllRanges();
  selection.addRange(range);
  const shown = selection.toString().split(sign);
  for (const mark of marks) mark.remove();
  for (const text of texts) text.hidden = false;
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  for (const [element, top] of scrolled) element.scrollTop = top;
  return shown.map((part, at) => (at % 2 === 0 ? part : parts[Number(part)])).join('');
}

/** Returns what of the text is in the range. */
function partOf(text: Element, range: Range): Range {
  const part = document.createRange();
  part.selectNodeContents(text);
  if (text.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
  if (text.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
  return part;
}

/** Returns what around the node is scrolled, and how far: it would move while less is shown. */
function scrolledAround(node: Node): [Element, number][] {
  const scrolled: [Element, number][] = [];
  for (let at = node instanceof Element ? node : node.parentElement; at; at = at.parentElement)
    if (at.scrollTop > 0) scrolled.push([at, at.scrollTop]);
  return scrolled;
}

/** Puts a mark in place of the text, and returns it. */
function replaced(text: HTMLElement, mark: string): Text {
  const node = document.createTextNode(mark);
  text.before(node);
  text.hidden = true;
  return node;
}

/** Returns what no text from outside has in it: characters that mean nothing, by chance. */
function randomSign(): string {
  return String.fromCharCode(...crypto.getRandomValues(new Uint16Array(8)).map((unit) => 0xe000 + (unit % 0x1900)));
}
