import { setTimeout as pause } from 'node:timers/promises';
import { encodeEvent, KEEP_ALIVE } from '../../stream/encode';
import type { Blocks, StreamSink } from '../source';
import { ClientQueue, type ClientQueueOptions } from './clientQueue';
import { type Batch, batchOf } from './entries/batch';
import { BEFORE_ALL, compareIds, type EntryId } from './entries/entryId';
import { gapBehind } from './history';
import { RedisError } from './link/redisError';
import type { RedisStream } from './redisStream';

/** Maximum size of the live entries that wait while a client is sent the history, in bytes; then they are read again with it. */
const MAX_BUFFERED = 1024 * 1024;
/** Maximum length of a client's id that is sent back to it, in UTF-16 code units. */
const MAX_ID = 200;

/** Pause before a page is asked for again that Redis refused, in milliseconds: somebody has to change something there first. */
const REFUSED_PAUSE = 1000;

/** Bytes of a comment, the same for all. */
const COMMENT: readonly Blocks[] = [{ bytes: Buffer.from(KEEP_ALIVE), events: 0 }];

/** A client of a Redis stream: it is sent the history behind its last id, and then what comes. */
export class Follower {
  readonly #stream: RedisStream;
  readonly #queue: ClientQueue;
  /** The last id that was sent; what is live and not behind it was sent with the history. */
  #cursor: EntryId = BEFORE_ALL;
  /** The live entries that wait; undefined while none have to. */
  #buffer: { batches: Batch[]; size: number; isOver: boolean } | undefined;
  #isStopped = false;

  constructor(sink: StreamSink, stream: RedisStream, options: ClientQueueOptions) {
    this.#stream = stream;
    this.#queue = new ClientQueue(sink, options);
  }

  /** Sends what comes from now on. @param position the last id of the live entries: the client resumes behind it */
  begin(position: EntryId): void {
    this.#cursor = position;
    // An id alone is no event: so a client that loses its connection before the first one misses nothing.
    this.#queue.write([blocksOf(`id: ${position}\n\n`, 0)]);
  }

  /** Sends the history, and then what comes. Live entries are buffered from now on. @param id undefined: from the first entry */
  resume(id: EntryId | undefined): void {
    this.#buffer = { batches: [], size: 0, isOver: false };
    void this.#catchUp(id);
  }

  /** Tells the client that it may have missed something: without an id, so that it still comes back with its own. */
  tellResync(lastId: string): void {
    const data = lastId.slice(0, MAX_ID);
    this.#queue.write([blocksOf(encodeEvent({ event: 'resync', data }), 1)]);
  }

  /** Sends live entries, unless the client has them; buffers them while it is sent the history. */
  send(batch: Batch): void {
    const buffer = this.#buffer;
    if (!buffer) {
      this.#sendNew(batch);
    } else if (buffer.isOver || buffer.size + batch.size > MAX_BUFFERED) {
      buffer.isOver = true;
    } else {
      buffer.batches.push(batch);
      buffer.size += batch.size;
    }
  }

  /** Notes that live entries are missing, or that others begin, with lower ids perhaps. */
  noteGap(lastId: EntryId): void {
    if (this.#buffer) {
      // The history shows it, page by page.
      this.#buffer.isOver = true;
      return;
    }
    this.#cursor = BEFORE_ALL;
    this.tellResync(lastId);
  }

  comment(): void {
    this.#queue.write(COMMENT);
  }

  /** Stops it; nothing more is sent. */
  stop(): void {
    this.#isStopped = true;
    this.#buffer = undefined;
    this.#queue.close();
  }

  async #catchUp(from: EntryId | undefined): Promise<void> {
    let id = from;
    while (!this.#isStopped) {
      if (this.#buffer?.isOver) this.#buffer = { batches: [], size: 0, isOver: false };
      const page = await this.#readPage(id);
      if (!page || this.#isStopped) continue;
      if (page.gap !== undefined) this.tellResync(id ?? '');
      const batch = batchOf(page.entries);
      this.#queue.write(batch?.pieces ?? []);
      id = batch?.last ?? (page.gap === 'unknown' ? BEFORE_ALL : id);
      // Entries that were added before Redis was asked have come with the page, and all others are in the buffer.
      if (page.isLast && !this.#buffer?.isOver) break;
      await this.#queue.empty();
    }
    this.#goLive(id ?? BEFORE_ALL);
  }

  /** Resolves with a page, and the gap before it; undefined if Redis is gone: then it is back, or the client has left. */
  async #readPage(id: EntryId | undefined) {
    try {
      const page = await this.#stream.page(id);
      if (page.isSeamless || id === undefined) return { ...page, gap: undefined };
      const gap = gapBehind(id, await this.#stream.history());
      // Entries of a history that doesn't know the id: none is resumed behind, those that come now follow.
      return gap === 'unknown' ? { entries: [], isLast: true, gap } : { ...page, gap };
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      await this.#stream.commands.up();
      const isWaiting = error.failure === 'refused' || !this.#stream.isUp;
      await pause(isWaiting ? REFUSED_PAUSE : 0, undefined, { ref: false });
      return undefined;
    }
  }

  #goLive(id: EntryId): void {
    if (this.#isStopped) return;
    this.#cursor = id;
    const batches = this.#buffer?.batches ?? [];
    this.#buffer = undefined;
    for (const batch of batches) this.#sendNew(batch);
  }

  #sendNew(batch: Batch): void {
    const isNew = compareIds(batch.first, this.#cursor) > 0;
    const rest = isNew ? batch : batchOf(batch.entries.filter(({ id }) => compareIds(id, this.#cursor) > 0));
    if (!rest) return;
    this.#cursor = rest.last;
    this.#queue.write(rest.pieces);
  }
}

function blocksOf(text: string, events: number): Blocks {
  return { bytes: Buffer.from(text), events };
}
