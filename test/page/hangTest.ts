import { test as base } from './fixtures';
import { type HostileServer, serveHostile } from './hostileServer';

/** Of each kind of slow text one or two; the tests of the others are long ones, for `npm run test:all`. */
const IN_EACH_RUN = ['marks', 'directions', 'symbols', 'privates', 'deep', 'members'];

export function tagsOf(name: string): { tag: string[] } {
  return { tag: IN_EACH_RUN.includes(name) ? [] : ['@long'] };
}

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
