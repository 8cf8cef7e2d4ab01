import type { ConnectionEvidence, EndEvidence, RequestEvidence } from '../../analysis/evidence/evidence';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamNote, StreamProgress } from '../../stream/streamNote';
import type { StreamFormat } from '../../stream/streamParser';
import { ownText } from '../../text/ownText';
import { CodingError } from '../http/coding/codingError';
import type { End } from '../http/end';
import type { Exchange } from '../http/exchange';
import type { Redirect } from '../http/redirect';
import type { ChunkLog } from './chunkLog';
import { EventLog } from './eventLog';
import { headEvidence } from './headEvidence';
import { TextNotes } from './textNotes';

/** Maximum length of a redirect's URL, in UTF-16 code units. */
const MAX_URL = 1000;

export interface ConnectionRecordOptions {
  /** Number of the connection, from 1. */
  number: number;
  /** Time of the request, by the clock of `now`. */
  requestedAt: number;
  request: RequestEvidence;
  /** Position of the first byte that will come. */
  position: number;
  chunks: ChunkLog;
  /** Returns the time since the first request, in milliseconds. */
  now(): number;
}

/** A record of one connection: its request, its response, and its end. */
export class ConnectionRecord {
  readonly #options: ConnectionRecordOptions;
  readonly #events = new EventLog();
  readonly #text: TextNotes;
  readonly #received = { chunks: 0, bytes: 0 };
  #position: number;
  #head: ConnectionEvidence['head'];
  #redirects: ConnectionEvidence['redirects'] = [];
  #end: EndEvidence | undefined;
  /** Times of the last chunk without content codings, and of the one before, since the request. */
  #chunkAt = 0;
  #previousAt = 0;
  #chunkPosition: number;

  constructor(options: ConnectionRecordOptions) {
    this.#options = options;
    [this.#position, this.#chunkPosition] = [options.position, options.position];
    this.#text = new TextNotes(options.position);
  }

  get #now(): number {
    return this.#options.now() - this.#options.requestedAt;
  }

  /** Position behind the last byte of the stream. */
  get position(): number {
    return this.#position;
  }

  response(response: Exchange, format: StreamFormat | undefined): void {
    this.#head = headEvidence(response, format, this.#now);
    this.#redirects = hops(response.redirects);
  }

  received(chunk: Uint8Array): void {
    this.#received.chunks += 1;
    this.#received.bytes += chunk.length;
    this.#options.chunks.add(this.#options.number, chunk, this.#options.now());
  }

  /** Notes the next bytes of a stream, without content codings. */
  bytes(chunk: Uint8Array): void {
    if (!this.#head?.isStream) return;
    [this.#previousAt, this.#chunkAt] = [this.#chunkAt, this.#now];
    this.#chunkPosition = this.#position;
    this.#text.bytes(chunk);
    this.#position += chunk.length;
  }

  event(event: IncomingEvent): void {
    this.#text.event(event);
    const chunk = { position: this.#chunkPosition, gap: this.#chunkAt - this.#previousAt };
    this.#events.add(event, this.#chunkAt, chunk);
  }

  note(note: StreamNote): void {
    this.#text.note(note, this.#now);
  }

  parsed(progress: StreamProgress): void {
    this.#text.parsed(progress, this.#chunkAt);
  }

  /** Notes the end; does nothing if it has ended. */
  end(end: End): void {
    if (end.cause === 'network') this.#redirects = hops(end.redirects);
    this.#over(this.#causeOf(end), end);
  }

  /** Notes that we closed it; does nothing if it has ended. */
  leave(): void {
    this.#over('left');
  }

  snapshot(): ConnectionEvidence {
    const { number, requestedAt, request, chunks } = this.#options;
    return {
      number,
      requestedAt,
      request,
      redirects: this.#redirects,
      head: this.#head,
      received: { ...this.#received },
      chunks: chunks.of(number, this.#received.chunks, requestedAt),
      eventCount: this.#events.count,
      events: this.#events.events(),
      types: this.#events.types(),
      text: this.#text.snapshot(),
      end: this.#end,
    };
  }

  #causeOf(end: End): EndEvidence['cause'] {
    if (end.cause === 'network') return this.#head && !(end.error instanceof CodingError) ? 'cut' : 'failed';
    return end.cause === 'response' && end.failure ? 'cut' : 'end';
  }

  #over(cause: EndEvidence['cause'], end?: End): void {
    const error = end?.cause === 'network' ? end.error : end?.cause === 'response' ? end.failure : undefined;
    const code = error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    this.#end ??= { at: this.#now, cause, ...(code !== undefined && { code }), unfinished: this.#text.isUnfinished };
  }
}

function hops(redirects: readonly Redirect[]): ConnectionEvidence['redirects'] {
  return redirects.map(({ status, url }) => ({ status, url: ownText(url, MAX_URL) }));
}
