import { type Batch, batchOf } from './entries/batch';
import type { EncodedEntry } from './entries/entry';
import { compareIds, type EntryId } from './entries/entryId';
import { type Gap, gapBehind, type History } from './history';
import { RedisError } from './link/redisError';
import type { RedisStream } from './redisStream';

export interface TailOptions {
  stream: RedisStream;
  /** The history at which it begins: with what comes behind. */
  history: History;
  /** Called with the entries that came; the next ones are read when it has resolved. */
  onBatch(batch: Batch): Promise<void>;
  /** Called when entries behind that id may be missing. */
  onGap(lastId: EntryId): void;
}

/** Pause after Redis has refused to read, in milliseconds: somebody has to change something there first. */
const REFUSED_PAUSE = 1000;
/** Pause after a read that brought nothing, and didn't wait for as long, in milliseconds: of a Redis that can't, or a proxy's. */
const EMPTY_PAUSE = 100;

/** The end of a Redis stream, read once for all clients of the process. */
export class Tail {
  readonly #options: TailOptions;
  #position: EntryId;
  /** The position whose gap was told. */
  #toldAt: EntryId | undefined;
  #isClosed = false;
  #pause: NodeJS.Timeout | undefined;
  #endPause: (() => void) | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#position = options.history.last;
  }

  /** The last id that was read. */
  get position(): EntryId {
    return this.#position;
  }

  /** Reads until it is closed. Resolves then. */
  async run(): Promise<void> {
    const { stream } = this.#options;
    while (!this.#isClosed) {
      try {
        await Promise.all([stream.waiting.up(), stream.commands.up()]);
        if (this.#isClosed) return;
        // Before waiting: in another history, with lower ids, nothing would come behind the position.
        await this.#checkHistory();
        while (!this.#isClosed) await this.#read();
      } catch (error) {
        if (!(error instanceof RedisError)) throw error;
        if (error.failure === 'refused') await this.#wait(REFUSED_PAUSE);
      }
    }
  }

  /** Stops reading, once the stream's connections are closed, too. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pause);
    this.#endPause?.();
  }

  async #read(): Promise<void> {
    const begun = performance.now();
    const { isKept, entries } = this.#options.stream.next(this.#position);
    // Entries are trimmed away from the first on: if the last one read is kept, nothing behind it is missing.
    if (!(await isKept)) await this.#checkHistory();
    // A Redis that sends entries again, which aren't behind the position, hasn't waited for new ones.
    const found = (await entries).filter(({ id }) => compareIds(id, this.#position) > 0);
    await this.#take(found);
    if (found.length === 0 && performance.now() - begun < EMPTY_PAUSE) await this.#wait(EMPTY_PAUSE);
  }

  async #take(entries: readonly EncodedEntry[]): Promise<void> {
    const batch = batchOf(entries);
    if (!batch || this.#isClosed) return;
    this.#position = batch.last;
    await this.#options.onBatch(batch);
  }

  async #checkHistory(): Promise<void> {
    const { stream, onGap } = this.#options;
    const position = this.#position;
    const history = await stream.history();
    const gap: Gap | undefined = gapBehind(position, history);
    if (gap === undefined || this.#toldAt === position || this.#isClosed) return;
    this.#toldAt = position;
    if (compareIds(history.last, position) < 0) this.#position = history.last;
    onGap(position);
  }

  #wait(pause: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#endPause = resolve;
      this.#pause = setTimeout(resolve, pause);
    });
  }
}
