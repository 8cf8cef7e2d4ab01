// A front end against a mock that the test drives.
import { expect } from '@playwright/test';
import { test } from './mock';

test('goes on behind the last order when the connection is dropped', async ({ page, mock }) => {
  await page.goto(`/?events=${mock.url}`);
  const first = await mock.connection();
  mock.publish({ event: 'order', id: '7', data: { number: 7 } });
  await expect(page.getByRole('listitem')).toHaveText(['Order 7']);

  mock.drop(first);
  const again = await mock.connection({ timeout: 5000 });
  expect(again.lastEventId).toBe('7');

  mock.publish({ event: 'order', id: '8', data: { number: 8 } });
  await expect(page.getByRole('listitem')).toHaveText(['Order 7', 'Order 8']);
});

test('says that the server refuses it', async ({ page, mock }) => {
  mock.refuseNext(503, { retryAfter: 1 });
  await page.goto(`/?events=${mock.url}`);
  await expect(page.getByRole('status')).toHaveText('refused');
  expect(mock.requests.map(({ status }) => status)).toEqual([503]);
});
