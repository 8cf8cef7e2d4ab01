// The counter's page on its server. What only VS Code can break is in test/e2e/counter.spec.ts.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const PANEL_STREAM = /\/event\?panel=/;

/** Resolves with the next texts that the count has. */
function nextCounts(page: Page, howMany: number): Promise<string[]> {
  return page.locator('#count').evaluate(
    (count, howMany) =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        new MutationObserver(() => {
          seen.push(count.textContent ?? '');
          if (seen.length === howMany) resolve(seen);
        }).observe(count, { childList: true });
      }),
    howMany,
  );
}

test('nothing in the panel moves by itself', async ({ editor }) => {
  const page = await (await editor.startCounter()).view.open((page) => page.emulateMedia({ reducedMotion: 'reduce' }));
  await expect(page.locator('#count')).toHaveText('1');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('the count is said to those who can’t see it, politely, at each thirtieth', async ({ editor }) => {
  const events = [29, 30, 31].map((number) => `data: ${number}\n\n`).join('');
  const page = await (await editor.startCounter()).view.open((page) =>
    page.route(PANEL_STREAM, (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: events,
      }),
    ),
  );
  await expect(page.locator('#said')).toHaveText('Count: 30');
  await expect(page.locator('#said')).toHaveAttribute('role', 'status');
  await expect(page.locator('#count')).not.toHaveAttribute('aria-live', /./);
});

test('a page that can’t reach the server is told the count by the extension host, until it can', async ({ editor }) => {
  const { view, session } = await editor.startCounter();
  const page = await view.open((page) => page.route(PANEL_STREAM, (route) => route.abort()));
  await expect(page.locator('#state')).toHaveText('Live via the extension host');
  await expect(page.locator('#count')).toHaveText('2');
  await expect(page.locator('#connections')).toHaveText('1 connection');
  await page.unroute(PANEL_STREAM);
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.getByRole('button', { name: 'Reconnect' })).toBeHidden();
  await session.stop();
  await expect(page.locator('#state')).toHaveText('Stopped');
});

test('stopped, it has one button, and started again a new count', async ({ editor }) => {
  const { view, session } = await editor.startCounter();
  const page = await view.open();
  await expect(page.locator('#count')).toHaveText('2');
  await session.stop();
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.getByRole('button')).toHaveText(['Start']);
  expect(view.state).toEqual({ stopped: true });
  await page.getByRole('button', { name: 'Start' }).press('Enter');
  await expect.poll(() => editor.done.at(-1)?.[0]).toBe('sseCounter.start');
  const counts = nextCounts(page, 2);
  await session.start();
  await expect(page.locator('#state')).toHaveText('Live');
  expect(await counts).toEqual(['0', '1']);
  expect(view.state).toEqual({ stopped: false });
});
