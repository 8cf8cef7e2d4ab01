// The list of requests on the page of a served file: those that were refused explain why an app gets no stream.
import type { Page } from '@playwright/test';
import { violations } from '../../support/page/axe';
import { expect, test } from '../support/fixtures';
import type { PanelView } from '../support/panelView';

const FILE = 'data: 1\n\n:@ end\n';
const HOSTILE = `/<img src=x onerror=alert(1)>\u202e$(flame)[x](command:y)`;

async function openServed(view: PanelView) {
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Serving');
  const url = (await page.locator('#address').textContent()) ?? '';
  return { page, url };
}

/** Makes that many requests that are refused, with numbers from `from` on, after each other. */
async function refuse(url: string, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n += 1) await fetch(url.replace('/event', `/${n}`));
}

const rows = (page: Page) => page.locator('#requestRows tr');

test('each request is shown with its time, its query, its client, Last-Event-ID, and what became of it', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await expect(page.locator('#requests')).toBeHidden();
  await fetch(`${url}?speed=fast&token=secret`, { headers: { 'User-Agent': 'curl/8.5.0' } });
  await expect(page.getByRole('heading', { name: '1 request · 1 refused' })).toBeVisible();
  const row = rows(page).first();
  await expect(row.locator('.since')).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/);
  await expect(row.locator('.remote')).toHaveText('GET /event?speed=fast&token=•••');
  await expect(row.locator('.agent')).toHaveText('curl 8.5.0');
  await expect(row.locator('.response')).toHaveText('400The option "speed" takes a number from 0.1 to 1000.');
  await fetch(`${url}?room=7`, { headers: { 'Last-Event-ID': '41' } });
  await expect(page.getByRole('heading', { name: '2 requests · 1 refused' })).toBeVisible();
  await expect(row.locator('.remote')).toHaveText('GET /event?room=7');
  await expect(row.locator('.agent').last()).toHaveText('Last-Event-ID: 41');
  await expect(row.locator('.response')).toHaveText('200');
  expect(await page.content()).not.toContain('secret');
});

test('what a client sends is shown as text, and a long target is cut, with the rest in its tooltip', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await fetch(url.replace('/event', encodeURI(HOSTILE).replaceAll('%3C', '<')));
  await expect(rows(page)).toHaveCount(1);
  expect(await page.locator('#requestRows img').count()).toBe(0);
  const query = 'room=7&'.repeat(40);
  // Each character of a header is a byte.
  const lastEventId = Buffer.from('\u202eid').toString('latin1');
  await fetch(`${url}?${query}`, { headers: { 'Last-Event-ID': lastEventId } });
  const target = rows(page).first().locator('.remote');
  await expect(target).toHaveText(`${`GET /event?${query}`.slice(0, 120)}…`);
  await expect(target).toHaveAttribute('title', `GET /event?${query}`);
  await expect(rows(page).first().locator('.agent').last()).toHaveText('Last-Event-ID: ⟨U+202E⟩id');
});

test('“Refused only” leaves the refused requests, also those that many good ones have pushed out; a rebuilt page keeps it', async ({
  editor,
}) => {
  const view = await editor.serve('a.sse', FILE);
  const { page, url } = await openServed(view);
  await refuse(url, 1);
  for (let n = 0; n < 205; n += 1) await (await fetch(url)).text();
  await expect(page.locator('#requestsHeading')).toHaveText('206 requests · 1 refused');
  await expect(rows(page)).toHaveCount(200);
  await expect(page.locator('#moreRequests')).toHaveText('And 6 before these');
  await page.locator('#onlyRefused').click();
  await expect(rows(page).locator('.remote')).toHaveText(['GET /0']);
  await expect(page.locator('#moreRequests')).toBeEmpty();
  await page.reload();
  await expect(rows(page).locator('.remote')).toHaveText(['GET /0']);
  await expect(page.getByRole('checkbox', { name: 'Refused only' })).toBeChecked();
  await page.locator('#onlyRefused').click();
  await expect(rows(page)).toHaveCount(200);
});

