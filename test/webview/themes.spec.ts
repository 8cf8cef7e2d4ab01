// Each panel in each theme: axe-core also measures contrasts.
import { mkdir, writeFile } from 'node:fs/promises';
import { violations } from '../support/page/axe';
import { expect, stream, test } from './support/fixtures';
import { chatEvent, posted, resultOf, whole } from './support/results';
import { SIZES, THEMES, tagsOf } from './support/theme';

const TOKENS = Array.from(
  { length: 12 },
  (_, at) => `id: ${at + 1}\ndata: {"said":[{"delta":{"content":"token ${at + 1}"}}]}\n\n`,
).join('');
const ORDERS = [1, 2, 3].map((n) => `id: ${n}\nevent: order\ndata: {"number": ${n}}\n\n:@ wait 300ms\n`).join('');

for (const theme of THEMES)
  test.describe(`in ${theme}, wide and narrow`, tagsOf(theme), () => {
    test.use({ theme });

    test('axe-core finds nothing wrong in the inspector, with its form and an event open', async ({
      inspect,
      listen,
    }, testInfo) => {
      const url = await listen(stream(TOKENS));
      const page = await inspect(`curl ${url} -H "Authorization: Bearer sk-1" -d '{"stream":true}'`);
      await expect(page.locator('#rows')).toContainText('token 5');
      await page.locator('#rows .row').nth(1).click();
      await expect(page.locator('#jsonTree')).toContainText('token 2');
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.locator('summary', { hasText: 'Request' }).click();
      await page.screenshot({ path: testInfo.outputPath('wide.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.setViewportSize(SIZES.narrow);
      await page.screenshot({ path: testInfo.outputPath('narrow.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
    });

    test('axe-core finds nothing wrong in a result with every kind of item and problems', async ({
      inspect,
      listen,
    }, testInfo) => {
      const call = { index: 0, id: 't1', function: { name: 'tide', arguments: '{"po' } };
      const text =
        chatEvent({ reasoning_content: 'Let me think.' }) +
        chatEvent({ content: 'Ebb' }) +
        chatEvent({ tool_calls: [call] }) +
        'data: {"error":{"message":"Overloaded","code":529}}\n\n';
      const page = await inspect(posted(await listen(whole(text))));
      await expect(resultOf(page).chips).toHaveCount(2);
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath('wide.png') });
      await page.setViewportSize({ width: 300, height: 700 });
      await page.screenshot({ path: testInfo.outputPath('narrow.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.setViewportSize(SIZES.wide);
      await page.getByRole('tab', { name: 'Events' }).click();
      await page.locator('#rows .row').last().click();
      await expect(page.getByRole('button', { name: 'Show in Result' })).toBeVisible();
      expect(await violations(page.locator('main'))).toEqual([]);
    });

    test('axe-core finds nothing wrong in the panel of a served file', async ({ editor }, testInfo) => {
      const page = await (await editor.serve('orders.sse', ORDERS)).open();
      await expect(page.locator('#state')).toHaveText('Serving');
      const headers = { 'User-Agent': 'curl/8.5.0' };
      const url = (await page.locator('#address').textContent()) ?? '';
      // Kept, as undici cancels the body of a response that is garbage.
      const first = await fetch(url, { headers });
      await expect(page.locator('#rows')).toContainText('curl');
      await fetch(url.replace('event', 'api/orders'), { headers: { 'User-Agent': 'Vite proxy', 'Origin': 'null' } });
      const second = await fetch(`${url}?room=7&token=1`, { headers: { ...headers, 'Last-Event-ID': '2' } });
      await expect(page.locator('#requestsHeading')).toHaveText('3 requests · 1 refused');
      editor.save('orders.sse', `${ORDERS}:@ stauts 503\n`);
      await expect(page.locator('#problem')).toContainText('line 16');
      await page.locator('#proxies summary').click();
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath('wide.png'), fullPage: true });
      await page.setViewportSize(SIZES.narrowest);
      await page.screenshot({ path: testInfo.outputPath('narrow.png'), fullPage: true });
      expect(await violations(page.locator('main'))).toEqual([]);
      await Promise.all([first, second].map(({ body }) => body?.cancel()));
    });

    test('axe-core finds nothing wrong in the panel of a folder', async ({ editor }, testInfo) => {
      const folder = testInfo.outputPath('mocks');
      await mkdir(`${folder}/v1/chat`, { recursive: true });
      const chat = ':@ method POST\n:@ when body /stream = true\ndata: [DONE]\n\n';
      for (const [name, text] of Object.entries({
        'orders.sse': ORDERS,
        'v1/chat/completions.sse': chat,
        'c.sse': ':@ x\n',
      }))
        await writeFile(`${folder}/${name}`, text);
      const page = await (await editor.serveFolder(folder)).open();
      await expect(page.locator('#streamsHeading')).toHaveText('2 streams');
      await expect(page.locator('#problems')).toContainText('c.sse:1:4: There is no directive “x”');
      await expect(page.locator('#state')).toHaveText('Serving');
      const root = (await page.locator('#address').textContent()) ?? '';
      const response = await fetch(`${root}orders`);
      await expect(page.locator('#rows')).toContainText('/orders');
      await page.locator('#publishPath').selectOption('/orders');
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath('wide.png'), fullPage: true });
      await page.setViewportSize(SIZES.narrowest);
      await page.screenshot({ path: testInfo.outputPath('narrow.png'), fullPage: true });
      expect(await violations(page.locator('main'))).toEqual([]);
      await response.body?.cancel();
    });

    test('the counter’s panel fits its column, and axe-core finds nothing wrong', async ({ editor }, testInfo) => {
      const { view, session } = await editor.startCounter();
      const page = await view.open();
      await expect(page.locator('#state')).toHaveText('Live');
      for (const name of ['wide', 'narrowest'] as const) {
        await page.setViewportSize(SIZES[name]);
        await expect(page.getByRole('button', { name: 'Copy URL' })).toBeInViewport();
        await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
        expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
      }
      await page.setViewportSize(SIZES.wide);
      expect(await violations(page.locator('body'))).toEqual([]);
      await session.stop();
      await expect(page.locator('#state')).toHaveText('Stopped');
      expect(await violations(page.locator('body'))).toEqual([]);
    });
  });
