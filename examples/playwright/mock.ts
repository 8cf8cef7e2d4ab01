import { test as base } from '@playwright/test';
import { type EventStreamMock, serveEventStream } from 'sse-counter';

/** Tests with a mock of their own, which they drive. */
export const test = base.extend<{ mock: EventStreamMock }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the needed fixtures here.
  mock: async ({}, use) => {
    const mock = await serveEventStream({ text: 'retry: 50\n\n' });
    await use(mock);
    await mock.close();
  },
});
