import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import type { SseServer } from '../../src/server/sseServer';
import { violations } from '../support/page/axe';
import { LONGEST, watchTasks } from '../support/page/longTasks';
import { drawn } from '../support/random/drawn';
import { newServer } from '../support/servers/newServer';

let server: SseServer;
let url: string;

test.beforeEach(async () => {
  server = newServer();
  ({ url } = await server.listen(0));
});

test.afterEach(() => server.close());

test('the page counts live, and shows the curl line of its own address', async ({ page }) => {
  await page.goto(url);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('h1')).toHaveText('count: 1');
  await expect(page.locator('h1')).toHaveText('count: 2');
  await expect(page.locator('#curl')).toHaveText(`curl -N ${url}event`);
});

test('Copy puts the curl line on the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(url);
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`curl -N ${url}event`);
});

test('when the server closes, the page says that it reconnects; when it is back, the page is live and counts from 1', async ({
  page,
}) => {
  await page.goto(url);
  await expect(page.locator('h1')).toHaveText('count: 2');
  await server.close();
  await expect(page.locator('#state')).toHaveText('Reconnecting');
  server = newServer();
  await server.listen(Number(new URL(url).port));
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('h1')).toHaveText('count: 1');
});

test('the page says when a stream is refused, and Retry tries again', async ({ page }) => {
  await page.route('**/event', (route) => route.fulfill({ status: 503 }));
  await page.goto(url);
  await expect(page.locator('#state')).toHaveText('The server refused the stream. Trying again in 5 s');
  await page.unroute('**/event');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.getByRole('button', { name: 'Retry' })).toBeHidden();
});

const SLOW = [
  ['marks', `a${'\u0301'.repeat(400_000)}`],
  ['two directions', 'a\u05d0'.repeat(200_000)],
  ['brackets', '\uff60'.repeat(100_000)],
  ['piles', '\u{1f3fb}\u0e33'.repeat(50_000)],
  ['numbers from right to left', `\u05d0${'1;'.repeat(7500)}`.repeat(60)],
  ['parentheses', `${'('.repeat(7500)}\u05d0${'a'.repeat(7500)}`.repeat(60)],
  ['lines', 'data: 0,\n'.repeat(100_000)],
] as const;

for (const [name, text] of drawn(SLOW, 1))
  test(`a text of ${name} doesn’t hang the page: its beginning is shown, and the rest by the keyboard`, async ({
    page,
  }) => {
    // The retry time prevents reconnecting, which would send the text again.
    const body = `retry: 1000000\ndata: ${text.replaceAll('\n', '\ndata: ')}\n\n`;
    // The text is sent once the watch has started.
    let send = () => {};
    const watched = new Promise<void>((resolve) => {
      send = resolve;
    });
    await page.route('**/event', async (route) => {
      await watched;
      await route.fulfill({ contentType: 'text/event-stream', body });
    });
    await page.goto(url);
    const longest = await watchTasks(page);
    send();
    await expect(page.locator('#data')).toBeVisible();
    const more = page.getByRole('button', { name: /^Show More/ });
    for (let presses = 0; presses < 20 && (await more.isVisible()); presses += 1) {
      const before = await page.locator('#data > div').count();
      await more.press('Enter');
      await expect.poll(() => page.locator('#data > div').count()).toBeGreaterThan(before);
    }
    await expect(more).toBeHidden();
    // The amount that can be selected without a hang.
    const all = (await page.locator('#data').evaluate((element) => element.textContent)) ?? '';
    expect(text.startsWith(all)).toBe(true);
    expect(all.length).toBeGreaterThan(10_000);
    await page.locator('#data').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    expect(await longest()).toBeLessThan(LONGEST);
    // It would be 7 s if a million of any characters were shown.
    await page.locator('#data').press('ControlOrMeta+A');
    expect(await longest()).toBeLessThan(LONGEST);
  });

