import type { ReadingLimit } from '../../../turns/readingLimit';
import { Backoff } from './backoff';
import { type RedisAddress, shownAddress } from './redisAddress';
import { RedisConnection, RefusedError } from './redisConnection';
import { plainReason, RedisError } from './redisError';
import type { RedisReply } from './redisReply';

/** Time that a connection may take to be opened, in milliseconds. */
const CONNECT_TIMEOUT = 5000;
/** Maximum number of commands that wait for Redis: more than the largest transaction. */
const MAX_COMMANDS = 50_000;
/** Errors of a Redis that carries out nothing for a while: it reads its data, runs a script, or waits for another. */
const LATER = /^(?:LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/;

export interface RedisLinkOptions {
  address: RedisAddress;
  /** Limit on reading in a row. */
  limit: ReadingLimit;
  /** Called when the connection is open, also the first time. */
  onUp?(): void;
  /** Called with a sentence when the connection is lost, and when it can't be opened again for another reason. */
  onDown?(reason: string): void;
}

/** A connection to Redis, opened again when it is lost: after a pause that grows, of random length, so that not all come at once. */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #backoff = new Backoff();
  /** The open connection; undefined while there is none. */
  #connection: RedisConnection | undefined;
  /** The one that was begun last. */
  #begun: RedisConnection | undefined;
  #waiting: (() => void)[] = [];
  #lastReason = '';
  /** Number of commands that wait for an answer. */
  #pending = 0;
  #isClosed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#connection !== undefined;
  }

  /** Opens the connection the first time. @throws {RedisError} if that fails: it isn't tried again */
  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      const { address } = this.#options;
      const advice = 'Start it, or check the address, user and password.';
      throw new RedisError(
        `Redis on ${shownAddress(address)} can’t be used: ${this.#reason(error)}. ${advice}`,
        'unsent',
      );
    }
  }

  /** Resolves when the connection is open, or was closed for good. */
  up(): Promise<void> {
    if (this.#connection || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Sends a command, or several as one transaction: all of them, or none. Those of one task leave together.
   * @param timeout in milliseconds; when it is over, the connection is given up
   * @throws {RedisError}
   */
  async send(commands: readonly string[][], timeout: number): Promise<RedisReply> {
    const connection = this.#connection;
    if (!connection) throw new RedisError(`Redis is gone: ${this.#lastReason || 'it is closed'}.`, 'unsent');
    if (this.#pending + commands.length > MAX_COMMANDS) throw new RedisError('Too much waits for Redis.', 'unsent');
    this.#pending += commands.length;
    const timer = setTimeout(() => this.#lose(connection, `it hasn’t answered for ${timeout / 1000} s`), timeout);
    try {
      return await connection.send(commands);
    } catch (error) {
      throw this.#failure(error, connection);
    } finally {
      clearTimeout(timer);
      this.#pending -= commands.length;
    }
  }

  /** Closes the connection, and opens none any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#backoff.stop();
    this.#connection = undefined;
    // A Redis that says nothing would keep it, and the process, for seconds.
    this.#begun?.close();
    this.#wake();
  }

  async #connect(): Promise<void> {
    const { address, limit, onUp } = this.#options;
    const connection: RedisConnection = new RedisConnection({
      address,
      limit,
      timeout: CONNECT_TIMEOUT,
      onEnd: (error) => this.#lose(connection, this.#reason(error)),
    });
    this.#begun = connection;
    await connection.open();
    if (this.#isClosed) {
      connection.close();
      return;
    }
    this.#connection = connection;
    this.#backoff.noteOpened();
    this.#lastReason = '';
    onUp?.();
    this.#wake();
  }

  /** Gives up a connection, and opens another one. */
  #lose(connection: RedisConnection, reason: string): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    connection.close();
    this.#tell(reason);
    this.#connectLater();
  }

  #connectLater(): void {
    this.#backoff.wait(() => {
      this.#connect().catch((error: unknown) => {
        if (this.#isClosed) return;
        this.#tell(this.#reason(error));
        this.#connectLater();
      });
    });
  }

  #tell(reason: string): void {
    if (reason !== this.#lastReason) this.#options.onDown?.(reason);
    this.#lastReason = reason;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #failure(error: unknown, connection: RedisConnection): RedisError {
    const reason = this.#reason(error);
    const isRefused = error instanceof RefusedError;
    if (isRefused && !LATER.test(error.message))
      return new RedisError(`Redis refuses: ${reason}.`, 'refused', { cause: error });
    this.#lose(connection, reason);
    return new RedisError(`Redis is gone: ${this.#lastReason || reason}.`, isRefused ? 'unsent' : 'unsure');
  }

  #reason(error: unknown): string {
    const { username, password } = this.#options.address;
    return plainReason(error, [password, username]);
  }
}
