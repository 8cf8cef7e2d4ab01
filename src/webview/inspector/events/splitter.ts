import { element } from '../../shared/dom';
import { onDrag } from '../../shared/drag';

/** Share of the table beside the details, in percent: at first, at least, at most, and the step of an arrow key. */
const [FIRST, LEAST, MOST, STEP] = [60, 20, 80, 2];

/**
 * Separator between table and details, which the user drags, or moves with the arrow keys. In a narrow panel, the details are
 * below the table.
 */
export class Splitter {
  readonly #events = element('events');
  readonly #separator = element('splitter');
  readonly #onChange: () => void;
  /** Whether the details are below the table, as the stylesheet has it. */
  readonly #isNarrow = matchMedia('(max-width: 700px)');
  #share = FIRST;

  /** @param onChange called when the user has changed the share */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    onDrag(this.#separator, {
      start: () => {
        const isNarrow = this.#isNarrow.matches;
        const size = Math.max(1, this.#size);
        // A low panel may not leave the table its share.
        const before = isNarrow ? (100 * element('list').clientHeight) / size : this.#share;
        return (right, down) => this.#set(before + (100 * (isNarrow ? down : right)) / size);
      },
      end: onChange,
    });
    this.#separator.addEventListener('dblclick', () => this.#change(FIRST));
    this.#separator.addEventListener('keydown', (event) => this.#onKey(event));
    this.#isNarrow.addEventListener('change', () => this.#turn());
    this.#turn();
  }

  /** Share of the table, in percent; undefined if it is as at first. */
  get share(): number | undefined {
    return this.#share === FIRST ? undefined : this.#share;
  }

  show(share: number | undefined): void {
    this.#set(share ?? FIRST);
  }

  /** Width of table and details together, in pixels; their height if the details are below. */
  get #size(): number {
    if (!this.#isNarrow.matches) return this.#events.clientWidth;
    return element('list').clientHeight + element('details').clientHeight;
  }

  #turn(): void {
    this.#separator.ariaOrientation = this.#isNarrow.matches ? 'horizontal' : 'vertical';
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const shares: Record<string, number> = {
      ArrowLeft: this.#share - STEP,
      ArrowRight: this.#share + STEP,
      ArrowUp: this.#share - STEP,
      ArrowDown: this.#share + STEP,
      Home: LEAST,
      End: MOST,
      Enter: FIRST,
    };
    const share = shares[event.key];
    if (share === undefined) return;
    event.preventDefault();
    this.#change(share);
  }

  #change(share: number): void {
    this.#set(share);
    this.#onChange();
  }

  #set(share: number): void {
    this.#share = Math.round(Math.min(MOST, Math.max(LEAST, share)));
    this.#separator.ariaValueNow = String(this.#share);
    this.#events.style.setProperty('--list', `${this.#share}fr`);
    this.#events.style.setProperty('--details', `${100 - this.#share}fr`);
  }
}
