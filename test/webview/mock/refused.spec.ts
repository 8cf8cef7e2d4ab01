// The list of refused requests on the page of a served file, which explains why an app gets no stream.
import { expect, test } from '../support/fixtures';
import type { PanelView } from '../support/panelView';

async function openServed(view: PanelView) {
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Serving');
  const url = (await page.locator('#address').textContent()) ?? '';
  return { page, url };
}

const HOSTILE = `/<img src=x onerror=alert(1)>\u202e$(flame)[x](command:y)`;

test('each refused request is shown with its time, its client and the reason in its response', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  await expect(page.locator('#refused')).toBeHidden();
  await fetch(`${url}?speed=fast&token=secret`, { headers: { 'User-Agent': 'curl/8.5.0' } });
  await expect(page.getByRole('heading', { name: '1 refused request' })).toBeVisible();
  const row = page.locator('#refusedRows tr');
  await expect(row.getByRole('rowheader')).toHaveText('GET /eventcurl 8.5.0');
  await expect(row.locator('.response')).toHaveText('400The option "speed" takes a number from 0.1 to 1000.');
  await fetch(url.replace('/event', '/orders'));
  await expect(row.locator('.remote')).toHaveText(['GET /orders', 'GET /event']);
  expect(await page.locator('#refused').textContent()).not.toContain('secret');
});

test('what a client sends is shown as text', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  await fetch(url.replace('/event', encodeURI(HOSTILE).replaceAll('%3C', '<')));
  await expect(page.locator('#refusedRows tr')).toHaveCount(1);
  expect(await page.locator('#refusedRows img').count()).toBe(0);
});

test('of 25 refused requests 20 have a row; Clear by the keyboard removes them, announces that, and moves the focus', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  for (let n = 0; n < 25; n += 1) await fetch(url.replace('/event', `/${n}`));
  await expect(page.locator('#refusedRows tr')).toHaveCount(20);
  await expect(page.locator('#moreRefused')).toHaveText('And 5 before these');
  await page.locator('#clearRefused').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#refused')).toBeHidden();
  await expect(page.locator('#said')).toHaveText('The refused requests were cleared');
  await expect(page.locator('#dropAll')).toBeFocused();
});
