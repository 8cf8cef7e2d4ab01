import { test as base } from './fixtures';
import { type HostileServer, serveHostile } from './hostileServer';

/** Has what sends texts that a browser is slow to lay out. */
export const test = base.extend<{ hostile: string }, { hostileServer: HostileServer }>({
  hostileServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
    async ({}, use) => {
      const server = await serveHostile();
      await use(server);
      server.close();
    },
    { scope: 'worker' },
  ],
  hostile: async ({ hostileServer }, use) => use(hostileServer.url),
});
