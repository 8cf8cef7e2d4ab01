// Keys that VS Code could take from the inspector's page, and what it shows of an event beside it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test as base, expect, SMOKE } from './support/fixtures';

const test = base.extend<{ orders: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  orders: async ({}, use) => {
    const server = createServer((_request, response) => {
      const texts = Array.from({ length: 500 }, (_, at) => `data: {"order":${at + 1},"items":[1,2]}\n\n`);
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(texts.join(''));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`);
    server.closeAllConnections();
    server.close();
  },
});

test(
  'Ctrl+F, F3 and Escape reach the page, and VS Code’s own find stays closed; data open read-only beside it',
  SMOKE,
  async ({ workbench, orders }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(orders);
    await expect(panel.locator('#table')).toHaveAttribute('aria-rowcount', '501');
    await panel.locator('#table').focus();
    await page.keyboard.press('Control+f');
    await expect(panel.locator('#findText')).toBeFocused();
    await page.keyboard.type('"order":31');
    await expect(panel.locator('#found')).toContainText('of 11');
    await page.keyboard.press('F3');
    await page.keyboard.press('Shift+F3');
    await page.keyboard.press('Enter');
    await expect(panel.locator('#rows [aria-selected=true]')).toContainText('order: 31');
    await page.screenshot({ path: testInfo.outputPath('find.png') });
    await expect(page.locator('.simple-find-part.visible, .find-widget.visible')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(panel.locator('#find')).toBeHidden();
    await expect(panel.locator('#table')).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
    const tab = page.getByRole('tab', { name: 'orders #1' });
    await expect(tab).toBeVisible();
    await expect(page.locator('.editor-instance .view-lines')).toContainText('"items"');
    await expect(page.locator('[id="status.editor.mode"]')).toHaveText('JSON');
    await page.screenshot({ path: testInfo.outputPath('preview.png') });
    await page.keyboard.type('x');
    await workbench.run('View: Close Editor');
    await expect(tab).toBeHidden();
  },
);

test('what the filter shows is saved under a name that says stream and day', async ({
  workbench,
  codeServer,
  orders,
}) => {
  const { panel } = workbench;
  await workbench.inspect(orders);
  await panel.locator('#filter').fill('"order":31');
  await expect(panel.locator('#table')).toHaveAttribute('aria-rowcount', '12');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.locator('#onlyShown')).toHaveText('Only what is shown (11 of 500)');
  await panel.getByRole('button', { name: 'Event stream file' }).click();
  await workbench.saveAs(join(codeServer.home, 'folder', 'shown.sse'), /orders-\d{4}-\d\d-\d\d\.sse$/);
  const told = workbench.notification('Events saved: 11 of 500');
  await told.getByRole('button', { name: 'Open the file' }).click();
  await expect(workbench.page.getByRole('tab', { name: 'shown.sse' })).toBeVisible();
  await workbench.run('Notifications: Clear All Notifications');
});
