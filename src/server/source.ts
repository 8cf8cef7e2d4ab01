import type { Turns } from '../turns/turns';
import type { Play } from './http/connection';
import type { Refusal } from './http/refusal';
import type { Bodies } from './publish/bodies';
import type { Publisher } from './publish/publisher';

/** What a server streams, and what it takes. */
export interface StreamSource {
  /** The method that a stream is asked for with. Default: GET, and HEAD for its headers. */
  readonly streamMethod?: 'GET' | 'POST';
  /** The types of its events beside `message`, for the page on `/`. Default: none. */
  readonly eventTypes?: Iterable<string>;
  readonly openStream: OpenStream;
  /** Makes what publishes on every connection; by the source, so that one without it needn't load how. Default: nothing can be published. */
  readonly newPublisher?: (bodies: Bodies, turns: Turns) => Publisher;
}

/**
 * Decides about a request for a stream from its query string (without `?`) and the id that the client has seen last;
 * `forHead`: only its head is asked for.
 */
export type OpenStream = (query: string, lastEventId: string | undefined, forHead?: boolean) => StreamAnswer;

/** What a request for a stream is answered with: a stream, or a status and a sentence for the client. */
export type StreamAnswer = { status: 200; play: Play } | Refusal;