test('where none was refused, “Refused only” says so @long', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await (await fetch(url)).text();
  await expect(rows(page)).toHaveCount(1);
  await page.locator('#requestList').focus();
  await page.locator('#onlyRefused').click();
  await expect(page.locator('#moreRequests')).toHaveText('No request was refused');
  await expect(page.locator('#requestList')).toBeHidden();
});

test('Clear by the keyboard removes all, announces that, and moves the focus; the filter stays', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await refuse(url, 3);
  await expect(rows(page)).toHaveCount(3);
  await page.locator('#onlyRefused').click();
  await page.locator('#clearRequests').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#requests')).toBeHidden();
  await expect(page.locator('#said')).toHaveText('The requests were cleared');
  await expect(page.locator('#dropAll')).toBeFocused();
  await refuse(url, 1);
  await expect(page.getByRole('checkbox', { name: 'Refused only' })).toBeChecked();
});

test('while requests come in, rows that were scrolled to stay where they are, and so do the focus and the page', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await refuse(url, 60);
  await expect(rows(page)).toHaveCount(60);
  const list = page.locator('#requestList');
  await list.focus();
  await list.evaluate((element) => element.scrollTo({ top: 700, behavior: 'instant' }));
  const places = () =>
    page.evaluate(() => {
      const at = (element: Element | null | undefined) => element?.getBoundingClientRect().top;
      const row = [...document.querySelectorAll('#requestRows tr')].find(({ textContent }) =>
        textContent?.includes('/10'),
      );
      return { row: at(row), publish: at(document.querySelector('#publishNow')) };
    });
  const before = await places();
  await refuse(url, 20, 60);
  await expect(rows(page)).toHaveCount(80);
  expect(await places()).toEqual(before);
  await expect(list).toBeFocused();
  const top = () => list.evaluate(({ scrollTop }) => scrollTop);
  await page.keyboard.press('Home');
  await expect.poll(top).toBe(0);
  await refuse(url, 1, 80);
  await expect(rows(page).first().locator('.remote')).toBeInViewport();
  await expect(rows(page).first().locator('.remote')).toHaveText('GET /80');
  expect(await top()).toBe(0);
});

test('rows leave at the end of 200, and the others keep their elements and their place @long', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  await refuse(url, 200);
  await expect(rows(page)).toHaveCount(200);
  await rows(page)
    .filter({ hasText: '/150' })
    .evaluate((row) => {
      row.setAttribute('data-mine', '');
      row.scrollIntoView({ behavior: 'instant', block: 'center' });
    });
  const mine = page.locator('#requestRows [data-mine]');
  const { y } = (await mine.boundingBox()) ?? { y: Number.NaN };
  await refuse(url, 30, 200);
  await expect(page.locator('#moreRequests')).toHaveText('And 30 before these');
  await expect(mine).toContainText('/150');
  expect((await mine.boundingBox())?.y).toBe(y);
});

test('in a storm of requests the page answers a click, and shows the last ones at its end @long', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  const storm = Promise.all(Array.from({ length: 20 }, (_, at) => refuse(url, 100, 100 * at)));
  await expect(rows(page)).toHaveCount(200);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#state')).toHaveText('Paused');
  await storm;
  await expect(page.locator('#requestsHeading')).toHaveText('2,000 requests · 2,000 refused');
  await expect(rows(page)).toHaveCount(200);
});

test('axe-core finds nothing wrong with the list, with and without rows @long', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', FILE));
  for (let n = 0; n < 30; n += 1) await (await fetch(url)).text();
  await expect(rows(page)).toHaveCount(30);
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.locator('#onlyRefused').click();
  await expect(page.locator('#requestList')).toBeHidden();
  expect(await violations(page.locator('main'))).toEqual([]);
});
