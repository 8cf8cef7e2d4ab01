/** Shortest time between two questions, in milliseconds. */
const LEAST = 250;
/** Time between two questions while a stream goes on but nothing moves except its age, in milliseconds. */
const SECOND = 1000;

/** Asks for the timeline when something has come, and again while time passes: at most four times a second, and never unseen. */
export class Asking {
  readonly #ask: () => void;
  #timer: number | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(ask: () => void) {
    this.#ask = ask;
    document.addEventListener('visibilitychange', () => this.ask());
  }

  /** Asks as soon as may be. */
  ask(): void {
    this.#askAt(this.#askedAt + LEAST);
  }

  /** Asks again after a while. @param isShown whether the picture is shown, which moves */
  goOn(isShown: boolean): void {
    this.#askAt(this.#askedAt + (isShown ? LEAST : SECOND));
  }

  #askAt(time: number): void {
    if (document.hidden || time >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = time;
    this.#timer = window.setTimeout(
      () => {
        this.#dueAt = Number.POSITIVE_INFINITY;
        this.#askedAt = performance.now();
        if (!document.hidden) this.#ask();
      },
      Math.max(0, time - performance.now()),
    );
  }
}
