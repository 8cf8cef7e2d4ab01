import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Turns } from '../../turns/turns';
import { REFUSED_TIMES, RETRY_AFTER, WAIT_TIMEOUT } from '../defaults';
import { BadOptionError, Query } from '../http/query';
import type { Reply } from '../http/reply';
import { isOfPage } from '../publish/pages';
import type { SourceControl } from '../source';
import { ClosedError, WaitTimeoutError } from '../wait';
import { askedRefusal } from './askedRefusal';
import { connectionJson, sendConnections } from './connectionRows';

/** Maximum number of requests that wait for a connection at a time. */
const MAX_WAITS = 100;

const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache' };
const TOO_MANY_REFUSALS = `At most ${REFUSED_TIMES.maximum} requests can be refused in advance, with those that are already.`;
const FORBIDDEN = 'Web pages can’t control this server; programs can, as curl.';

/** Handler of requests that list, drop and refuse a source's connections. */
export class Controller {
  readonly #control: SourceControl;
  readonly #turns: Turns;
  #waits = 0;

  constructor(control: SourceControl, turns: Turns) {
    [this.#control, this.#turns] = [control, turns];
  }

  /** Does what a request asks for, and responds. Rejects with errors that the client hasn't caused. */
  async take(
    { request, response, reply }: { request: IncomingMessage; response: ServerResponse; reply: Reply },
    path: string,
    query: string,
  ): Promise<void> {
    if (isOfPage(request)) return reply.refuse({ status: 403, reason: FORBIDDEN });
    try {
      if (path === '/drop') await this.#drop(reply, query);
      else if (path === '/refuse') this.#refuse(reply, query);
      else await this.#list(request, response, reply, query);
    } catch (error) {
      if (!(error instanceof BadOptionError)) throw error;
      reply.refuse({ status: 400, reason: error.message });
    }
  }

  async #list(request: IncomingMessage, response: ServerResponse, reply: Reply, text: string): Promise<void> {
    const query = new Query(text, ['wait', 'timeout']);
    const isWait = query.single('wait', '1', (value) => value === '1' || undefined) ?? false;
    const timeout = readTimeout(query);
    if (!isWait && timeout !== undefined) throw new BadOptionError('The option "timeout" needs wait=1.');
    if (!isWait) await sendConnections(this.#control.openConnections, reply.head(200, JSON_HEADERS), this.#turns);
    else if (this.#waits >= MAX_WAITS)
      reply.refuse({ status: 503, reason: `Too many waits at once (limit ${MAX_WAITS}).`, retryAfter: 1 });
    else await this.#wait(request, response, reply, 1000 * (timeout ?? WAIT_TIMEOUT.default));
  }

  /** Waits for a connection as long as the client does: if that leaves, the next call gets the connection. */
  async #wait({ socket }: IncomingMessage, response: ServerResponse, reply: Reply, timeout: number): Promise<void> {
    const left = new AbortController();
    response.once('close', () => left.abort());
    // The wait may be longer than an inactive socket is kept.
    socket.setTimeout(0);
    this.#waits += 1;
    try {
      const connection = await this.#control.nextConnection({ timeout, signal: left.signal });
      reply.send(200, `[${connectionJson(connection)}]\n`, JSON_HEADERS);
    } catch (error) {
      if (left.signal.aborted) return;
      // No refusal: nothing is wrong with the request. Browsers and proxies send it again on a connection that stays open.
      if (error instanceof WaitTimeoutError) reply.send(408, `${error.message}\n`, { Connection: 'close' });
      else if (error instanceof ClosedError) reply.send(503, `${error.message}\n`, { Connection: 'close' });
      else throw error;
    } finally {
      this.#waits -= 1;
    }
  }

  async #drop(reply: Reply, query: string): Promise<void> {
    const id = new Query(query, ['id']).wholeNumber('id', 1, Number.MAX_SAFE_INTEGER);
    if (id !== undefined && !this.#control.drop(id))
      return reply.refuse({
        status: 404,
        reason: `Connection ${id} is not open. GET /connections lists those that are.`,
      });
    const count = id === undefined ? await this.#control.dropAll() : 1;
    reply.send(200, `Dropped ${count} ${count === 1 ? 'connection' : 'connections'}.\n`);
  }

  #refuse(reply: Reply, text: string): void {
    const query = new Query(text, ['status', 'retryAfter', 'times']);
    const status = query.single('status', '204 or 400 to 599', readStatus) ?? 503;
    const retryAfter = query.wholeNumber('retryAfter', RETRY_AFTER.minimum, RETRY_AFTER.maximum, ' of seconds');
    const times = query.wholeNumber('times', REFUSED_TIMES.minimum, REFUSED_TIMES.maximum) ?? REFUSED_TIMES.default;
    const all = this.#control.refuseNext(askedRefusal(status, retryAfter), times);
    if (all === undefined) reply.refuse({ status: 409, reason: TOO_MANY_REFUSALS });
    else reply.send(200, `${refusedText(status, times, all)}\n`);
  }
}

/** Returns a sentence about requests that will be refused. @param all their number, with those that were asked for before */
function refusedText(status: number, times: number, all: number): string {
  const [requests, get] = times === 1 ? ['request', 'gets'] : [`${times} requests`, 'get'];
  if (all === times) return `The next ${requests} ${get} ${status}.`;
  return `After ${all - times} that are refused already, the next ${requests} ${get} ${status}.`;
}

function readTimeout(query: Query): number | undefined {
  const { minimum, maximum } = WAIT_TIMEOUT;
  return query.single('timeout', `a number of seconds from ${minimum} to ${maximum}`, (value) => {
    const seconds = /^\d{1,4}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
    return seconds >= minimum && seconds <= maximum ? seconds : undefined;
  });
}

function readStatus(value: string): number | undefined {
  return /^(204|[45]\d\d)$/.test(value) ? Number(value) : undefined;
}
