import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Turns } from '../../turns/turns';
import { BadOptionError } from '../http/query';
import type { Reply } from '../http/reply';
import type { Publish } from '../source';
import type { Bodies } from './bodies';
import { BadPublicationError, RETRY_AFTER, readPublication } from './publication';

const TOO_MUCH_QUEUED = 'Too much is queued behind an event in progress. Retry later.';

/** Handler of requests that publish on a server's streams. */
export class Publisher {
  readonly #publish: Publish;
  readonly #bodies: Bodies;
  readonly #turns: Turns;

  constructor(publish: Publish, bodies: Bodies, turns: Turns) {
    this.#publish = publish;
    this.#bodies = bodies;
    this.#turns = turns;
  }

  /** Publishes a request's events, and responds. Rejects with errors that the client hasn't caused. */
  async take(request: IncomingMessage, response: ServerResponse, reply: Reply, query: string): Promise<void> {
    try {
      const publication = await readPublication(request, response, query, { bodies: this.#bodies, turns: this.#turns });
      // A client that has disconnected gets no response.
      if (!publication || response.destroyed) return;
      const count = this.#publish(publication);
      if (count === undefined) throw new BadPublicationError(503, TOO_MUCH_QUEUED, RETRY_AFTER);
      reply.send(200, `Sent on ${count} ${count === 1 ? 'connection' : 'connections'}.\n`);
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
}
