import { ReadingLimit } from '../../turns/readingLimit';
import type { Turns } from '../../turns/turns';
import { encodeEntries } from './entries/encodeEntries';
import { type EncodedEntry, type Entry, type EntryEvent, fieldsOf } from './entries/entry';
import { compareIds, type EntryId, readEntryId } from './entries/entryId';
import { Gate } from './gate';
import { EMPTY, type History } from './history';
import type { RedisAddress } from './link/redisAddress';
import { RedisError } from './link/redisError';
import { RedisLink } from './link/redisLink';
import { LargeReply, type RedisReply } from './link/redisReply';
import { PageSize } from './pageSize';

export interface RedisStreamOptions {
  address: RedisAddress;
  /** Name of the stream: the key in Redis. */
  stream: string;
  /** Number of entries that are kept about, when one is added. */
  keep: number;
  /** Time that a command may take, in milliseconds. */
  timeout: number;
  /** Time that the reading connection waits for entries at a time, in milliseconds: so a dead one is noticed. */
  block: number;
  /** Turns in which replies are read, and entries encoded. */
  turns: Turns;
  /** Called with a sentence when Redis is gone, or refuses; with undefined when it is back. */
  onProblem(reason: string | undefined): void;
}

/** A part of the history behind an id. */
export interface Page {
  entries: readonly EncodedEntry[];
  /** Whether the id itself is still kept, and so all behind it. */
  isSeamless: boolean;
  /** Whether no entry followed when Redis was asked. */
  isLast: boolean;
}

/** A Redis stream, over two connections: one for commands, and one that waits for entries. */
export class RedisStream {
  readonly commands: RedisLink;
  readonly waiting: RedisLink;
  readonly #options: RedisStreamOptions;
  readonly #size = new PageSize();
  readonly #gate = new Gate(() => this.#size.pages);

  constructor(options: RedisStreamOptions) {
    this.#options = options;
    const { address, turns, onProblem } = options;
    const limit = new ReadingLimit(turns);
    let hasProblem = false;
    const onUp = () => {
      if (!hasProblem || !this.commands.isUp || !this.waiting.isUp) return;
      hasProblem = false;
      onProblem(undefined);
    };
    const onDown = (reason: string) => {
      hasProblem = true;
      onProblem(reason);
    };
    this.commands = new RedisLink({ address, limit, onUp, onDown });
    this.waiting = new RedisLink({ address, limit, onUp });
  }

  /** Whether entries can be added, as far as is known. */
  get isUp(): boolean {
    return this.commands.isUp;
  }

