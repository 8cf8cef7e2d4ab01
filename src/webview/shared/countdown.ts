import { format, setText } from './dom';

const SECOND = 1000;

/** The seconds until something happens, in an element of the page. They are counted while it is waited for, and no longer. */
export class Countdown {
  readonly #target: HTMLElement;
  readonly #template: string;
  #timer: number | undefined;

  /** @param template the text, with `{0}` for the seconds */
  constructor(target: HTMLElement, template: string) {
    [this.#target, this.#template] = [target, template];
  }

  /** @param at when it happens, as `performance.now()` counts; undefined: nothing does */
  show(at: number | undefined): void {
    clearTimeout(this.#timer);
    if (at === undefined) setText(this.#target, '');
    else this.#count(at);
  }

  #count(at: number): void {
    const left = Math.max(0, at - performance.now());
    const seconds = Math.ceil(left / SECOND);
    setText(this.#target, format(this.#template, seconds));
    // Until it is one less; at 0, nothing changes any more.
    if (seconds > 0) this.#timer = window.setTimeout(() => this.#count(at), left - (seconds - 1) * SECOND + 1);
  }
}
