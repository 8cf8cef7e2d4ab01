// An empty inspector, and its ways to begin.
import { violations } from '../../support/page/axe';
import { fake } from '../../support/vscode/index';
import { expect, test } from '../support/fixtures';
import { stopsOf } from '../support/focus';
import { SIZES } from '../support/theme';

test.beforeEach(({ editor }) => {
  editor.values = [''];
});

test('an empty panel offers to paste, recent requests and the counter, by keyboard too', async ({
  inspect,
  editor,
}, testInfo) => {
  const page = await inspect('');
  await expect(page.locator('#empty')).toHaveText('Enter a URL and select Connect');
  const offers = page.getByRole('group', { name: 'Ways to begin' });
  await expect(offers.locator('vscode-button')).toHaveText(['Paste URL or curl', 'Recent…', 'Try the Counter']);
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('empty.png') });
  const stops = await stopsOf(page, page.locator('#method'));
  expect(stops.slice(-4)).toEqual(['pasteOffered', 'recentOffered', 'counterOffered', 'columnsButton']);
  await page.locator('#recentOffered').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect
    .poll(() => editor.done.map(([command]) => command))
    .toEqual(expect.arrayContaining(['sseCounter.inspectRecent', 'sseCounter.inspectCounter']));
  await page.setViewportSize(SIZES.narrow);
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('empty-narrow.png') });
});

test('in a narrow column its text doesn’t run into the offers, and the names of tabs stay whole @long', async ({
  inspect,
}) => {
  const page = await inspect('');
  await page.setViewportSize(SIZES.narrowest);
  await expect(page.locator('#offers')).toBeVisible();
  // As long as it is in other languages.
  await page.locator('#empty').evaluate((text) => text.append(' after that'));
  await page.locator('#wireTab').evaluate((tab) => tab.replaceChildren('受信データ'));
  const boxOf = async (id: string) => (await page.locator(id).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [text, offers] = [await boxOf('#empty'), await boxOf('#offers')];
  expect(text.y + text.height).toBeLessThanOrEqual(offers.y);
  expect((await boxOf('#wireTab')).height).toBe((await boxOf('#eventsTab')).height);
});

test('a pasted command fills in the form, the offers go, and the focus is in the URL’s field', async ({ inspect }) => {
  const page = await inspect('');
  fake.readClipboard = async () => 'curl http://127.0.0.1:1/events';
  await page.locator('#pasteOffered').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#url')).toHaveValue('http://127.0.0.1:1/events');
  await expect(page.locator('#url')).toBeFocused();
  await expect(page.locator('#offers')).toBeHidden();
  await page.locator('#url').fill('');
  await expect(page.locator('#offers')).toBeVisible();
});