  /** Connects the first time. Resolves with the history. @throws {RedisError} if that fails, or the key is no stream */
  async open(): Promise<History> {
    try {
      await Promise.all([this.commands.open(), this.waiting.open()]);
      return await this.history();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Closes both connections. May be called more than once. */
  close(): void {
    this.commands.close();
    this.waiting.close();
  }

  /** Adds events: all, or none. Resolves with their ids. @throws {RedisError} */
  async add(events: readonly EntryEvent[]): Promise<readonly EntryId[]> {
    const { stream, keep, timeout } = this.#options;
    // All of them at least: waiting readers are served behind the last one, and would miss what is trimmed away by then.
    const kept = String(Math.max(keep, events.length));
    const commands = events.map((event) => [...['XADD', stream, 'MAXLEN', '~', kept, '*'], ...fieldsOf(event)]);
    const reply = await this.commands.send(commands, timeout);
    return [reply].flat().map(idOf);
  }

  /** Resolves with the ends of the history. @throws {RedisError} */
  async history(): Promise<History> {
    const { stream, timeout } = this.#options;
    try {
      // It brings the first entry and the last one.
      return await this.#gate.run(async () =>
        historyOf(await this.commands.send([['XINFO', 'STREAM', stream]], timeout)),
      );
    } catch (error) {
      if (error instanceof RedisError && error.message.includes('no such key')) return EMPTY;
      throw error;
    }
  }

  /** Resolves with the entries behind an id, up to a number. @param id undefined: from the first one @throws {RedisError} */
  page(id: EntryId | undefined): Promise<Page> {
    const { stream, timeout } = this.#options;
    return this.#gate.run(async () => {
      for (;;) {
        const { count } = this.#size;
        const command = ['XRANGE', stream, id ?? '-', '+', 'COUNT', String(count + 1)];
        const reply = await this.commands.send([command], timeout).catch((error: unknown) => {
          // Perhaps it was too large to come in time.
          if (error instanceof RedisError && error.failure === 'unsure') this.#size.noteTooLarge(count);
          throw error;
        });
        const found = await this.#entriesOf(reply, count);
        if (!found) continue;
        const isSeamless = id === undefined || found[0]?.id === id;
        const entries = id === undefined ? found : found.filter((entry) => compareIds(entry.id, id) > 0);
        // A Redis that sends the same page for each id would be asked for ever.
        return { entries, isSeamless, isLast: found.length <= count || entries.length === 0 };
      }
    });
  }

  /**
   * Waits for entries behind an id, on the connection for that. `isKept` says whether the id itself is still kept, at the time
   * when the waiting begins; it resolves first.
   */
  next(id: EntryId): { isKept: Promise<boolean>; entries: Promise<readonly EncodedEntry[]> } {
    const { stream, timeout, block } = this.#options;
    // Both leave together.
    const kept = this.waiting.send([['XRANGE', stream, id, id, 'COUNT', '1']], timeout);
    const { count } = this.#size;
    const command = ['XREAD', 'COUNT', String(count), 'BLOCK', String(block), 'STREAMS', stream, id];
    const read = this.waiting.send([command], block + timeout);
    const entries = read.then(async (reply) => {
      const [first = null] = isList(reply) ? reply : [reply];
      // Where the reply was too large, the next one is of fewer.
      return (await this.#entriesOf(isList(first) ? (first[1] ?? null) : first, count)) ?? [];
    });
    // Whoever waits for the first one learns of the connection's end from that.
    entries.catch(() => undefined);
    return { isKept: kept.then((reply) => isList(reply) && reply.length > 0), entries };
  }

  /**
   * Resolves with the entries of a reply; with undefined if it was too large to be kept, and fewer are to be asked for.
   * @param asked number of entries that were asked for, or one less
   */
  async #entriesOf(reply: RedisReply, asked: number): Promise<EncodedEntry[] | undefined> {
    if (reply instanceof LargeReply) {
      if (asked <= 1) throw new RedisError('Redis has sent more than it was asked for.', 'refused');
      this.#size.noteTooLarge(asked, reply.size);
      return undefined;
    }
    const found = isList(reply) ? reply.map(entryOf) : [];
    // The size as it came: of an entry that is too large, a sentence is sent.
    this.#size.note(
      found.length,
      found.reduce((sum, entry) => sum + sizeOf(entry), 0),
    );
    return encodeEntries(found, this.#options.turns);
  }
}

function entryOf(reply: RedisReply): Entry {
  const [id = null, fields = null] = isList(reply) ? reply : [];
  if (fields instanceof LargeReply) return { id: idOf(id), fields: [], large: fields };
  return { id: idOf(id), fields: isList(fields) ? fields.map(String) : [] };
}

function sizeOf({ fields, large }: Entry): number {
  return large?.size ?? fields.reduce((size, text) => size + text.length, 0);
}

function idOf(reply: RedisReply): EntryId {
  const id = typeof reply === 'string' ? readEntryId(reply) : undefined;
  if (id === undefined)
    throw new RedisError('Redis has replied with no id. Is it a Redis of version 5 or later?', 'refused');
  return id;
}

function historyOf(reply: RedisReply): History {
  const pairs = isList(reply) ? reply : [];
  const value = (name: string) => {
    const at = pairs.indexOf(name);
    return at < 0 ? undefined : pairs[at + 1];
  };
  const [length, added, first] = [value('length'), value('entries-added'), value('first-entry')];
  return {
    length: typeof length === 'number' ? length : 0,
    added: typeof added === 'number' ? added : undefined,
    first: isList(first ?? null) ? entryOf(first ?? null).id : undefined,
    last: idOf(value('last-generated-id') ?? null),
  };
}

function isList(reply: RedisReply | undefined): reply is readonly RedisReply[] {
  return Array.isArray(reply);
}
