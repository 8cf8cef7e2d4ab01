import { get } from 'node:http';
import type { RelayEvent } from '../../messages/counter';
import { EventStreamParser } from '../../stream/parse';

/** More of a refusal's text than this is not shown, in characters. */
const MAX_REASON = 500;

/**
 * Reads the session's own stream in the extension host, for a page that can't reach it: private ports of Codespaces and
 * browsers that keep pages from loopback are such cases.
 */
export class Relay {
  readonly #controller = new AbortController();

  /** @param url the stream, as this machine reaches it */
  constructor(url: string, onEvent: (event: RelayEvent) => void) {
    const { signal } = this.#controller;
    let reason: string | undefined;
    const request = get(url, { agent: false, signal }, (response) => {
      if (response.statusCode === 200) {
        onEvent({ name: 'open' });
        const parser = new EventStreamParser(({ event, data }) => {
          // As a page's onmessage: events of another type aren't for it.
          if (event === 'message') onEvent({ name: 'message', data });
        });
        response.on('data', (chunk: Uint8Array) => signal.aborted || parser.feed(chunk));
      } else {
        reason = `HTTP ${response.statusCode}. `;
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          reason = `${reason}${chunk}`.slice(0, MAX_REASON);
        });
      }
    });
    // What failed is told by the end that follows: the page tries again.
    request.on('error', () => request.destroy());
    request.once('close', () => {
      if (signal.aborted) return;
      onEvent(reason === undefined ? { name: 'error' } : { name: 'error', reason: reason.trim() });
    });
  }

  /** Leaves the stream; nothing is reported after this. Twice is fine. */
  close(): void {
    this.#controller.abort();
  }
}
