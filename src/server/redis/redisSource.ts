import { KEEP_ALIVE_INTERVAL } from '../../stream/encode';
import type { Turns } from '../../turns/turns';
import { StreamConnection } from '../control/streamConnection';
import { DRAIN_TIMEOUT } from '../http/blockWriter';
import { QueuedBytes } from '../http/queuedBytes';
import { STREAM_PATH } from '../oneStream';
import type { OpenedConnection, PathStream, Publication, Refusal, Stored, StreamSink, StreamSource } from '../source';
import type { Batch } from './entries/batch';
import type { EntryEvent } from './entries/entry';
import { entryEvents } from './entries/entryEvents';
import { type EntryId, readEntryId } from './entries/entryId';
import { KnownTypes } from './entries/knownTypes';
import { Follower } from './follower';
import type { History } from './history';
import { RedisError } from './link/redisError';
import type { RedisStream } from './redisStream';
import { Tail } from './tail';

/** Maximum number of events of a publication: Redis adds all of them at once, and nobody else is served meanwhile. */
const MAX_EVENTS = 10_000;
/** `Retry-After` while Redis is gone, in seconds. */
const RETRY_AFTER = 2;
/** Number of clients that are sent a comment in a turn. */
const COMMENTS = 64;

export interface RedisSourceOptions {
  stream: RedisStream;
  /** The history when it was connected. */
  history: History;
  /** Whether a client without an id gets all that is kept; else what comes from now on. */
  fromStart: boolean;
  turns: Turns;
  /** Time between comments that keep streams open, in milliseconds. Default: 15,000. */
  commentInterval?: number | undefined;
  /** Time a client may take to drain its socket, in milliseconds. Default: 30,000. */
  drainTimeout?: number | undefined;
  /** Called when a connection was opened, before anything is sent on it. Default: none. */
  onOpen?(connection: OpenedConnection, sink: StreamSink): void;
  /** Called when something was published here, with the number of connections that are open here. Default: none. */
  onPublish?(publication: Publication, connections: number): void;
  /** Called for a failure that ends the reading: one of ours. */
  onError(error: unknown): void;
}

/** A source over a Redis stream: each server that has one sends the same events, with the same ids. */
export class RedisSource implements StreamSource {
  readonly main: PathStream;
  readonly streams: readonly PathStream[];
  readonly #options: RedisSourceOptions;
  readonly #followers = new Map<Follower, OpenedConnection>();
  readonly #types = new KnownTypes(['resync', 'omitted']);
  readonly #queuedBytes = new QueuedBytes();
  readonly #tail: Tail;
  readonly #comments: NodeJS.Timeout;
  #lastId = 0;

  constructor(options: RedisSourceOptions) {
    this.#options = options;
    const types = this.#types;
    const { stream, history, commentInterval = KEEP_ALIVE_INTERVAL } = options;
    this.main = {
      path: STREAM_PATH,
      methods: ['GET'],
      get eventTypes() {
        return types.all;
      },
      readsBody: false,
      openStream: ({ lastEventId = '' }) => ({ status: 200, play: (sink) => this.#play(sink, lastEventId) }),
    };
    this.streams = [this.main];
    this.#tail = new Tail({
      stream,
      history,
      onBatch: (batch) => this.#send(batch),
      onGap: (lastId) => this.#noteGap(lastId),
    });
    this.#comments = setInterval(() => this.#comment(), commentInterval);
    this.#tail.run().catch(options.onError);
  }

  /** The open connections, the oldest first. */
  get openConnections(): readonly OpenedConnection[] {
    return [...this.#followers.values()];
  }

  streamOn(path: string): PathStream | undefined {
    return path === STREAM_PATH ? this.main : undefined;
  }

  /** Stores a publication for the clients of all servers. */
  readonly publish = async (publication: Publication): Promise<Stored | Refusal> => {
    if (publication.ids.length > 0)
      return { status: 400, reason: 'Redis gives the ids of this stream: publish events without an id.' };
    const events = await entryEvents(publication.bytes, this.#options.turns);
    if (events.length === 0) return { status: 400, reason: 'There is no event in it: an event has data.' };
    if (events.length > MAX_EVENTS)
      return { status: 413, reason: `At most ${MAX_EVENTS} events can be published at once.` };
    try {
      const ids = await this.add(events);
      this.#options.onPublish?.(publication, this.#followers.size);
      const [last = ''] = ids.slice(-1);
      return { text: ids.length === 1 ? `Stored as ${last}.` : `Stored ${ids.length} events, the last as ${last}.` };
    } catch (error) {
      if (error instanceof RedisError) return refusalOf(error);
      throw error;
    }
  };

  /** Stores events for the clients of all servers: all, or none. Resolves with their ids. @throws {RedisError} */
  add(events: readonly EntryEvent[]): Promise<readonly EntryId[]> {
    return this.#options.stream.add(events);
  }

  /** Stops reading, and closes the connections to Redis. May be called more than once. */
  close(): void {
    clearInterval(this.#comments);
    this.#tail.close();
    this.#options.stream.close();
  }

  #play(sink: StreamSink, lastEventId: string): () => void {
    const { stream, fromStart, drainTimeout = DRAIN_TIMEOUT, onOpen } = this.#options;
    const connection = new StreamConnection(++this.#lastId, sink, lastEventId);
    const follower = new Follower(sink, stream, { queuedBytes: this.#queuedBytes, drainTimeout });
    this.#followers.set(follower, connection);
    onOpen?.(connection, sink);
    const id = readEntryId(lastEventId);
    if (id !== undefined) {
      follower.resume(id);
    } else if (fromStart && lastEventId === '') {
      follower.resume(undefined);
    } else {
      if (lastEventId !== '') follower.tellResync(lastEventId);
      follower.begin(this.#tail.position);
    }
    return () => {
      follower.stop();
      connection.close();
      this.#followers.delete(follower);
    };
  }

  /** Sends entries to the clients that are there, in turns: a megabyte to a thousand of them takes a second. */
  async #send(batch: Batch): Promise<void> {
    const { turns } = this.#options;
    for (const { type } of batch.entries) this.#types.add(type);
    for (const [index, follower] of [...this.#followers.keys()].entries()) {
      if (index > 0 && turns.isOver) await turns.next();
      follower.send(batch);
    }
  }

  #noteGap(lastId: EntryId): void {
    for (const follower of this.#followers.keys()) follower.noteGap(lastId);
  }

  #comment(): void {
    const all = [...this.#followers.keys()];
    for (let at = 0; at < all.length; at += COMMENTS) {
      const some = all.slice(at, at + COMMENTS);
      this.#options.turns.add(() => {
        for (const follower of some) follower.comment();
      });
    }
  }
}

function refusalOf({ failure, message }: RedisError): Refusal {
  if (failure === 'refused') return { status: 502, reason: message };
  const advice =
    failure === 'unsent'
      ? 'Nothing was published. Publish again later.'
      : 'It may have been published: look at the stream before it is published again.';
  return { status: 503, reason: `${message} ${advice}`, retryAfter: RETRY_AFTER };
}
