import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ReadingLimit } from '../../../turns/readingLimit';
import type { RedisAddress } from './redisAddress';
import { type RedisReply, RefusedReply } from './redisReply';
import { ReplyReader } from './replyReader';

/** Time between probes of the system whether the other side is there, in milliseconds. */
const PROBES = 30_000;

/** Reply of Redis that is an error: it has understood, and refuses. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Replies that somebody waits for: to one command, or to all of a transaction. */
interface Pending {
  /** Number of replies that come yet. */
  left: number;
  /** The first one that is an error. */
  refusal: RefusedReply | undefined;
  resolve(reply: RedisReply): void;
  reject(error: Error): void;
}

export interface RedisConnectionOptions {
  address: RedisAddress;
  /** Time that it may take to be opened, in milliseconds. */
  timeout: number;
  /** Limit on reading in a row. */
  limit: ReadingLimit;
  /** Called once, when the connection has ended, unless `close` ended it. */
  onEnd(error: Error): void;
}

/** A connection to Redis: sends commands, and gives out their replies in order. */
export class RedisConnection {
  readonly #options: RedisConnectionOptions;
  readonly #socket: Socket;
  readonly #pending: Pending[] = [];
  #end: Error | undefined;

  /** Begins to connect. */
  constructor(options: RedisConnectionOptions) {
    this.#options = options;
    this.#socket = socketTo(options.address);
  }

  /** Resolves when it is open, with user, password and database. Rejects if that fails. */
  async open(): Promise<void> {
    const { address, limit, timeout } = this.#options;
    const [socket, reader] = [this.#socket, new ReplyReader((reply) => this.#take(reply))];
    limit.add(socket);
    socket.on('data', (piece) => this.#read(reader, piece));
    // A Redis may accept connections and then say nothing.
    const timer = setTimeout(() => this.#lose(new Error(`it hasn’t answered for ${timeout / 1000} s`)), timeout);
    try {
      // No password goes to a server before its certificate was looked at.
      await this.#connected(address.isSecure ? 'secureConnect' : 'connect');
      await Promise.all(greetingsOf(address).map((command) => this.send([command])));
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a command, or several as one transaction. Those of one task leave together. @throws {RefusedError} */
  send(commands: readonly (readonly string[])[]): Promise<RedisReply> {
    if (this.#end) return Promise.reject(this.#end);
    // A blocking command must not be one of a transaction, and a single one needs none.
    const all = commands.length === 1 ? commands : [['MULTI'], ...commands, ['EXEC']];
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      process.nextTick(() => this.#socket.uncork());
    }
    for (const command of all) this.#socket.write(encoded(command));
    return new Promise((resolve, reject) => {
      this.#pending.push({ left: all.length, refusal: undefined, resolve, reject });
    });
  }

  /** Ends it; what waits for a reply is rejected. May be called more than once. */
  close(): void {
    this.#finish(new Error('the connection was closed'));
  }

  #connected(event: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error: Error) => {
        reject(error);
        this.#lose(error);
      };
      // Errors stay heard for as long as there is the socket: without a listener, one would end the process.
      this.#socket.on('error', end).once('close', () => end(this.#end ?? new Error('it has closed the connection')));
      this.#socket.once(event, () => resolve());
    });
  }

  #read(reader: ReplyReader, piece: Buffer): void {
    if (this.#end) return;
    try {
      reader.feed(piece);
      this.#options.limit.note(this.#socket);
    } catch (error) {
      this.#lose(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #take(reply: RedisReply): void {
    const first = this.#pending[0];
    if (!first) throw new Error('it has replied without being asked');
    if (reply instanceof RefusedReply) first.refusal ??= reply;
    first.left -= 1;
    if (first.left > 0) return;
    this.#pending.shift();
    const refusal = first.refusal ?? refusalIn(reply);
    if (refusal) first.reject(new RefusedError(refusal.reason));
    else first.resolve(reply);
  }

  #lose(error: Error): void {
    if (this.#end) return;
    this.#finish(error);
    this.#options.onEnd(error);
  }

  #finish(error: Error): void {
    if (this.#end) return;
    this.#end = error;
    this.#socket.destroy();
    for (const { reject } of this.#pending.splice(0)) reject(error);
  }
}

function socketTo({ isSecure, host, port }: RedisAddress): Socket {
  const common = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBES };
  if (!isSecure) return connect(common);
  return connectSecurely(isIP(host) === 0 ? { ...common, servername: host } : common);
}

/** Returns the commands that a connection begins with. */
function greetingsOf({ username, password, database }: RedisAddress): string[][] {
  const hasUser = username !== undefined || password !== undefined;
  return [
    ...(hasUser ? [['AUTH', ...(username === undefined ? [] : [username]), password ?? '']] : []),
    ['CLIENT', 'SETNAME', 'sse-counter'],
    ...(database === 0 ? [] : [['SELECT', String(database)]]),
  ];
}

/** Returns the first error in a transaction's reply. */
function refusalIn(reply: RedisReply): RefusedReply | undefined {
  return Array.isArray(reply) ? reply.find((one) => one instanceof RefusedReply) : undefined;
}

function encoded(command: readonly string[]): string {
  const words = command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${command.length}\r\n${words.join('')}`;
}
