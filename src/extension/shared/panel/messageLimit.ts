/** Number of messages that may come at once, and per second from there on: a scrolled page sends one for each frame, 240 a second. */
const [AT_ONCE, PER_SECOND] = [500, 500];
/**
 * The same for messages that open, copy, save or send something, or take long: more than anybody clicks, or types with the pauses
 * of 150 ms behind which a page filters and searches.
 */
const [ACTIONS_AT_ONCE, ACTIONS_PER_SECOND] = [20, 10];

/** Limits how many messages of a page are handled, so that a page out of control can't keep the extension busy, or fill the window. */
export class MessageLimit {
  readonly #all = new Allowance(AT_ONCE, PER_SECOND);
  readonly #actions = new Allowance(ACTIONS_AT_ONCE, ACTIONS_PER_SECOND);
  readonly #loads = new Allowance(ACTIONS_AT_ONCE, ACTIONS_PER_SECOND);

  /** Whether another message may be handled. To be called once for each. */
  take(): boolean {
    return this.#all.take();
  }

  /** Whether that message may open, copy, save or send something, or take long. */
  takeAction(): boolean {
    return this.#actions.take();
  }

  /** Whether a page that says that it has loaded may be sent all that it shows. Clicks don't count: it says so only once. */
  takeLoad(): boolean {
    return this.#loads.take();
  }
}

/** A number that is used up, and grows again with time. */
class Allowance {
  readonly #max: number;
  readonly #perSecond: number;
  #left: number;
  #since = performance.now();

  constructor(max: number, perSecond: number) {
    [this.#max, this.#perSecond, this.#left] = [max, perSecond, max];
  }

  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#max, this.#left + ((now - this.#since) / 1000) * this.#perSecond);
    this.#since = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
