import { Backoff } from './backoff';
import { type RedisAddress, shownAddress } from './redisAddress';
import { plainReason, RedisError } from './redisError';
import type { RedisPackage } from './redisPackage';

/** Time that a connection may take to be opened, in milliseconds. */
const CONNECT_TIMEOUT = 5000;
/** Maximum number of commands that wait for Redis: more than the largest transaction. */
const MAX_COMMANDS = 50_000;

type Client = ReturnType<RedisPackage['createClient']>;

/** A reply of Redis, as RESP 2 has it. */
export type RedisReply = string | number | null | readonly RedisReply[];

export interface RedisLinkOptions {
  redis: RedisPackage;
  address: RedisAddress;
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
  #client: Client | undefined;
  #waiting: (() => void)[] = [];
  #lastReason = '';
  /** Number of commands that wait for an answer. */
  #pending = 0;
  #isClosed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#client !== undefined;
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
    if (this.#client || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Sends a command, or several as one transaction: all of them, or none. Those of one task leave together.
   * @param timeout in milliseconds; when it is over, the connection is given up
   * @throws {RedisError}
   */
  async send(commands: readonly string[][], timeout: number): Promise<RedisReply> {
    const client = this.#client;
    if (!client) throw new RedisError(`Redis is gone: ${this.#lastReason || 'it is closed'}.`, 'unsent');
    // The package's own limit would leave a transaction half queued.
    if (this.#pending + commands.length > MAX_COMMANDS) throw new RedisError('Too much waits for Redis.', 'unsent');
    this.#pending += commands.length;
    const timer = setTimeout(() => this.#lose(client, `it hasn’t answered for ${timeout / 1000} s`), timeout);
    try {
      const [first = [], ...others] = commands;
      // A blocking command must not be one of a transaction, and a single one needs none.
      if (others.length === 0) return await client.sendCommand<RedisReply>(first);
      const transaction = client.multi();
      for (const command of commands) transaction.addCommand(command);
      return (await transaction.exec()) as unknown as readonly RedisReply[];
    } catch (error) {
      throw this.#failure(error, client);
    } finally {
      clearTimeout(timer);
      this.#pending -= commands.length;
    }
  }

  /** Closes the connection, and opens none any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#backoff.stop();
    const client = this.#client;
    this.#client = undefined;
    if (client?.isOpen) client.destroy();
    this.#wake();
  }

  async #connect(): Promise<void> {
    const { redis, address, onUp } = this.#options;
    const client = newClient(redis, address);
    // Each failure of a connection is one event of that kind; without a listener, it would end the process.
    client.on('error', (error: unknown) => this.#lose(client, this.#reason(error)));
    // A Redis may accept connections and then say nothing.
    const timer = setTimeout(() => client.isOpen && client.destroy(), CONNECT_TIMEOUT);
    await client.connect().finally(() => clearTimeout(timer));
    if (this.#isClosed) {
      client.destroy();
      return;
    }
    this.#client = client;
    this.#backoff.reset();
    this.#lastReason = '';
    onUp?.();
    this.#wake();
  }

  /** Gives up a connection, and opens another one. */
  #lose(client: Client, reason: string): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (client.isOpen) client.destroy();
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

  #failure(error: unknown, client: Client): RedisError {
    const reason = this.#reason(error);
    if (isReply(error)) return new RedisError(`Redis refuses: ${reason}.`, 'refused', { cause: error });
    const wasSent = !(
      error instanceof Error && ['ClientOfflineError', 'ClientClosedError'].includes(error.constructor.name)
    );
    this.#lose(client, reason);
    return new RedisError(`Redis is gone: ${this.#lastReason || reason}.`, wasSent ? 'unsure' : 'unsent');
  }

  #reason(error: unknown): string {
    const { username, password } = this.#options.address;
    return plainReason(error, [password, username]);
  }
}

function newClient({ createClient }: RedisPackage, address: RedisAddress): Client {
  const { isSecure, host, port, database, username, password } = address;
  // We open connections again ourselves: the package would send commands again that wait, without a limit in time.
  const common = { host, port, connectTimeout: CONNECT_TIMEOUT, reconnectStrategy: false as const };
  return createClient({
    socket: isSecure ? { ...common, tls: true } : common,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    database,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    name: 'sse-counter',
  }) as unknown as Client;
}

/** Whether Redis itself has replied with an error. */
function isReply(error: unknown): boolean {
  for (
    let type = error instanceof Error ? error.constructor : undefined;
    type?.name;
    type = Object.getPrototypeOf(type)
  )
    if (type.name === 'ErrorReply') return true;
  return false;
}
