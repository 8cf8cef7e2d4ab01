import type { Page } from '@playwright/test';
import { FONTLESS, type HostileServer, serveHostile } from '../../support/page/hostileServer';
import { watchTasks } from '../../support/page/longTasks';
import { drawn } from '../../support/random/drawn';
import { test as base, expect } from './fixtures';
import { longUnless } from './tags';

const KINDS = [['marks', 'directions'], Object.keys(FONTLESS), ['deep', 'digits']];
const IN_THIS_RUN = KINDS.flatMap((names) => drawn(names, 1));

/** Returns the tags of a test that is repeated with each slow text: each run has one of each kind, `npm run test:all` all. */
export function tagsOf(name: string): { tag: string[] } {
  return longUnless(IN_THIS_RUN.includes(name));
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
