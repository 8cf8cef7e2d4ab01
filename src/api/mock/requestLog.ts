import type { IncomingMessage } from 'node:http';
import { refusedRequest } from '../../server/guard/refusedRequest';
import { readLastEventId } from '../../server/http/lastEventId';
import { splitTarget } from '../../server/http/requestTarget';
import type { StreamAnswer } from '../../server/source';
import type { MockRequest } from './eventStreamMock';

/** Maximum number of requests that are kept. */
const MAX_KEPT = 1000;
/** Maximum length of a kept URL, in UTF-16 code units. */
const MAX_URL = 2000;

/** The last requests for a stream, and those that were refused. */
export class RequestLog {
  readonly #kept: MockRequest[] = [];
  readonly #noted = new WeakMap<IncomingMessage, MockRequest>();

  /** The requests that are kept, the oldest first. */
  get all(): readonly MockRequest[] {
    return [...this.#kept];
  }

  /** Notes a request with its answer. */
  add(request: IncomingMessage, answer: StreamAnswer): MockRequest {
    const { url = '/', headers } = request;
    const { status } = answer;
    const { method, remote, reason } = refusedRequest(request, answer.play ? { status } : answer);
    const { lastEventId = '' } = readLastEventId(
      headers['last-event-id'] as string | undefined,
      splitTarget(url).query,
    );
    const noted: MockRequest = {
      method,
      url: url.slice(0, MAX_URL),
      headers,
      lastEventId,
      origin: headers.origin,
      remote,
      time: Date.now(),
      status,
      reason,
    };
    this.#noted.set(request, noted);
    this.#kept.push(noted);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
    return noted;
  }

  /** Returns what was noted of the request, with its answer. */
  of(request: IncomingMessage): MockRequest | undefined {
    return this.#noted.get(request);
  }
}
