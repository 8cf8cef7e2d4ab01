// Select All and Copy take the text of the focused part, unchanged.
import type { Page } from '@playwright/test';
import { LONGEST, watchTasks } from '../../../support/page/longTasks';
import { drawn } from '../../../support/random/drawn';
import { expect, stream, test } from '../../support/fixtures';

/** More than one piece of text: between pieces, a browser would copy a line break. */
const LONG = JSON.stringify({ list: Array.from({ length: 1500 }, (_, at) => `item number ${at} with some text`) });

async function copied(page: Page, ...keys: string[]): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
  for (const key of [...keys, 'ControlOrMeta+c']) await page.keyboard.press(key);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('nothing was copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

test('in a response’s body that was clicked, all is copied and nothing else; in Response, its head too', async ({
  inspect,
  listen,
}) => {
  const value = 'a long value, '.repeat(2000);
  const page = await inspect(
    await listen((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-Long': value.trim() }).end(LONG),
    ),
  );
  await expect(page.locator('#responseBody')).toContainText('item number 5 ');
  await page.locator('#responseBody').click();
  await expect(page.locator('#responseBody')).toBeFocused();
  expect(await copied(page, 'ControlOrMeta+a')).toBe(LONG);

  await page.getByRole('tab', { name: 'Response' }).click();
  const all = await copied(page, 'ControlOrMeta+a');
  expect(all.startsWith('200 OK')).toBe(true);
  expect(all).toMatch(/Content-Type\s+application\/json\n/i);
  expect(all).toMatch(new RegExp(`X-Long\\s+${'a long value, '.repeat(100)}`));
  expect(all.endsWith(LONG)).toBe(true);
  expect(all).not.toMatch(/Disconnect|Not an event stream|Show More/);
  // The selection is unchanged.
  expect(await copied(page)).toBe(all);

  // From one piece into the next, as by dragging.
  await page.locator('#responseBody').evaluate((body) => {
    const [first, second] = body.querySelectorAll('.piece');
    if (first?.firstChild && second?.firstChild)
      document.getSelection()?.setBaseAndExtent(first.firstChild, 10, second.firstChild, 10);
  });
  const some = await copied(page);
  expect(some.length).toBeGreaterThan(100);
  expect(LONG.startsWith(some, 10)).toBe(true);
});

const TABS = [
  ['Data', '#dataText', LONG],
  ['Raw', '#rawText', `data: ${LONG}␊\n␊\n`],
] as const;

for (const [tab, panel, text] of drawn(TABS, 1))
  test(`in ${tab}, all is copied and nothing else, after a click into it or on its tab`, async ({
    inspect,
    listen,
  }) => {
    const page = await inspect(await listen(stream(`data: ${LONG}\n\n`)));
    await page.locator('#rows .row').click();
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.locator(panel)).toContainText('item number 5 ');
    expect(await copied(page, 'ControlOrMeta+a')).toBe(text);
    await page.locator(panel).click();
    await expect(page.locator(panel)).toBeFocused();
    expect(await copied(page, 'ControlOrMeta+a')).toBe(text);
  });

test('in JSON, its tree is copied and nothing else, with its long strings unbroken', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(`data: {"a":1,"b":${JSON.stringify(LONG)},"c":2}\n\n`)));
  await page.locator('#rows .row').click();
  await expect(page.locator('#jsonTree')).toContainText('item number 5 ');
  // Once shows the rest. By the keyboard, as the button moves while the pieces above it get their height.
  await page.locator('#jsonTree .more').press('Enter');
  await expect(page.locator('#jsonTree')).toContainText('item number 1499 ');
  await page.locator('#jsonTree .key').first().click();
  const tree = await copied(page, 'ControlOrMeta+a');
  expect(tree).toMatch(/^\{\s*"a": 1,\n/);
  expect(tree).toMatch(/\n"c": 2\n\}\s*$/);
  expect(tree.includes(`${JSON.stringify(LONG)},`)).toBe(true);
});

test('in Wire and in the table, the visible part is selected, not the whole page; a field selects its own text @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream('data: a\n\ndata: b\n\n')));
  await expect(page.locator('#rows .row')).toHaveCount(2);
  await page.locator('#table').focus();
  expect(await copied(page, 'ControlOrMeta+a')).not.toMatch(/Disconnect|Live/);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await page.locator('#wireScroller').click();
  expect((await copied(page, 'ControlOrMeta+a')).trim()).toMatch(/^data: a\s+data: b$/);
  await page.locator('#url').focus();
  const url = await page.locator('#url').inputValue();
  expect(await copied(page, 'ControlOrMeta+a')).toBe(url);
});

for (const [folds, tag] of [
  [6, []],
  [10, ['@long']],
] as const)
  test(`a tree of ${folds}00 long strings is copied without a hang, exactly, and keeps its scroll position`, {
    tag: [...tag],
  }, async ({ inspect, listen }) => {
    const words = 'مرحبا بكم '.repeat(20);
    const strings = Array.from({ length: 100 * folds }, (_, at) => `${1000 + at} ${words}`);
    const page = await inspect(await listen(stream(`data: ${JSON.stringify(strings)}\n\n`)));
    await page.locator('#rows .row').click();
    const tree = page.locator('#jsonTree');
    await tree.locator('summary').click();
    await expect(tree.locator('summary.range')).toHaveCount(folds);
    for (const fold of (await tree.locator('summary.range').all()).reverse()) await fold.click();
    await expect(tree.locator('.pieces-of-text')).toHaveCount(100 * folds);
    await tree.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    const scrolled = await tree.evaluate((element) => element.scrollTop);
    const longest = await watchTasks(page);
    const text = await copied(page);
    expect(await longest()).toBeLessThan(LONGEST);
    const lines = strings.map((string, at) => JSON.stringify(string) + (at < strings.length - 1 ? ',' : ''));
    const inFolds = Array.from({ length: folds }, (_, at) => [
      `${100 * at} … ${100 * at + 99}`,
      ...lines.slice(100 * at, 100 * at + 100),
    ]);
    expect(text.split('\n')).toEqual(['[', ...inFolds.flat(), ']']);
    expect(await tree.evaluate((element) => element.scrollTop)).toBe(scrolled);
    // From the middle of a text into the middle of the next but one, as by dragging.
    await tree.evaluate((element) => {
      const texts = element.querySelectorAll('.pieces-of-text');
      const [first, last] = [50, 52].map((at) => texts[at]?.querySelector('.piece')?.firstChild);
      if (first && last) document.getSelection()?.setBaseAndExtent(first, 10, last, 10);
    });
    expect(await copied(page)).toBe([lines[50]?.slice(10), lines[51], lines[52]?.slice(0, 10)].join('\n'));
  });

test('a keydown event without a key, which a browser sends for autofill, has no effect @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream('data: a\n\n')));
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  for (const id of ['method', 'url', 'table'])
    await page
      .locator(`#${id}`)
      .evaluate((target) => void target.dispatchEvent(new Event('keydown', { bubbles: true })));
  await page.locator('#table').focus();
  expect(await copied(page, 'ControlOrMeta+a')).not.toContain('Disconnect');
  expect(errors).toEqual([]);
});
