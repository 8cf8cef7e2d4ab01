import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request for a completion, and the stream of its response. */
export interface Completion {
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Resolves when the client has disconnected, or the stream was broken. */
  closed: Promise<unknown>;
  /** Breaks the stream, like a network failure. */
  break(): void;
}

/**
 * A server like the big LLM APIs: it streams tokens, each an event with an id, until it is broken. By its JSON it is of no
 * known protocol, so that a panel shows its events, and not what they say.
 */
export class LlmServer {
  readonly completions: Completion[] = [];
  /** Time between tokens, in milliseconds. */
  readonly #pace: number;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(pace: number) {
    this.#pace = pace;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/chat/completions`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const closed = once(response, 'close');
    const { method = '', headers } = request;
    this.completions.push({ method, headers, body, closed, break: () => response.socket?.resetAndDestroy() });
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(': ready\nretry: 300\n\n');
    let number = Number(headers['last-event-id'] ?? 0);
    const timer = setInterval(() => {
      number += 1;
      const event = number % 10 === 0 ? 'event: ping\n' : '';
      response.write(`${event}id: ${number}\ndata: {"tokens":[{"delta":{"content":"token ${number}"}}]}\n\n`);
    }, this.#pace);
    response.once('close', () => clearInterval(timer));
  }
}
