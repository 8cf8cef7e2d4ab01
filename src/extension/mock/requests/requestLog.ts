import type { IncomingMessage } from 'node:http';
import type { RequestRow, RequestsState } from '../../../messages/mock';
import type { StreamAnswer } from '../../../server/source';
import type { Turns } from '../../../turns/turns';
import { shownRequest } from './notedRequest';
import { RequestList } from './requestList';

/** Delay during which requests are coalesced before they are shown, in milliseconds. */
const SHOW_DELAY = 100;

export interface RequestLogOptions {
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
  /** Whether the requests can be seen; while they can't, nothing is masked or shown. */
  isVisible(): boolean;
  /** Shows the requests, at most ten times a second. */
  show(requests: RequestsState): void;
  onError(error: unknown): void;
}

/** The requests to a server, as its panel shows them: the last ones, or those that were refused, with secrets masked. */
export class RequestLog {
  readonly #options: RequestLogOptions;
  readonly #list = new RequestList();
  /** Rows that are shown, by their ids: each is masked once. */
  #rows = new Map<number, RequestRow>();
  #onlyRefused = false;
  #timer: NodeJS.Timeout | undefined;
  /** Whether something has changed since the requests were shown, or began to be masked. */
  #isStale = false;
  /** Number of times that all that was masked lost its meaning: by a clear, or another choice of requests. */
  #resets = 0;
  #isClosed = false;

  constructor(options: RequestLogOptions) {
    this.#options = options;
  }

  /** Notes a request with its answer. */
  add(request: IncomingMessage, answer: StreamAnswer): void {
    this.#list.add(request, answer);
    this.update();
  }

  /** Chooses whether only refused requests are shown. Default: all are. */
  filter(onlyRefused: boolean): void {
    this.#onlyRefused = onlyRefused;
    this.#reset();
  }

  clear(): void {
    this.#list.clear();
    this.#reset();
  }

  /** Shows the requests soon, unless they can't be seen: then again when this is called after they can. */
  update(): void {
    this.#isStale = true;
    if (this.#isClosed || !this.#options.isVisible()) return;
    this.#timer ??= setTimeout(() => {
      this.#show().catch(this.#options.onError);
    }, SHOW_DELAY);
  }

  /** Shows nothing more. Can be called repeatedly. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #reset(): void {
    this.#resets += 1;
    this.update();
  }

  async #show(): Promise<void> {
    const resets = this.#resets;
    this.#isStale = false;
    try {
      const requests = await this.#state();
      if (!this.#isClosed && resets === this.#resets) this.#options.show(requests);
    } finally {
      this.#timer = undefined;
      if (this.#isStale) this.update();
    }
  }

  async #state(): Promise<RequestsState> {
    const [list, onlyRefused] = [this.#list.latest(this.#onlyRefused), this.#onlyRefused];
    const { all: count, refused: refusedCount } = this.#list.counts;
    // Loaded only when there is something to mask.
    const { veiled } = list.length === 0 ? { veiled: String } : await import('../../../client/request/secrets/secrets');
    const { turns } = this.#options;
    const rows: RequestRow[] = [];
    for (const noted of list) {
      if (turns.isOver) await turns.next();
      rows.push(this.#rows.get(noted.id) ?? shownRequest(noted, veiled));
    }
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    return { count, refusedCount, onlyRefused, rows };
  }
}
