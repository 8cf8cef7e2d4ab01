import type { TimelinePicture } from '../../../analysis/timeline/timelineView';
import { debounce } from '../../shared/dom';
import { PADDING } from './plot';
import type { TimeSelection } from './timeSelection';

/** Steps of the cursor, as parts of the picture. */
const STEP = 1 / 120;
const PAGE = 1 / 12;
/** Distance from which on a press is a drag, in pixels. */
const DRAG = 3;
/** Time after the last key until the table is filtered, in milliseconds. */
const KEYS_DELAY = 150;

export interface TimelineInputOptions {
  strip: HTMLElement;
  selection: TimeSelection;
  picture(): TimelinePicture | undefined;
  /** Called when cursor or selection have moved. */
  onMove(): void;
  /** Called when a selection is made, or has ended. */
  onSelect(): void;
  /** Called when the user wants to see what came at a time. */
  onJump(time: number): void;
}

/** Moves the cursor of a timeline and its selection, by pointer and keys. */
export class TimelineInput {
  readonly #options: TimelineInputOptions;
  /** Press of the pointer: its place, and its time. */
  #pressed: { x: number; time: number } | undefined;
  #isDragging = false;
  /** Whether the table is not yet filtered by what was selected by keys. */
  #isAwaited = false;

  readonly #selectSoon: () => void;

  constructor(options: TimelineInputOptions) {
    this.#options = options;
    const { strip } = options;
    this.#selectSoon = debounce(KEYS_DELAY, () => this.#selectNow());
    strip.addEventListener('pointerdown', (event) => this.#press(event));
    strip.addEventListener('pointermove', (event) => this.#drag(event));
    strip.addEventListener('pointerup', (event) => this.#release(event));
    strip.addEventListener('pointercancel', () => this.#cancel());
    strip.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Half of a step of the cursor, in milliseconds. */
  get around(): number {
    const picture = this.#options.picture();
    return picture ? ((picture.to - picture.from) * STEP) / 2 : 0;
  }

  #timeAt(x: number): number | undefined {
    const [picture, { left, width }] = [this.#options.picture(), this.#options.strip.getBoundingClientRect()];
    if (!picture || width === 0) return undefined;
    const part = Math.min(1, Math.max(0, (x - left - PADDING) / (width - 2 * PADDING)));
    return picture.from + part * (picture.to - picture.from);
  }

  #press({ button, clientX, pointerId }: PointerEvent): void {
    const time = this.#timeAt(clientX);
    if (button !== 0 || time === undefined) return;
    this.#pressed = { x: clientX, time };
    this.#options.strip.setPointerCapture(pointerId);
  }

  #drag({ clientX }: PointerEvent): void {
    const [pressed, time] = [this.#pressed, this.#timeAt(clientX)];
    if (!pressed || time === undefined) return;
    if (!this.#isDragging && Math.abs(clientX - pressed.x) <= DRAG) return;
    const { selection, onMove } = this.#options;
    if (!this.#isDragging) selection.move(pressed.time);
    this.#isDragging = true;
    selection.extend(time, pressed.time);
    onMove();
  }

  #release({ clientX }: PointerEvent): void {
    const { selection, onMove, onSelect, onJump } = this.#options;
    const [pressed, time] = [this.#pressed, this.#timeAt(clientX)];
    if (!pressed || time === undefined) return;
    if (this.#isDragging) onSelect();
    else {
      selection.move(time);
      onMove();
      onJump(time);
    }
    [this.#pressed, this.#isDragging] = [undefined, false];
  }

  #cancel(): void {
    if (this.#isDragging) this.#clear();
    [this.#pressed, this.#isDragging] = [undefined, false];
  }

  #selectNow(): void {
    if (!this.#isAwaited) return;
    this.#isAwaited = false;
    this.#options.onSelect();
  }

  #clear(): void {
    const { selection, onMove, onSelect } = this.#options;
    this.#isAwaited = false;
    selection.clear();
    onMove();
    onSelect();
  }

  #onKey(event: KeyboardEvent): void {
    const { selection, onMove, onJump } = this.#options;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      // Elsewhere it closes an event's details.
      if (selection.cursor === undefined) return;
      event.stopPropagation();
      this.#cancel();
      this.#clear();
    } else if (event.key === 'Enter') {
      // The row is one of the filtered table.
      this.#selectNow();
      if (selection.cursor !== undefined) onJump(selection.cursor);
    } else {
      const time = this.#targetOf(event.key);
      if (time === undefined) return;
      if (event.shiftKey) {
        selection.extend(time.to, time.from);
        this.#isAwaited = true;
        this.#selectSoon();
      } else selection.move(time.to);
      onMove();
    }
    event.preventDefault();
  }

  /** Returns the times from and to which a key moves the cursor; undefined if it moves nothing. */
  #targetOf(key: string): { from: number; to: number } | undefined {
    const picture = this.#options.picture();
    if (!picture) return undefined;
    const length = picture.to - picture.from;
    const within = (time: number) => Math.min(picture.to, Math.max(picture.from, time));
    // The first key begins at the end, where the latest is.
    const from = within(this.#options.selection.cursor ?? picture.to);
    const steps: Record<string, number> = {
      ArrowLeft: -STEP,
      ArrowRight: STEP,
      ArrowDown: -STEP,
      ArrowUp: STEP,
      PageDown: -PAGE,
      PageUp: PAGE,
      Home: -1,
      End: 1,
    };
    const step = steps[key];
    return step === undefined ? undefined : { from, to: within(from + step * length) };
  }
}
