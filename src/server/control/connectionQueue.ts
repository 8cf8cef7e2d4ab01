import type { OpenedConnection, Refusal } from '../source';
import { ClosedError, Wait, type WaitLimits } from '../wait';

/** Maximum number of connections that are kept for calls to come; of more, the oldest are forgotten. */
const MAX_KEPT = 1000;

/** Queue of the connections that were opened, each of which is given to one call, also one that has ended meanwhile. */
export class ConnectionQueue {
  readonly #kept: OpenedConnection[] = [];
  readonly #waits = new Set<Wait<OpenedConnection>>();
  readonly #seen = { connections: 0, withId: 0, refused: 0, last: '' };
  #isClosed = false;

  /** Gives a connection to the call that waits longest, or keeps it for the next one. */
  add(connection: OpenedConnection): void {
    this.#seen.connections += 1;
    if (connection.lastEventId !== '') this.#seen.withId += 1;
    const [first] = this.#waits;
    if (first) first.resolve(connection);
    else this.#kept.push(connection);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
  }

  /** Notes a request that was refused. */
  noteRefused({ status, reason }: Refusal): void {
    this.#seen.refused += 1;
    // Without its full stop: the reason ends the sentence.
    this.#seen.last = reason === undefined ? String(status) : `${status}: ${reason.replace(/\.$/, '')}`;
  }

  /**
   * Resolves with the next connection that no call gave yet.
   * @throws {WaitTimeoutError} with a sentence that says what came instead
   * @throws {ClosedError} if the queue is closed, before or meanwhile; or the signal's reason
   */
  async next({ timeout, signal }: WaitLimits): Promise<OpenedConnection> {
    if (this.#isClosed) throw new ClosedError();
    if (signal?.aborted) throw signal.reason;
    const kept = this.#kept.shift();
    if (kept) return kept;
    const describe = () => `No connection within ${timeout / 1000} s: ${this.#describe()}.`;
    const wait: Wait<OpenedConnection> = new Wait({ timeout, signal, describe, onEnd: () => this.#waits.delete(wait) });
    this.#waits.add(wait);
    return wait.promise;
  }

  /** Ends all waits, and those to come. */
  close(): void {
    this.#isClosed = true;
    for (const wait of this.#waits) wait.reject(new ClosedError());
  }

  #describe(): string {
    const { connections, withId, refused, last } = this.#seen;
    const came =
      connections === 0
        ? 'none came'
        : `${counted(connections, 'connection')} came, ${withId === 0 ? 'none' : withId} with Last-Event-ID, and earlier calls had ${connections === 1 ? 'it' : 'them all'}`;
    return refused === 0
      ? came
      : `${came}; ${counted(refused, 'request')} ${refused === 1 ? 'was' : 'were'} refused, the last with ${last}`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
