import { l10n } from 'vscode';
import type { Log } from './log';

/** Maximum number of lines per period, so that clients can't fill the log. */
const MAX_LINES = 100;
/** Length of a period, in milliseconds. */
const PERIOD = 10_000;

/** Logs client activity, limited to 100 lines in 10 s; of further lines, only the number is logged. */
export class LimitedLog {
  readonly #log: Log;
  #lines = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  info(line: string): void {
    if (this.#count()) this.#log.info(line);
  }

  error(error: unknown): void {
    if (this.#count()) this.#log.error(error);
  }

  /** Logs the number of omitted lines so far. Can be called repeatedly. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const omitted = this.#lines - MAX_LINES;
    this.#lines = 0;
    if (omitted > 0) this.#log.info(l10n.t('{0} more lines were not logged', omitted));
  }

  /** Counts a line. Returns whether it may be logged. */
  #count(): boolean {
    this.#timer ??= setTimeout(() => this.close(), PERIOD);
    this.#lines += 1;
    return this.#lines <= MAX_LINES;
  }
}
