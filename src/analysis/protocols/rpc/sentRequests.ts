import type { Answer } from '../answer/answer';
import { fullText, type JsonObject, type Maybe, objectIn } from '../json/json';
import { isMcpMessage } from './messageKinds';

/** Maximum number of requests in a batch. */
const MAX_BATCH = 1000;

/** Requests that a client sends in one body, and which of them wait for their responses. */
export class SentRequests {
  readonly #requests: readonly JsonObject[];
  /** Ids as JSON, of those without a response. */
  readonly #awaited: Set<string>;

  /** @param body of the request as JSON; undefined if there is none */
  constructor(body: Maybe) {
    const messages = Array.isArray(body) ? body.slice(0, MAX_BATCH) : [body];
    this.#requests = messages.flatMap((one) => {
      const message = objectIn(one);
      if (message?.['jsonrpc'] !== '2.0' || !fullText(message['method'])) return [];
      return rpcId(message['id']) === undefined ? [] : [message];
    });
    this.#awaited = new Set(this.#requests.flatMap(({ id }) => rpcId(id) ?? []));
  }

  /** Adds them to the answer that begins, before all that the stream says: they came with no event. */
  addTo(answer: Answer): void {
    for (const request of this.#requests) {
      const item = answer.newItem('message');
      answer.name(item, request['method']);
      answer.identify(item, rpcId(request['id']));
      const { params } = request;
      if (params !== undefined) answer.setValue(item, params);
      [item.first, item.last] = [0, 0];
      if (answer.protocol === 'json-rpc' && isMcpMessage(request)) answer.protocol = 'mcp';
    }
  }

  /** Notes a response. Returns whether no request waits for one any more. */
  noteResponse(id: Maybe): boolean {
    const key = rpcId(id);
    // A server that can't read a request responds to none.
    if (key === undefined) return true;
    this.#awaited.delete(key);
    return this.#awaited.size === 0;
  }
}

/** Returns the id of a message as JSON: the number 1 isn't the text 1. Undefined if it has none. */
export function rpcId(id: Maybe): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? JSON.stringify(id) : undefined;
}
