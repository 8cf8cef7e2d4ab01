import type { Page } from '@playwright/test';
import { type HostileServer, serveHostile } from '../../support/page/hostileServer';
import { watchTasks } from '../../support/page/longTasks';
import { test as base, expect } from './fixtures';
import { longUnless } from './tags';

/** A few of each kind of slow text; the tests of the others are long ones, for `npm run test:all`. */
const IN_EACH_RUN = ['marks', 'directions', 'privates', 'deep', 'digits'];

export function tagsOf(name: string): { tag: string[] } {
  return longUnless(IN_EACH_RUN.includes(name));
}

/** Selects the only event. Resolves with a function that returns the duration of the longest task since then. */
export async function selectEvent(page: Page): ReturnType<typeof watchTasks> {
  await expect(page.locator('#rows .row')).toHaveCount(1);
  const longest = await watchTasks(page);
  await page.locator('#rows .row').click();
  return longest;
}

/** Test with a server of texts that a browser is slow to lay out. */
export const test = base.extend<{ hostile: string }, { hostileServer: HostileServer }>({
  hostileServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright requires an object pattern.
    async ({}, use) => {
      const server = await serveHostile();
      await use(server);
      server.close();
    },
    { scope: 'worker' },
  ],
  hostile: async ({ hostileServer }, use) => use(hostileServer.url),
});
