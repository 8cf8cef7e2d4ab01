import { reasonOf } from '../../../text/reason';

export interface RestartableOptions<T, Started> {
  /** Promise that delays the first start until it resolves. */
  after: Promise<void>;
  /** Creates the next instance, which is then started. */
  create(): T;
  start(instance: T): Promise<Started>;
  /** Called when the instance has started, unless it was ended before that. */
  onStarted(instance: T, started: Started): void;
  /** Called with a reason in words when the instance fails to start, unless it was ended before that. Must end it. */
  onFailed(reason: string): Promise<void>;
  /** Closes the instance, possibly while it is starting. */
  close(instance: T): Promise<void>;
}

/** Serialises start and stop: at most one instance runs, and the next starts only after the previous one has closed. */
export class Restartable<T, Started> {
  readonly #options: RestartableOptions<T, Started>;
  #current: T | undefined;
  #started: Promise<void> = Promise.resolve();
  #ended: Promise<void>;

  constructor(options: RestartableOptions<T, Started>) {
    this.#options = options;
    this.#ended = options.after;
  }

  /** Instance that is running or starting; undefined if none. */
  get current(): T | undefined {
    return this.#current;
  }

  /** Starts an instance, unless there is one. Resolves when it runs, has failed, or was ended before that. */
  start(): Promise<void> {
    if (this.#current === undefined) {
      this.#current = this.#options.create();
      this.#started = this.#start(this.#current);
    }
    return this.#started;
  }

  /** Ends the current instance. Resolves when all have ended. */
  end(): Promise<void> {
    const instance = this.#current;
    this.#current = undefined;
    if (instance !== undefined) this.#ended = this.#close(instance, this.#ended);
    return this.#ended;
  }

  /** @param before end of the earlier instances, which may take longer; its failure was reported to the caller of `end` */
  async #close(instance: T, before: Promise<void>): Promise<void> {
    await Promise.all([this.#options.close(instance), before.catch(() => undefined)]);
  }

  async #start(instance: T): Promise<void> {
    const { start, onStarted, onFailed } = this.#options;
    try {
      await this.#ended;
      const started = await start(instance);
      if (this.#current === instance) onStarted(instance, started);
    } catch (error) {
      // If it was ended while starting, nothing went wrong: `#current` is another instance or undefined.
      if (this.#current === instance) await onFailed(reasonOf(error));
    }
  }
}
