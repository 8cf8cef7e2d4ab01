import { format, setText } from './dom';

const SECOND = 1000;

/** Shows the seconds until something happens in an element of the page. Counts only while it is waiting. */
export class Countdown {
  readonly #target: HTMLElement;
  readonly #template: string;
  #timer: number | undefined;

  /** @param template text with `{0}` for the seconds */
  constructor(target: HTMLElement, template: string) {
    [this.#target, this.#template] = [target, template];
  }

  /** @param at time of the event, as `performance.now()` counts; undefined if there is none */
  show(at: number | undefined): void {
    clearTimeout(this.#timer);
    if (at === undefined) setText(this.#target, '');
    else this.#count(at);
  }

  #count(at: number): void {
    const left = Math.max(0, at - performance.now());
    const seconds = Math.ceil(left / SECOND);
    setText(this.#target, format(this.#template, seconds));
    // Until the number is one less; at 0, it no longer changes.
    if (seconds > 0) this.#timer = window.setTimeout(() => this.#count(at), left - (seconds - 1) * SECOND + 1);
  }
}
