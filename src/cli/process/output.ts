import type { Writable } from 'node:stream';

/** Size of what waits from which on a log is left out, in bytes. */
const MAX_LOG = 4 * 1024 * 1024;

/** Time for which lines of a log are gathered, in milliseconds. */
const GATHERING = 10;

/** Standard output or standard error, which another program may close at any time. */
export class Output {
  readonly #stream: Writable & { isTTY?: boolean };
  readonly #gone = new AbortController();
  /** Lines of a log that wait to be written. */
  #log = '';

  constructor(stream: Writable & { isTTY?: boolean }) {
    this.#stream = stream;
    // Later errors say the same: a stream of Node's goes on to report each write.
    stream.on('error', (error) => this.#gone.abort(error));
  }

  /** Whether a person reads it, on a terminal. */
  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Signal that is aborted when it can't be written any more. Its reason is the system's error: EPIPE if its reader has left. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Writes a line. Returns whether more may be written before it has drained. */
  line(text: string): boolean {
    return this.write(`${text}\n`);
  }

  /**
   * Writes a line of a log; leaves it out while much waits for a reader that doesn't read, as many parents of a server. Lines
   * of 10 ms are written at once: with thousands of clients, a write for each takes a fifth of a server's time.
   */
  log(text: string): void {
    if (this.#stream.writableLength + this.#log.length >= MAX_LOG) return;
    if (this.#log === '') setTimeout(() => this.#writeLog(), GATHERING);
    this.#log += `${text}\n`;
  }

  /** Writes bytes or text; discards them when its reader has left. Returns whether more may be written before it has drained. */
  write(chunk: string | Uint8Array): boolean {
    this.#writeLog();
    return this.gone.aborted || this.#stream.write(chunk);
  }

  /** Resolves when it has drained, or can't be written any more. To be called while it is full. */
  drained(): Promise<void> {
    return this.#settled((done) => this.#stream.once('drain', done));
  }

  /** Resolves when everything was passed to the system, or it can't be written any more. */
  flushed(): Promise<void> {
    this.#writeLog();
    return this.#settled((done) => this.#stream.write('', done));
  }

  #writeLog(): void {
    const lines = this.#log;
    this.#log = '';
    if (lines !== '' && !this.gone.aborted) this.#stream.write(lines);
  }

  #settled(wait: (done: () => void) => void): Promise<void> {
    if (this.gone.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.gone.removeEventListener('abort', done);
        resolve();
      };
      this.gone.addEventListener('abort', done);
      wait(done);
    });
  }
}
