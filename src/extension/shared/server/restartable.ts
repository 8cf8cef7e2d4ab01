import { reasonOf } from '../../../text/reason';

export interface RestartableOptions<T, Started> {
  /** Nothing is started before. */
  after: Promise<void>;
  /** Makes the one that is started next. */
  create(): T;
  start(one: T): Promise<Started>;
  /** It has started; not told of one that was ended first. */
  onStarted(one: T, started: Started): void;
  /** It could not start, for a reason in words; not told of one that was ended first. It is to be ended. */
  onFailed(reason: string): Promise<void>;
  /** Ends it, also while it starts. */
  close(one: T): Promise<void>;
}

/** What is started and ended again, also when both cross: there is one at a time, and it starts when the one before has ended. */
export class Restartable<T, Started> {
  readonly #options: RestartableOptions<T, Started>;
  #current: T | undefined;
  #started: Promise<void> = Promise.resolve();
  #ended: Promise<void>;

  constructor(options: RestartableOptions<T, Started>) {
    this.#options = options;
    this.#ended = options.after;
  }

  /** The one that runs or is about to. */
  get current(): T | undefined {
    return this.#current;
  }

  /** Starts one, unless there is one. Resolves when it runs, has failed, or was ended first. */
  start(): Promise<void> {
    if (this.#current === undefined) {
      this.#current = this.#options.create();
      this.#started = this.#start(this.#current);
    }
    return this.#started;
  }

  /** Ends the one there is. Resolves when all have ended. */
  end(): Promise<void> {
    const one = this.#current;
    this.#current = undefined;
    if (one !== undefined) this.#ended = this.#close(one, this.#ended);
    return this.#ended;
  }

  /** @param before the end of those before, which may take longer; that it failed, who ended them was told */
  async #close(one: T, before: Promise<void>): Promise<void> {
    await Promise.all([this.#options.close(one), before.catch(() => undefined)]);
  }

  async #start(one: T): Promise<void> {
    const { start, onStarted, onFailed } = this.#options;
    try {
      await this.#ended;
      const started = await start(one);
      if (this.#current === one) onStarted(one, started);
    } catch (error) {
      // Ended while it started, another is there or none: nothing went wrong.
      if (this.#current === one) await onFailed(reasonOf(error));
    }
  }
}
