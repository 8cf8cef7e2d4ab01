// Foreign text (a file's name and content, a pasted command, a URL) is shown literally, never as a link or an icon.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, SMOKE, test } from './support/fixtures';

const LINK = '[Fix](command:workbench.view.scm)';

/** Resolves with the element's text, without the zero-width character that breaks up a link or icon. */
async function seen(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? '').replaceAll('\u2060', '');
}

test('a file’s name and content make no link in a notification', SMOKE, async ({ workbench, codeServer }, testInfo) => {
  const { page } = workbench;
  const name = `${LINK}$(zap).sse`;
  await writeFile(join(codeServer.home, 'folder', name), `:@ ${LINK}\n`);
  await workbench.openFile(name);
  await page.locator('.editor-actions').getByRole('button', { name: 'Serve Event Stream File' }).click();
  const message = workbench.notification('Fix').locator('.notification-list-item-message');
  await expect(message).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('notification.png') });
  expect(await seen(message)).toContain(`${name}, line 1, column 4`);
  expect(await seen(message)).toContain(`“${LINK}`);
  await expect(message.locator('a')).toHaveCount(0);
  await expect(message.locator('.codicon')).toHaveCount(0);
  await workbench.run('Notifications: Clear All Notifications');
});

test('a pasted command makes no link in the input box, nor in a notification', async ({ workbench }, testInfo) => {
  const { page } = workbench;
  await workbench.run('SSE: Inspect Event Stream (URL or curl)…');
  const box = page.locator('.quick-input-widget input').first();
  await box.fill(`curl http://127.0.0.1:9/ --x${LINK}`);
  const problem = page.locator('.quick-input-message');
  await expect(problem).toContainText('Fix');
  await page.screenshot({ path: testInfo.outputPath('box.png') });
  // The text after a colon may be a secret.
  expect(await seen(problem)).toContain('--x[Fix](command:…');
  await expect(problem.locator('a')).toHaveCount(0);
  await box.fill(`curl -N http://127.0.0.1:9/ | jq ; ${LINK}`);
  await page.keyboard.press('Enter');
  const message = workbench.notification('Pasted request').locator('.notification-list-item-message');
  await expect(message).toBeVisible();
  expect(await seen(message)).toContain('[Fix](command: …');
  await expect(message.locator('a')).toHaveCount(0);
  await workbench.run('Notifications: Clear All Notifications');
});

test('a URL makes no icon in the list of recent streams, and a tab no wider than others', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.inspect(`http://127.0.0.1:9/$(zap)/${'x'.repeat(5000)}`);
  await expect(workbench.panel.locator('#state')).not.toHaveText('Connecting');
  const row = page.locator('.quick-input-list .monaco-list-row').first();
  // The URL is added to the recent streams a moment later.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await workbench.run('SSE: Inspect Recent Event Stream…');
    await expect(row).toContainText('127.0.0.1:9');
    expect(await seen(row)).toContain('/$(zap)/xxx');
  }).toPass();
  await expect(row.locator('.codicon-zap')).toHaveCount(0);
  await page.keyboard.press('Escape');
  expect((await page.locator('.tab').last().getAttribute('aria-label'))?.length).toBeLessThan(400);
});
