import type { Turns } from '../../turns/turns';
import { ConnectionQueue } from '../control/connectionQueue';
import type { OpenedConnection, Refusal, SourceControl } from '../source';
import type { WaitLimits } from '../wait';
import { IdleWaits } from './idleWaits';
import type { Played } from './played';
import type { Refusals } from './refusals';

export interface ScriptControlOptions {
  /** The open connections, by their numbers; the source adds and removes them. */
  played: ReadonlyMap<number, Played>;
  refusals: Refusals;
  turns: Turns;
  /** Called when the refusals have changed. */
  onChange(): void;
}

/** Control of a script's connections, for tests. */
export class ScriptControl implements SourceControl {
  readonly #options: ScriptControlOptions;
  readonly #queue = new ConnectionQueue();
  readonly #idle: IdleWaits;

  constructor(options: ScriptControlOptions) {
    this.#options = options;
    this.#idle = new IdleWaits(options.played);
  }

  get openConnections(): readonly OpenedConnection[] {
    return [...this.#options.played.values()].map(({ opened }) => opened);
  }

  nextConnection(limits: WaitLimits): Promise<OpenedConnection> {
    return this.#queue.next(limits);
  }

  /** Resolves when nothing waits to be sent, and nothing is due within the next second; rejects as `nextConnection`. */
  idle(limits: WaitLimits): Promise<void> {
    return this.#idle.next(limits);
  }

  drop(id: number): boolean {
    const played = this.#options.played.get(id);
    // Otherwise a client that is dropped right after a publication comes back without its id.
    played?.player.sendDue();
    void played?.connection.breakOff();
    return played !== undefined;
  }

  async dropAll(): Promise<number> {
    const { played, turns } = this.#options;
    let count = 0;
    for (const id of played.keys()) {
      turns.add(() => {
        count += this.drop(id) ? 1 : 0;
      });
    }
    await turns.next();
    return count;
  }

  refuseNext(refusal: Refusal, times: number): number | undefined {
    const { refusals, onChange } = this.#options;
    if (!refusals.append(refusal, times)) return undefined;
    onChange();
    return refusals.count;
  }

  noteRefused(refusal: Refusal): void {
    this.#queue.noteRefused(refusal);
  }

  /** Notes a connection that was opened. */
  noteOpened(connection: OpenedConnection): void {
    this.#queue.add(connection);
    this.#idle.changed();
  }

  /** Notes that something was played or sent, or that a connection has ended. */
  noteChange(): void {
    this.#idle.changed();
  }

  /** Ends all waits, and those to come. */
  close(): void {
    this.#queue.close();
    this.#idle.close();
  }
}
