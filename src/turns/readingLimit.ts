import type { Socket } from 'node:net';
import type { Turns } from './turns';

/** Maximum time for which sockets are read at one go, all of them together, in milliseconds. */
const MAX_TIME = 10;

/**
 * Limits the time for which sockets are read at one go. To read a body that comes in chunks of a byte takes 14 ms for 64 KB, as
 * do requests that come one behind the other; each of a thousand clients may have sent as much, and Node reads 2 MB of one in a
 * row. When the time is over, no socket is read until others have had their turn; then those are that were not read, and
 * behind them, one at a time, those that took too long. A socket that others have paused stays so until they resume it.
 */
export class ReadingLimit {
  readonly #turns: Turns;
  readonly #sockets = new Set<Socket>();
  /** Those of them that took too long, and wait to be read again. */
  readonly #busy = new Set<Socket>();
  /** Those that would be read, but for this limit. */
  readonly #held = new Set<Socket>();
  /** When the first piece was read since others had their turn. */
  #begun: number | undefined;
  /** What this process had used of the processor by then. */
  #usage = process.cpuUsage();
  #isPaused = false;
  #hasAsked = false;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Whether the time is over, and this process has used it: others may have had the processor meanwhile. */
  get isTooMuch(): boolean {
    if (!this.#isOver) return false;
    const { user, system } = process.cpuUsage(this.#usage);
    return (user + system) / 1000 > MAX_TIME;
  }

  /** Takes in a socket that was opened. */
  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#busy.delete(socket);
      this.#held.delete(socket);
    });
    // Node resumes it by itself, whenever a piece of a body was taken.
    socket.on('resume', () => {
      if (this.#isPaused || this.#busy.has(socket)) this.#hold(socket);
    });
    if (this.#isPaused) this.#hold(socket);
  }

  /** To be told whenever a request, or a piece of a body, was read. */
  note(socket: Socket): void {
    if (this.#begun === undefined) {
      [this.#begun, this.#usage] = [performance.now(), process.cpuUsage()];
      setImmediate(() => {
        this.#begun = undefined;
      });
    } else if (!this.#isPaused && this.#isOver) {
      this.#isPaused = true;
      if (this.#sockets.has(socket)) this.#busy.add(socket);
      // The system may have something of each.
      for (const one of this.#sockets) this.#hold(one);
      this.#askForTurn();
    }
  }

  get #isOver(): boolean {
    return this.#begun !== undefined && performance.now() - this.#begun > MAX_TIME;
  }

  #hold(socket: Socket): void {
    // Else whoever has it paused, as its reader is slow, would be sent more and more.
    if (socket.isPaused()) return;
    this.#held.add(socket);
    socket.pause();
  }

  #letGo(socket: Socket): void {
    if (this.#held.delete(socket)) socket.resume();
  }

  #askForTurn(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.#turns.add(() => {
      this.#hasAsked = false;
      if (this.#isPaused) this.#resumeOthers();
      else this.#resumeOne();
      if (this.#busy.size > 0) this.#askForTurn();
    });
  }

  #resumeOthers(): void {
    this.#isPaused = false;
    for (const socket of this.#sockets) if (!this.#busy.has(socket)) this.#letGo(socket);
  }

  #resumeOne(): void {
    const [first] = this.#busy;
    if (!first) return;
    this.#busy.delete(first);
    this.#letGo(first);
  }
}