for (const [name, text, shown] of [
  ['letters', 'x'.repeat(2_500_001), 1_000_000],
  // Each mark costs as much as 24 letters, and a cost of a million is shown.
  ['marks', `a${'\u0301'.repeat(2_500_000)}`, 41_667],
] as const)
  test(`of megabytes of ${name} the first ${shown} are shown, by clicks, and the rest is said`, async ({ page }) => {
    const body = `retry: 1000000\ndata: ${text}\n\n`;
    await page.route('**/event', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
    await page.goto(url);
    const more = page.getByRole('button', { name: /^Show More/ });
    await expect(more).toBeVisible();
    while (await more.isVisible()) await more.press('Enter');
    await expect(page.locator('#data')).toBeFocused();
    const taken = await page.locator('#data').evaluate((data) => data.textContent?.length ?? 0);
    expect(Math.abs(taken - shown)).toBeLessThan(1000);
    const left = (text.length - taken).toLocaleString('en');
    await expect(page.locator('#rest')).toHaveText(`${left} more characters: curl reads them`);
  });

test('it stops reading an endless fast stream at its limit, says so, and reconnects by a click', async ({ page }) => {
  const body = 'data: a\n\n'.repeat(900_000);
  let asked = 0;
  await page.route('**/event', (route) => {
    asked += 1;
    return route.fulfill({
      contentType: 'text/event-stream',
      body: asked === 1 ? body : 'retry: 1000000\ndata: 1\n\n',
    });
  });
  await page.goto(url);
  await expect(page.locator('#state')).toHaveText('More events came at once than a page can take: curl reads them');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.locator('h1')).toHaveText('count: 1');
  expect(asked).toBe(2);
});

test('a hidden page, which has no frames, stays live however many events come one after another', async ({ page }) => {
  const html = await (await fetch(url)).text();
  let send = (_text: string): void => {};
  const busy = createServer((request, response) => {
    if (request.url === '/') {
      response.end(html);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    send = (text) => void response.write(text);
  });
  await once(busy.listen(0, '127.0.0.1'), 'listening');
  await page.addInitScript(() => {
    const { EventSource: Native } = globalThis;
    const last = { data: '' };
    class Watched extends Native {
      constructor(address: string) {
        super(address);
        this.addEventListener('message', ({ data }) => Object.assign(last, { data }));
      }
    }
    Object.assign(globalThis, { requestAnimationFrame: () => 0, EventSource: Watched, last });
  });
  await page.goto(`http://127.0.0.1:${(busy.address() as AddressInfo).port}/`);
  await expect(page.locator('#state')).toHaveText('Live');
  for (let last = 1000; last <= 30_000; last += 1000) {
    send(Array.from({ length: 1000 }, (_, n) => `data: ${last - 999 + n}\n\n`).join(''));
    // On a busy machine, sending all at once would be too much.
    await expect.poll(() => page.evaluate('last.data'), { intervals: [10] }).toBe(String(last));
  }
  await expect(page.locator('#state')).toHaveText('Live');
  busy.close();
  busy.closeAllConnections();
});

test('of thousands of events that come at once, the last is shown, and hardly any other is drawn', async ({ page }) => {
  const body = `retry: 1000000\n${'data: a\n\n'.repeat(15_000)}data: 30\n\ndata: 31\n\ndata: last\n\n`;
  await page.route('**/event', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
  await page.addInitScript(() => {
    const drawn = { times: 0 };
    Object.assign(globalThis, { drawn });
    addEventListener('DOMContentLoaded', () => {
      const data = document.getElementById('data') as HTMLElement;
      new MutationObserver((changes) => {
        drawn.times += changes.length;
      }).observe(data, { childList: true });
    });
  });
  await page.goto(url);
  await expect(page.locator('#data')).toHaveText('last');
  await expect(page.getByRole('status').filter({ hasText: 'count: 30' })).toHaveCount(1);
  const times = await page.evaluate(() => (globalThis as unknown as { drawn: { times: number } }).drawn.times);
  expect(times).toBeLessThan(1000);
});

test('every thirtieth count is announced to screen readers, politely, without animation', async ({ page }) => {
  const events = [29, 30, 31].map((number) => `data: ${number}\n\n`).join('');
  await page.route('**/event', (route) => route.fulfill({ contentType: 'text/event-stream', body: events }));
  await page.goto(url);
  await expect(page.getByRole('status').filter({ hasText: 'count: 30' })).toHaveCount(1);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

const LOOKS = [
  ['light', 320],
  ['dark', 1000],
  ['light', 1000],
  ['dark', 320],
] as const;

for (const [colorScheme, width] of drawn(LOOKS, 1))
  test(`in ${colorScheme}, ${width} pixels wide, it fits its window, and axe-core finds nothing wrong`, async ({
    page,
  }, testInfo) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 600 });
    await page.goto(url);
    await expect(page.locator('h1')).toHaveText('count: 1');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await violations(page.locator('body'))).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('page.png') });
  });

test.describe('for a Japanese reader', () => {
  test.use({ locale: 'ja-JP' });

  test('the page is in Japanese', async ({ page }) => {
    await page.goto(url);
    await expect(page.locator('#state')).toHaveText('受信中');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  });
});
