import type { Noted } from '../../analysis/evidence/evidence';
import { ownText } from '../../text/ownText';

/** Maximum number of lines that are kept, and maximum length of each, in UTF-16 code units. */
const [MAX_LINES, MAX_TEXT] = [5, 200];

/** Counts of something noteworthy, with the first lines of it. */
export class Notes {
  #count = 0;
  readonly #first: Noted['first'] = [];

  add(position: number, text: string): void {
    this.#count += 1;
    if (this.#first.length < MAX_LINES) this.#first.push({ position, text: ownText(text, MAX_TEXT) });
  }

  snapshot(): Noted {
    return { count: this.#count, first: [...this.#first] };
  }
}
