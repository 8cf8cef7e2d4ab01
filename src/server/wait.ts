/** Limits of a wait. */
export interface WaitLimits {
  /** Maximum time to wait, in milliseconds. */
  timeout: number;
  /** Ends the wait; it rejects with the signal's reason. Default: none. */
  signal?: AbortSignal | undefined;
}

/** Error for a wait that took too long. Its message is a sentence that says what happened instead. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
}

/** Error for a wait that the end of the server ended, and for whatever is asked of it after that. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
  constructor() {
    super('The server is closed.');
  }
}

export interface WaitOptions extends WaitLimits {
  /** Returns the sentence of the error when the time is over. */
  describe(): string;
  /** Called once, when the wait has ended, however. */
  onEnd(): void;
}

/** A wait for something that others bring, limited in time. Whoever waits is given its promise. */
export class Wait<T> {
  readonly promise: Promise<T>;
  readonly #options: WaitOptions;
  #settle: { resolve(value: T): void; reject(reason: unknown): void } | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.reject(this.#options.signal?.reason);

  /** @throws the signal's reason if it is aborted already */
  constructor(options: WaitOptions) {
    const { timeout, signal } = options;
    if (signal?.aborted) throw signal.reason;
    this.#options = options;
    this.promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#timer = setTimeout(() => this.reject(new WaitTimeoutError(options.describe())), timeout);
    signal?.addEventListener('abort', this.#onAbort);
  }

  /** Ends the wait with a value. Does nothing if it has ended. */
  resolve(value: T): void {
    this.#end()?.resolve(value);
  }

  /** Ends the wait with an error. Does nothing if it has ended. */
  reject(reason: unknown): void {
    this.#end()?.reject(reason);
  }

  #end() {
    const settle = this.#settle;
    if (!settle) return undefined;
    this.#settle = undefined;
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#options.onEnd();
    return settle;
  }
}
