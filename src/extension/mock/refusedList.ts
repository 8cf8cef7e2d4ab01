import type { RefusedState } from '../../messages/mock';
import type { RefusedRequest } from '../../server/guard/refusedRequest';
import { clientName } from './clientName';

/** Maximum number of requests shown. */
const MAX_SHOWN = 20;

/** List of requests that a server answered with an error, for its panel. */
export class RefusedList {
  #count = 0;
  /** Number of requests at the time of the last clear. */
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

  /** Clears the list; the numbers of its requests aren't used again. */
  clear(): void {
    [this.#cleared, this.#last] = [this.#count, []];
  }
}
