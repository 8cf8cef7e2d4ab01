import { l10n } from 'vscode';
import type { Log } from './log';

/** Maximum number of lines in a period, so that those who connect can't fill the log. */
const MAX_LINES = 100;
/** In milliseconds. */
const PERIOD = 10_000;

/** Logs what clients do: of what is more than 100 lines in 10 s, only how many there were. */
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

  /** Says how many lines were left out so far. Twice is fine. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const omitted = this.#lines - MAX_LINES;
    this.#lines = 0;
    if (omitted > 0) this.#log.info(l10n.t('{0} more lines were not logged', omitted));
  }

  /** @returns whether there is room for one */
  #count(): boolean {
    this.#timer ??= setTimeout(() => this.close(), PERIOD);
    this.#lines += 1;
    return this.#lines <= MAX_LINES;
  }
}
