import { get } from 'node:http';
import type { RelayEvent } from '../../messages/counter';
import { EventStreamParser } from '../../stream/parse';

/** Maximum length of a refusal's text that is shown, in characters. */
const MAX_REASON = 500;

/**
 * Reads the session's own stream in the extension host, for a page that can't reach it, as with private ports of Codespaces
 * and browsers that block pages from loopback addresses.
 */
export class Relay {
  readonly #controller = new AbortController();

  /** @param url the stream as reached from this machine */
  constructor(url: string, onEvent: (event: RelayEvent) => void) {
    const { signal } = this.#controller;
    let reason: string | undefined;
    const request = get(url, { agent: false, signal }, (response) => {
      if (response.statusCode === 200) {
        onEvent({ name: 'open' });
        const parser = new EventStreamParser(({ event, data }) => {
          // Like a page's onmessage, which gets no events of another type.
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
    // The failure is reported with the `close` that follows; the page tries again.
    request.on('error', () => request.destroy());
    request.once('close', () => {
      if (signal.aborted) return;
      onEvent(reason === undefined ? { name: 'error' } : { name: 'error', reason: reason.trim() });
    });
  }

  /** Closes the stream; no event is reported after this. Can be called repeatedly. */
  close(): void {
    this.#controller.abort();
  }
}
