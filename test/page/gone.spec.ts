// The extension host is gone: VS Code has killed it, or it has ended, and tells no page.
import type { Page } from '@playwright/test';
import { violations } from '../e2e/axe';
import { expect, stream, test } from './fixtures';
import type { PanelView } from './panelView';

/** The page's clock is the test's. */
const withClock = (page: Page) => page.clock.install();

/** The host goes, and the page has had the time to find out. */
async function leave(view: PanelView): Promise<void> {
  view.isHostGone = true;
  await view.page.clock.runFor(10_000);
  await expect(view.page.getByRole('alert').filter({ hasText: 'The extension host has ended' })).toBeVisible();
}

/** The host, which was only busy, is there again. */
async function comeBack(view: PanelView): Promise<void> {
  view.isHostGone = false;
  await view.page.clock.runFor(2500);
  await expect(view.page.locator('#gone')).toBeHidden();
}

/** What the link would tell the host that has been started since. */
async function goesOnWith(page: Page): Promise<unknown> {
  const href = (await page.locator('#goOn').getAttribute('href')) ?? '';
  expect(href).toMatch(/^command:sseCounter\.goOn\?/);
  const [text] = JSON.parse(decodeURIComponent(href.slice(href.indexOf('?') + 1)));
  return JSON.parse(text);
}

test('the inspector says so, leads to a new panel by a link that has its request without secrets, and keeps what came', async ({
  editor,
  listen,
}, testInfo) => {
  const url = await listen(stream('id: 7\ndata: a\n\n'));
  const view = await editor.inspect(`curl ${url} -H "Authorization: Bearer sk-very-secret"`);
  const page = await view.open(withClock);
  await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
  await page.locator('#url').focus();
  await leave(view);
  await page.screenshot({ path: testInfo.outputPath('gone.png') });
  await expect(page.locator('#goOn')).toBeFocused();
  await expect(page.locator('#state')).toHaveText('Ended');
  await expect(page.locator('#connect')).toHaveText('Connect');
  for (const part of ['#request', '.tools'])
    for (const element of await page.locator(part).all()) await expect(element).toHaveJSProperty('inert', true);
  const form = { method: 'GET', url, headers: 'Authorization: Bearer •••1', lastEventId: '7', reconnect: true };
  expect(await goesOnWith(page)).toMatchObject({ panel: 'sseCounter.inspector', state: { form, id: /./ } });
  expect(await page.content()).not.toContain('sk-very-secret');
  await expect(page.locator('#rows .data')).toHaveText(['a']);
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('the inspector’s host that answers again shows the stream as it is', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await leave(view);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Not connected');
});

test('a request whose URL was changed since goes on without the last event’s id', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream('id: 7\ndata: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
  await page.locator('#url').fill('http://127.0.0.1:9/other');
  await page.locator('#method').focus();
  await expect.poll(() => view.state).toMatchObject({ form: { url: 'http://127.0.0.1:9/other' } });
  await leave(view);
  const form = { url: 'http://127.0.0.1:9/other', lastEventId: '' };
  expect(await goesOnWith(page)).toMatchObject({ state: { form } });
});

test('the panel of a served file says so, and shows neither address nor connections; back, it shows them', async ({
  editor,
}) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Serving');
  const reading = new AbortController();
  await fetch((await page.locator('#address').textContent()) ?? '', { signal: reading.signal });
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await page.locator('#pause').focus();
  await leave(view);
  await expect(page.locator('#goOn')).toBeFocused();
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.locator('#address')).toBeHidden();
  await expect(page.locator('#rows tr')).toHaveCount(0);
  const state = { file: '/folder/a.sse', stopped: false, shared: false };
  expect(await goesOnWith(page)).toMatchObject({ panel: 'sseCounter.replay', state });
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Serving');
  await expect(page.locator('#address')).toBeVisible();
  await expect(page.locator('#rows tr')).toHaveCount(1);
  reading.abort();
});

test('the counter says so, and counts no more; back, it counts again', async ({ editor }) => {
  const { view } = await editor.startCounter();
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#connections')).toHaveText('1 connection');
  await leave(view);
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.getByRole('button', { name: 'Copy URL' })).toBeHidden();
  expect(await goesOnWith(page)).toEqual({ panel: 'sseCounter', state: {} });
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#count')).toHaveText('1');
});
