import type { Socket } from 'node:net';
import type { Turns } from './turns';

/** Maximum time for which sockets are read without a break, all of them together, in milliseconds. */
const MAX_TIME = 10;

/**
 * A limit on the time for which sockets are read without a break. A body in chunks of one byte takes 14 ms for 64 KB, as do
 * pipelined requests; each of a thousand clients may have sent as much, and Node reads 2 MB of one socket in a row. When
 * the time is over, all sockets are paused until other tasks have had their turn. Then the sockets that were not read are
 * resumed, and after them, one at a time, those that took too long. A socket that was paused by other code stays paused.
 * Sockets from which nothing is expected are paused only when one of them takes the time: to pause and resume 8,000 open
 * streams takes longer than the time that it limits.
 */
export class ReadingLimit {
  readonly #turns: Turns;
  /** Sockets from which something is expected. */
  readonly #sockets = new Set<Socket>();
  /** Sockets from which nothing is expected. */
  readonly #quiet = new Set<Socket>();
  /** Sockets that took too long, and wait to be resumed. */
  readonly #busy = new Set<Socket>();
  /** Sockets that are paused by this limit. */
  readonly #paused = new Set<Socket>();
  /** Time of the first read since the last break; undefined if there was none. */
  #startedAt: number | undefined;
  /** CPU time that this process had used when `isTooMuch` was first asked since the last break. */
  #usage: NodeJS.CpuUsage | undefined;
  #isPaused = false;
  #areQuietPaused = false;
  #isTurnRequested = false;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Whether the time is over and was spent by this process, not by others that had the processor. */
  get isTooMuch(): boolean {
    if (this.#startedAt === undefined) return false;
    this.#usage ??= process.cpuUsage();
    if (!this.#isOver) return false;
    const { user, system } = process.cpuUsage(this.#usage);
    return (user + system) / 1000 > MAX_TIME;
  }

  /** Adds a socket that was opened. */
  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => {
      for (const group of [this.#sockets, this.#quiet, this.#busy, this.#paused]) group.delete(socket);
    });
    // Node resumes a socket by itself whenever a piece of a body was read.
    socket.on('resume', () => {
      if (this.#isPaused || this.#busy.has(socket)) this.#pause(socket);
    });
    if (this.#isPaused) this.#pause(socket);
  }

  /** Notes whether nothing more is expected from a socket that was added, because its request is being answered. */
  setQuiet(socket: Socket, isQuiet: boolean): void {
    const [from, to] = isQuiet ? [this.#sockets, this.#quiet] : [this.#quiet, this.#sockets];
    if (from.delete(socket)) to.add(socket);
  }

  /** Checks the time; to be called whenever a request, or a piece of a body, was read. */
  note(socket: Socket): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = performance.now();
      setImmediate(() => {
        [this.#startedAt, this.#usage] = [undefined, undefined];
      });
    } else if (this.#isOver) {
      const isQuiet = this.#quiet.has(socket);
      if (isQuiet ? this.#areQuietPaused : this.#isPaused) return;
      this.#isPaused = true;
      if (isQuiet || this.#sockets.has(socket)) this.#busy.add(socket);
      // The system may have buffered data of each.
      for (const one of this.#sockets) this.#pause(one);
      if (isQuiet) this.#pauseQuiet();
      this.#requestTurn();
    }
  }

  get #isOver(): boolean {
    return this.#startedAt !== undefined && performance.now() - this.#startedAt > MAX_TIME;
  }

  #pauseQuiet(): void {
    this.#areQuietPaused = true;
    for (const one of this.#quiet) this.#pause(one);
  }

  #pause(socket: Socket): void {
    // Without this, `#resume` would resume a socket that was paused by other code because of backpressure.
    if (socket.isPaused()) return;
    this.#paused.add(socket);
    socket.pause();
  }

  #resume(socket: Socket): void {
    if (this.#paused.delete(socket)) socket.resume();
  }

  #requestTurn(): void {
    if (this.#isTurnRequested) return;
    this.#isTurnRequested = true;
    this.#turns.add(() => {
      this.#isTurnRequested = false;
      if (this.#isPaused) this.#resumeOthers();
      else this.#resumeOne();
      if (this.#busy.size > 0) this.#requestTurn();
    });
  }

  #resumeOthers(): void {
    [this.#isPaused, this.#areQuietPaused] = [false, false];
    for (const socket of [...this.#paused]) if (!this.#busy.has(socket)) this.#resume(socket);
  }

  #resumeOne(): void {
    const [first] = this.#busy;
    if (!first) return;
    this.#busy.delete(first);
    this.#resume(first);
  }
}
