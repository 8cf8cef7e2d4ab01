import { element, oncePerFrame } from '../../shared/dom';
import { patternOf, textRanges } from './textRanges';

/** Maximum number of places that are marked at once. */
const MOST = 2000;
/** Name by which the stylesheet marks the places. */
const NAME = 'found';
/** Parts of the page in which a text is marked, each of which is searched for itself: cells, lines, and the details. */
const PARTS =
  '#rows .row > :is(.event, .id, .value, .data), #wireLines > *, #details:not([hidden]) > [role="tabpanel"]:not([hidden])';

/** Marks the places of a text in the rows and lines that are drawn, without changing them. */
export class FoundMarks {
  #pattern: RegExp | undefined;
  readonly #observer = new MutationObserver(() => this.#draw());
  readonly #draw = oncePerFrame(() => this.#drawNow());

  /** @param text that is marked; none if it is empty */
  show(text: string): void {
    this.#pattern = patternOf(text);
    this.#observer.disconnect();
    if (this.#pattern) {
      const seen = { childList: true, characterData: true, subtree: true, attributeFilter: ['hidden', 'open'] };
      for (const id of ['rows', 'wireLines', 'details']) this.#observer.observe(element(id), seen);
    }
    this.#draw();
  }

  #drawNow(): void {
    CSS.highlights.delete(NAME);
    if (!this.#pattern) return;
    const highlight = new Highlight();
    for (const part of document.querySelectorAll(PARTS)) {
      if (part.closest('[role="tabpanel"][hidden]')) continue;
      for (const range of textRanges(part, this.#pattern, MOST - highlight.size)) highlight.add(range);
    }
    CSS.highlights.set(NAME, highlight);
  }
}
