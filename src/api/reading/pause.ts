import type { Body } from '../../client/http/body';

type Held = Pick<Body, 'pause' | 'resume'>;

/** A pause of a stream: of the body that is read, and of the next ones. */
export class Pause {
  #held: Held | undefined;
  #waiting: { over: Promise<void>; end: () => void } | undefined;

  /** Promise that resolves when there is no pause. */
  get over(): Promise<void> {
    return this.#waiting?.over ?? Promise.resolve();
  }

  /** Begins a pause, if there is none. @param body that is being read; undefined for none */
  begin(body: Held | undefined): void {
    if (this.#waiting) return;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#waiting = { over, end };
    this.applyTo(body);
  }

  /** Pauses a body that is about to be read, if there is a pause. */
  applyTo(body: Held | undefined): void {
    if (!this.#waiting) return;
    this.#held = body;
    body?.pause();
  }

  /** Ends the pause. May be called more than once. */
  end(): void {
    this.#held?.resume();
    this.#waiting?.end();
    [this.#held, this.#waiting] = [undefined, undefined];
  }
}
