import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Turns } from '../../turns/turns';
import { BadOptionError } from '../http/query';
import { quote } from '../http/quote';
import type { Reply } from '../http/reply';
import type { PathStream, Refusal, Stored, StreamSource } from '../source';
import type { Bodies } from './bodies';
import { BadPublicationError, RETRY_AFTER, readPublication } from './publication';

const TOO_MUCH_QUEUED = 'Too much is queued behind an event in progress. Retry later.';

/** Handler of requests that publish on a server's streams. */
export class Publisher {
  readonly #source: StreamSource;
  readonly #bodies: Bodies;
  readonly #turns: Turns;

  constructor(source: StreamSource, bodies: Bodies, turns: Turns) {
    this.#source = source;
    this.#bodies = bodies;
    this.#turns = turns;
  }

  /**
   * Publishes a request's events, and responds. Rejects with errors that the client hasn't caused.
   * @param given `query`: without `?`; `stream`: the stream whose path it came on; undefined if it is for all, or for that which its query names
   */
  async take(
    request: IncomingMessage,
    response: ServerResponse,
    reply: Reply,
    { query, stream }: { query: string; stream: PathStream | undefined },
  ): Promise<void> {
    try {
      const publication = await readPublication(request, response, query, { bodies: this.#bodies, turns: this.#turns });
      // A client that has disconnected gets no response.
      if (!publication || response.destroyed) return;
      const outcome = await this.#source.publish?.(publication, stream ?? this.#named(publication.path));
      if (typeof outcome === 'object') {
        if (!response.destroyed) answer(reply, outcome);
        return;
      }
      if (outcome === undefined) throw new BadPublicationError(503, TOO_MUCH_QUEUED, RETRY_AFTER);
      reply.send(200, `Sent on ${outcome} ${outcome === 1 ? 'connection' : 'connections'}.\n`);
    } catch (error) {
      if (response.destroyed) return;
      this.#bodies.skip(request);
      if (error instanceof BadPublicationError) {
        const { status, message: reason, retryAfter } = error;
        reply.refuse({ status, reason, retryAfter }, { Connection: 'close' });
      } else if (error instanceof BadOptionError) {
        reply.refuse({ status: 400, reason: error.message });
      } else {
        throw error;
      }
    }
  }

  /** Returns the stream that a query names; undefined if it names none. @throws {BadOptionError} if there is no such stream */
  #named(path: string | undefined): PathStream | undefined {
    if (path === undefined) return undefined;
    const stream = this.#source.streamOn(path);
    if (!stream)
      throw new BadOptionError(`The option "path" takes the path of a stream. There is none on ${quote(path)}.`);
    return stream;
  }
}

function answer(reply: Reply, outcome: Stored | Refusal): void {
  if ('text' in outcome) reply.send(200, `${outcome.text}\n`);
  else reply.refuse(outcome);
}
