// A front end against `sse-counter serve`, which drops its connection ten times.
import { expect, test } from '@playwright/test';

/** Time for ten reconnects: one that comes before `retry` was read waits for the browser's own 3 s. */
const timeout = 20_000;
const ORDERS = Array.from({ length: 11 }, (_, index) => `Order ${index + 1}`);

test('shows all orders once, in order, through ten drops', async ({ page }) => {
  await page.goto(`/?events=http://127.0.0.1:${process.env['MOCK_PORT']}/event`);
  await expect(page.getByRole('listitem')).toHaveText(ORDERS, { timeout });
});

test('shows them behind the proxy of the dev server, too', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('listitem')).toHaveText(ORDERS, { timeout });
});
