import type { Route } from '@playwright/test';
import { expect, forwarded, isListening, runInShell, test } from './support/fixtures';
import { Workbench } from './support/workbench';

/** Pattern of the panel's own stream, by any route. */
const STREAM = /\/event\?panel=/;
/** Tag of the tests that run for every route to the server. */
const EVERYWHERE = { tag: '@everywhere' };

test(
  'the panel reaches the server at the address that VS Code resolves, and may connect nowhere else',
  EVERYWHERE,
  async ({ workbench, codeServer, direct, port }) => {
    const asked = workbench.page.waitForRequest(STREAM);
    await workbench.start();
    const { origin, pathname } = new URL((await asked).url());
    expect(origin + pathname).toBe(`${direct ? forwarded(port) : `${codeServer.url}/proxy/${port}`}/event`);
    const policy = workbench.panel.locator('meta[http-equiv=Content-Security-Policy]');
    await expect(policy).toHaveAttribute('content', new RegExp(`; connect-src ${origin}$`));
    const [first = 0, second] = await workbench.nextCounts(2);
    expect(second).toBe(first + 1);
  },
);

test(
  'closing the panel ends its stream on the server, also behind a proxy that keeps it open',
  EVERYWHERE,
  async ({ workbench, port, eventUrl }) => {
    await workbench.start();
    const curl = runInShell(`curl -sN ${eventUrl}`);
    await curl.until('data: 1\n\n');
    await workbench.run('View: Close All Editors');
    expect(await curl.exitCode).toBe(0);
    await expect.poll(() => isListening(port)).toBe(false);
  },
);

test('a page that VS Code recreates leaves no stream of the old one behind @long', async ({ workbench }) => {
  await workbench.start();
  for (let round = 0; round < 3; round += 1) {
    const asked = workbench.page.waitForRequest(STREAM);
    await workbench.run('Developer: Reload Webviews');
    await asked;
    await expect(workbench.state).toHaveText('Live');
  }
  await workbench.nextCounts(2);
  await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
});

test(
  'if the direct route is blocked, the extension host relays; Reconnect finds the route once it is open again',
  EVERYWHERE,
  async ({ workbench }, testInfo) => {
    await workbench.page.route(STREAM, (route) => route.abort());
    await workbench.run('Start SSE Counter');
    await expect(workbench.state).toHaveText('Reconnecting');
    await expect(workbench.state).toHaveText('Live via the extension host');
    const [first = 0, second] = await workbench.nextCounts(2);
    expect(second).toBe(first + 1);
    await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
    await workbench.page.screenshot({ path: testInfo.outputPath('relayed.png') });
    await workbench.page.unroute(STREAM);
    await workbench.button('Reconnect').click();
    await expect(workbench.state).toHaveText('Live');
    await expect(workbench.button('Reconnect')).toBeHidden();
    await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
  },
);

test('if no response comes, as through a proxy that buffers the stream, the extension host relays @long', async ({
  workbench,
}) => {
  const held: Route[] = [];
  await workbench.page.route(STREAM, (route) => void held.push(route));
  await workbench.run('Start SSE Counter');
  await expect(workbench.state).toHaveText('Live via the extension host');
  expect(held).toHaveLength(1);
  await workbench.page.unroute(STREAM);
});

test('if the response is a sign-in page, as at a private port of Codespaces, the extension host relays @long', async ({
  workbench,
}) => {
  await workbench.page.route(STREAM, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }));
  await workbench.run('Start SSE Counter');
  await expect(workbench.state).toHaveText('Live via the extension host');
  await workbench.page.unroute(STREAM);
});

test(
  'Reload Window with the panel open brings it back, counting @long',
  EVERYWHERE,
  async ({ workbench, eventUrl }) => {
    await workbench.start();
    const curl = runInShell(`curl -sN ${eventUrl}`);
    await curl.until('data: 1\n\n');
    await workbench.reload();
    expect(await curl.exitCode).toBe(0);
    await expect(workbench.state).toHaveText('Live', { timeout: 30_000 });
    await expect(workbench.panel.locator('#address')).toHaveText(eventUrl);
    await workbench.expectCounting();
    await expect(workbench.tab).toHaveCount(1);
    await workbench.loaded();
  },
);

test('Reload Window with the panel stopped brings it back stopped, and nothing listens @long', async ({
  workbench,
  port,
}) => {
  await workbench.start();
  await workbench.run('Stop SSE Counter');
  await expect(workbench.state).toHaveText('Stopped');
  await workbench.reload();
  await expect(workbench.state).toHaveText('Stopped', { timeout: 30_000 });
  expect(await isListening(port)).toBe(false);
  await workbench.button('Start').click();
  await expect(workbench.state).toHaveText('Live');
  await workbench.loaded();
});

test('moved to another column, the panel stays alive @long', async ({ workbench }) => {
  await workbench.run('File: New Untitled Text File');
  await workbench.start();
  await expect(workbench.count).toHaveText('2');
  await workbench.run('View: Move Editor into Next Group');
  await expect(workbench.page.locator('.editor-group-container')).toHaveCount(2);
  await expect(workbench.state).toHaveText('Live');
  await workbench.expectCounting();
  await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
});

test('moved to a window of its own, the panel stays alive @long', async ({ workbench }) => {
  await workbench.start();
  const opened = workbench.page.waitForEvent('popup');
  await workbench.run('View: Move Editor into New Window');
  const moved = new Workbench(await opened);
  await expect(moved.state).toHaveText('Live');
  await moved.expectCounting();
  await expect(moved.panel.locator('#connections')).toHaveText('1 connection');
  await moved.page.close();
});
