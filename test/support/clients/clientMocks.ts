import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { serveEventStream } from '../../../src/api';
import type { EventStreamMock, MockRequest } from '../../../src/api/mock/eventStreamMock';

/** The server of all mocks, for the tests of a file. */
export interface ClientMocks {
  /** Its address, without a slash at the end. */
  readonly root: string;
  readonly mock: EventStreamMock;
  /** Requests of this test. */
  readonly requests: readonly MockRequest[];
}

/** Serves the folder of mocks, fifty times as fast as written, to all tests of a file. No test may leave a connection open. */
export function serveMocks(): ClientMocks {
  let mock: EventStreamMock | undefined;
  let earlier = 0;
  beforeAll(async () => {
    mock = await serveEventStream('test/clients/mocks', { speed: 50 });
  });
  afterAll(() => mock?.close());
  afterEach(async () => {
    await expect.poll(() => mock?.connections).toEqual([]);
    earlier = mock?.requests.length ?? 0;
  });
  const started = () => mock ?? expect.fail('The mocks are served before the first test.');
  return {
    get root() {
      return started().url.replace(/\/$/, '');
    },
    get mock() {
      return started();
    },
    get requests() {
      return started().requests.slice(earlier);
    },
  };
}

/** Returns method, path and status of each request. */
export function briefly(requests: readonly MockRequest[]): string[] {
  return requests.map(({ method, url, status }) => `${method} ${url} ${status}`);
}
