import type { RefusedState } from '../../messages/mock';
import type { RefusedRequest } from '../../server/guard/refusedRequest';
import { clientName } from './clientName';

/** Maximum number of requests that are shown. */
const MAX_SHOWN = 20;

/** Requests to a server that were answered with an error, as its panel shows them. */
export class RefusedList {
  #count = 0;
  /** How many had been told when the list was cleared. */
  #cleared = 0;
  #last: RefusedState['last'] = [];

  get state(): RefusedState {
    return { count: this.#count - this.#cleared, last: this.#last };
  }

  add({ method, path, status, reason, remote, userAgent }: RefusedRequest): void {
    this.#count += 1;
    const client = clientName(userAgent);
    const refused = { id: this.#count, at: Date.now(), method, path, status, reason, remote, client };
    this.#last = [refused, ...this.#last].slice(0, MAX_SHOWN);
  }

  /** Forgets those that there were; their numbers aren't given again. */
  clear(): void {
    [this.#cleared, this.#last] = [this.#count, []];
  }
}
