// Menus of the inspector's table, which are VS Code's own.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, SMOKE } from './support/fixtures';

const STREAM = 'event: ping\ndata: {}\n\nevent: order\ndata: {"user":{"id":7},"n":1}\n\n';

const test = base.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  url: async ({}, use) => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(STREAM);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close().closeAllConnections();
  },
});

test(
  'a row’s menu hides its type, by mouse and by keyboard, and a JSON key’s shows it as a column',
  SMOKE,
  async ({ workbench, url }, testInfo) => {
    const { page, panel } = workbench;
    const item = (name: string) => page.locator('.monaco-menu .action-item', { hasText: name });
    const choose = async (name: string) => {
      await item(name).hover();
      // A click is ignored for a moment after a menu has opened.
      await page.keyboard.press('Enter');
    };
    await workbench.inspect(url);
    const rows = panel.locator('#rows .row');
    await expect(rows).toHaveCount(2);
    await rows.first().click({ button: 'right' });
    await expect(item('Hide This Type')).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath('menu.png') });
    for (const name of ['Copy Data', 'Copy Event', 'Filter This Type', 'Open Data in Editor'])
      await expect(item(name)).toBeVisible();
    for (const name of ['Show in Result', 'Paste', 'Show as Column']) await expect(item(name)).toHaveCount(0);
    await choose('Hide This Type');
    await expect(rows).toHaveCount(1);
    await expect(panel.locator('#filterCount')).toHaveText('1 of 2');
    await rows.first().click();
    await panel.locator('#jsonTree .leaf', { hasText: '"id"' }).click({ button: 'right' });
    await choose('Show as Column');
    await expect(panel.locator('#rows .value')).toHaveText(['7']);
    await panel.locator('#tableHead .value').click({ button: 'right' });
    await choose('Remove Column');
    await expect(panel.locator('#rows .value')).toHaveCount(0);
    await panel.locator('#table').press('Home');
    await page.keyboard.press('Shift+F10');
    await expect(item('Filter This Type')).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(panel.locator('#rowCopied, #eventCopied').filter({ hasText: 'Copied' })).toBeVisible();
  },
);
