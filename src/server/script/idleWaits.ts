import type { StreamSink } from '../source';
import { ClosedError, Wait, type WaitLimits } from '../wait';
import type { Played } from './played';

/** Time within which a step is due soon, in milliseconds. */
const SOON = 1000;

/** Waits until nothing is due soon on any connection, and nothing waits to be sent. */
export class IdleWaits {
  readonly #played: ReadonlyMap<number, Played>;
  readonly #waits = new Set<Wait<void>>();
  /** The streams whose data is waited for to be passed to the system. */
  readonly #awaited = new WeakSet<StreamSink>();
  #isCheckRequested = false;
  #isClosed = false;

  constructor(played: ReadonlyMap<number, Played>) {
    this.#played = played;
  }

  /**
   * Resolves when the connections are idle.
   * @throws {WaitTimeoutError} with a sentence that says what is still due
   * @throws {ClosedError} if the waits are closed, before or meanwhile; or the signal's reason
   */
  async next({ timeout, signal }: WaitLimits): Promise<void> {
    if (this.#isClosed) throw new ClosedError();
    const describe = () => `Not idle within ${timeout / 1000} s: ${this.#busy()?.reason ?? 'data waits to be sent'}.`;
    const wait: Wait<void> = new Wait({ timeout, signal, describe, onEnd: () => this.#waits.delete(wait) });
    this.#waits.add(wait);
    this.changed();
    return wait.promise;
  }

  /** Checks whether the connections are idle now; to be called after each change. Costs nothing while nobody waits. */
  changed(): void {
    if (this.#waits.size === 0 || this.#isCheckRequested) return;
    this.#isCheckRequested = true;
    setImmediate(() => {
      this.#isCheckRequested = false;
      this.#check();
    });
  }

  /** Ends all waits, and those to come. */
  close(): void {
    this.#isClosed = true;
    for (const wait of this.#waits) wait.reject(new ClosedError());
  }

  #check(): void {
    const busy = this.#busy();
    if (!busy) for (const wait of this.#waits) wait.resolve();
    else if (busy.sink.unsent > 0) this.#awaitFlush(busy.sink);
  }

  #awaitFlush(sink: StreamSink): void {
    if (this.#awaited.has(sink)) return;
    this.#awaited.add(sink);
    sink.onceFlushed(() => {
      this.#awaited.delete(sink);
      this.changed();
    });
  }

  /** Returns the first connection that isn't idle, and why, in words; undefined if there is none. */
  #busy(): { sink: StreamSink; reason: string } | undefined {
    for (const { id, player, connection: sink } of this.#played.values()) {
      const reason = reasonOf(player, sink);
      if (reason !== undefined) return { sink, reason: `on connection ${id}, ${reason}` };
    }
    return undefined;
  }
}

function reasonOf({ isSending, due }: Played['player'], { unsent }: StreamSink): string | undefined {
  if (unsent > 0) return `${unsent} bytes wait to be sent, as the client doesn’t read them`;
  if (due && due.wait <= SOON) return `line ${due.line + 1} is due in ${(Math.max(0, due.wait) / 1000).toFixed(1)} s`;
  return isSending ? 'a publication waits for the end of the event in progress' : undefined;
}
