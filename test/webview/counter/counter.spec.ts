// The counter's page with its server. See test/e2e/counter.spec.ts for what only VS Code can break.
import type { Page } from '@playwright/test';
import { freePort } from '../../../scripts/codeServer.mjs';
import { expect, test } from '../support/fixtures';
import { tagsOf } from '../support/theme';

const PANEL_STREAM = /\/event\?panel=/;

/** Records the texts of the count from now on. Returns a function that reads them. */
async function noteCounts(page: Page): Promise<() => Promise<string[]>> {
  await page.locator('#count').evaluate((count) => {
    const noted: string[] = [];
    new MutationObserver(() => noted.push(count.textContent ?? '')).observe(count, { childList: true });
    Object.assign(globalThis, { noted });
  });
  return () => page.evaluate(() => (globalThis as unknown as { noted: string[] }).noted);
}

test('nothing in the panel moves automatically', async ({ editor }) => {
  const page = await (await editor.startCounter()).view.open((page) => page.emulateMedia({ reducedMotion: 'reduce' }));
  await expect(page.locator('#count')).toHaveText('1');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('every thirtieth count is announced to screen readers, politely', async ({ editor }) => {
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

test('a page that can’t reach the server gets the count from the extension host, until it can', async ({ editor }) => {
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

test('the seconds to the next attempt are counted down next to the announced status', async ({ editor }) => {
  const { view } = await editor.startCounter();
  const page = await view.open(async (page) => {
    await page.clock.install();
    await page.route(PANEL_STREAM, (route) => route.abort());
  });
  const [state, countdown] = [page.locator('#state'), page.locator('#countdown')];
  await expect(countdown).toHaveText('Reconnecting in 1 s');
  await page.clock.runFor(1100);
  await expect(countdown).toHaveText('Reconnecting in 2 s');
  await expect(state).toHaveText('Reconnecting');
  await page.clock.runFor(1100);
  await expect(countdown).toHaveText('Reconnecting in 1 s');
  await expect(state).toHaveText('Reconnecting');
  await expect(countdown.locator('xpath=ancestor-or-self::*[@role]')).toHaveCount(0);
  await page.clock.runFor(1100);
  await expect(state).toHaveText('Live via the extension host');
  await expect(countdown).toBeHidden();
});

test('after Stop, the panel has one button, which starts a new count', async ({ editor }) => {
  // On another port, the page would be rebuilt.
  editor.port = await freePort();
  const { view, session } = await editor.startCounter();
  const page = await view.open();
  await expect(page.locator('#count')).toHaveText('2');
  await session.stop();
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.getByRole('button')).toHaveText(['Start']);
  expect(view.state).toEqual({ stopped: true });
  await page.getByRole('button', { name: 'Start' }).press('Enter');
  await expect.poll(() => editor.done.at(-1)?.[0]).toBe('sseCounter.start');
  const counts = await noteCounts(page);
  await session.start();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#count')).toHaveText('1');
  expect((await counts()).slice(0, 2)).toEqual(['0', '1']);
  expect(view.state).toEqual({ stopped: false });
});

for (const theme of ['Light Modern', 'Light 2026', 'Dark Modern'] as const)
  test.describe(theme, tagsOf(theme), () => {
    test.use({ theme });
    test('what was copied is said below the buttons, and nothing moves', async ({ editor }, testInfo) => {
      const { view } = await editor.startCounter();
      const page = await view.open();
      await expect(page.locator('#count')).toHaveText('1');
      const buttons = page.locator('.actions.while-running');
      const before = await buttons.boundingBox();
      const note = 'Copied: curl -N http://127.0.0.1:8080/event';
      await view.panel.webview.postMessage({ type: 'copied', note });
      await expect(page.locator('#copied')).toHaveText(note);
      await expect(page.locator('#copied')).toHaveAttribute('role', 'status');
      expect(await buttons.boundingBox()).toEqual(before);
      const below = await page.locator('#copied').boundingBox();
      expect((below?.y ?? 0) - (before?.y ?? 0) - (before?.height ?? 0)).toBeLessThan(20);
      await page.screenshot({ path: testInfo.outputPath('copied.png') });
    });
  });
