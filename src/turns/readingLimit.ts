import type { Socket } from 'node:net';
import type { Turns } from './turns';

/** Maximum time for which sockets are read without a break, all of them together, in milliseconds. */
const MAX_TIME = 10;
/** Time after which it is looked at how much of it this process spends, in milliseconds. */
const SHORT = 2;

/**
 * A limit on the time for which sockets are read without a break. A body in chunks of one byte takes 14 ms for 64 KB, as do
 * pipelined requests; each of a thousand clients may have sent as much, and Node reads 2 MB of one socket in a row. When
 * the time is over, all sockets are paused until other tasks have had their turn. Then the sockets that were not read are
 * resumed, and after them, one at a time, those that took too long. A socket that was paused by other code stays paused.
 */
export class ReadingLimit {
  readonly #turns: Turns;
  readonly #sockets = new Set<Socket>();
  /** Sockets that took too long, and wait to be resumed. */
  readonly #busy = new Set<Socket>();
  /** Sockets that are paused by this limit. */
  readonly #paused = new Set<Socket>();
  /** Time of the first read since the last break; undefined if there was none. */
  #startedAt: number | undefined;
  /** CPU time that this process had used soon after `#startedAt`; undefined while too little has passed to ask. */
  #usage: NodeJS.CpuUsage | undefined;
  #isPaused = false;
  #isTurnRequested = false;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Whether the time is over and was spent by this process, not by others that had the processor. */
  get isTooMuch(): boolean {
    if (!this.#isOver || !this.#usage) return false;
    const { user, system } = process.cpuUsage(this.#usage);
    return (user + system) / 1000 > MAX_TIME;
  }

  /** Adds a socket that was opened. */
  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#busy.delete(socket);
      this.#paused.delete(socket);
    });
    // Node resumes a socket by itself whenever a piece of a body was read.
    socket.on('resume', () => {
      if (this.#isPaused || this.#busy.has(socket)) this.#pause(socket);
    });
    if (this.#isPaused) this.#pause(socket);
  }

  /** Checks the time; to be called whenever a request, or a piece of a body, was read. */
  note(socket: Socket): void {
    if (this.#startedAt === undefined) {
      this.#startedAt = performance.now();
      setImmediate(() => {
        [this.#startedAt, this.#usage] = [undefined, undefined];
      });
      return;
    }
    // Asked at each read, the system would take a fifth of the time in which a stream is opened.
    if (performance.now() - this.#startedAt > SHORT) this.#usage ??= process.cpuUsage();
    if (!this.#isPaused && this.#isOver) {
      this.#isPaused = true;
      if (this.#sockets.has(socket)) this.#busy.add(socket);
      // The system may have buffered data of each.
      for (const one of this.#sockets) this.#pause(one);
      this.#requestTurn();
    }
  }

  get #isOver(): boolean {
    return this.#startedAt !== undefined && performance.now() - this.#startedAt > MAX_TIME;
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
    this.#isPaused = false;
    for (const socket of this.#sockets) if (!this.#busy.has(socket)) this.#resume(socket);
  }

  #resumeOne(): void {
    const [first] = this.#busy;
    if (!first) return;
    this.#busy.delete(first);
    this.#resume(first);
  }
}
