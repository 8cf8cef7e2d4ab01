import { FAR, openGroups } from './farGroups';

/** Class of elements that contain the pieces of a long text, which have no line breaks between them. */
export const PIECES = 'pieces-of-text';

/** Selector of focusable parts of the page, without buttons, which can be focused, too. */
const PLACE = '[tabindex]:not(button, vscode-button, vscode-checkbox)';

/** Makes the keys for Select All and Copy work on the texts of the page. To be called once. */
export function handleSelection(): void {
  document.addEventListener('keydown', selectAll);
  document.addEventListener('copy', copy);
}

/** Selects the focused part instead of the whole page, and hides the key from VS Code. */
function selectAll(event: KeyboardEvent): void {
  // A keydown event that a browser sends for autofill has no key.
  if (event.key?.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  const place = isText(event.target) ? placeOf(event.target) : null;
  if (!place) return;
  document.getSelection()?.selectAllChildren(place);
  event.preventDefault();
  event.stopPropagation();
}

/** Returns the part of the page that contains an element; for a tab, the panel that it shows. */
function placeOf(target: Element): Element | null {
  const panel = target.closest('[role="tab"]')?.getAttribute('aria-controls');
  return panel ? document.getElementById(panel) : target.closest(PLACE);
}

/** Whether the target isn't a field, which handles its own text. */
function isText(target: EventTarget | null): target is Element {
  return target instanceof Element && !target.matches('input, textarea, select');
}

/** Elements that have lines of their own where they are displayed, and those that aren't copied. */
const LINES = 'div, pre, details, summary, .line > *';
const NOT_COPIED = '[hidden], .more, vscode-button, details:not([open]) > :not(summary), [open] > summary > .folded';

/** Copies long texts unchanged: a browser would add line breaks between pieces, and omit what isn't displayed. */
function copy(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed || !isText(event.target)) return;
  const range = selection.getRangeAt(0);
  for (const end of [range.startContainer, range.endContainer]) openGroups(end);
  const texts = [...document.querySelectorAll<HTMLElement>(`.${PIECES}, .${FAR}`)].filter(
    (text) => text.checkVisibility() && range.intersectsNode(text),
  );
  if (texts.length === 0) return;
  event.clipboardData?.setData('text/plain', textOf(selection, range, texts));
  event.preventDefault();
}

/**
 * Returns the text of the range: long texts from their pieces, and the rest as the browser returns it. The browser is asked
 * only once, with a mark in place of each long text, because each time it examines the whole page.
 */
function textOf(selection: Selection, range: Range, texts: HTMLElement[]): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const parts = texts.map((text) =>
    text.matches(`.${FAR}`) ? linesOf(text).join('\n') : partOf(text, range).toString(),
  );
  const scrolled = scrolledAround(range.commonAncestorContainer);
  const sign = randomMark();
  const marks = texts.map((text, at) => replaced(text, `${sign}${at}${sign}`));
  const [first, last] = [marks[0], marks.at(-1)];
  if (first && texts[0]?.contains(range.startContainer)) range.setStartBefore(first);
  if (last && texts.at(-1)?.contains(range.endContainer)) range.setEndAfter(last);
  // Only a selection's text respects line breaks and hidden elements; a range's doesn't.
  selection.removeAllRanges();
  selection.addRange(range);
  const shown = selection.toString().split(sign);
  for (const mark of marks) mark.remove();
  for (const text of texts) text.hidden = false;
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  for (const [element, top] of scrolled) element.scrollTop = top;
  return shown.map((part, at) => (at % 2 === 0 ? part : parts[Number(part)])).join('');
}

/** Returns the lines of an element that isn't displayed, as a browser would copy them if it were. */
function linesOf(element: Element): string[] {
  if (element.matches(`.${PIECES}`)) return [element.textContent];
  const lines: string[] = [];
  let inline = '';
  for (const child of element.childNodes) {
    const isElement = child instanceof Element;
    if (isElement && child.matches(NOT_COPIED)) continue;
    if (isElement && child.matches(LINES)) {
      lines.push(inline, ...linesOf(child));
      inline = '';
    } else inline += child.textContent;
  }
  return [...lines, inline].filter((line) => line !== '');
}

/** Returns the part of the text that is inside of the range. */
function partOf(text: Element, range: Range): Range {
  const part = document.createRange();
  part.selectNodeContents(text);
  if (text.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
  if (text.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
  return part;
}

/** Returns the scrolled elements around the node, with their positions, which would change while less is shown. */
function scrolledAround(node: Node): [Element, number][] {
  const scrolled: [Element, number][] = [];
  for (let at = node instanceof Element ? node : node.parentElement; at; at = at.parentElement)
    if (at.scrollTop > 0) scrolled.push([at, at.scrollTop]);
  return scrolled;
}

/** Replaces the text with a mark, and returns the mark. */
function replaced(text: HTMLElement, mark: string): HTMLElement {
  const element = document.createElement('div');
  element.textContent = mark;
  text.before(element);
  text.hidden = true;
  return element;
}

/** Returns random private-use characters, which no text from outside contains. */
function randomMark(): string {
  return String.fromCharCode(...crypto.getRandomValues(new Uint16Array(8)).map((unit) => 0xe000 + (unit % 0x1900)));
}
