import type { IncomingMessage } from 'node:http';
import type { StreamAnswer } from '../../../server/source';
import { type NotedRequest, notedRequest } from './notedRequest';

/** Maximum number of requests that are kept, and of refused ones. */
const MAX_KEPT = 200;

/**
 * The last requests for a stream, and the last that were refused: a refused request isn't evicted by however many good ones.
 */
export class RequestList {
  /** Number of all requests, and of the refused ones, since the list was cleared. */
  #counts = { all: 0, refused: 0 };
  /** Number of the last request; a list that was cleared goes on with it. */
  #last = 0;
  #all: NotedRequest[] = [];
  #refused: NotedRequest[] = [];

  get counts(): { all: number; refused: number } {
    return { ...this.#counts };
  }

  /** Notes a request with its answer. */
  add(request: IncomingMessage, answer: StreamAnswer): void {
    this.#last += 1;
    const noted = notedRequest(this.#last, request, answer);
    this.#counts.all += 1;
    push(this.#all, noted);
    if (noted.status < 400) return;
    this.#counts.refused += 1;
    push(this.#refused, noted);
  }

  /** Returns the last requests, at most 200, newest first. */
  latest(onlyRefused: boolean): NotedRequest[] {
    return (onlyRefused ? this.#refused : this.#all).toReversed();
  }

  clear(): void {
    [this.#counts, this.#all, this.#refused] = [{ all: 0, refused: 0 }, [], []];
  }
}

function push(kept: NotedRequest[], noted: NotedRequest): void {
  kept.push(noted);
  if (kept.length > MAX_KEPT) kept.shift();
}
