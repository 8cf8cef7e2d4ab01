// Columns of the table: those of JSON keys, and widths.
import type { Page } from '@playwright/test';
import { violations } from '../../../support/page/axe';
import { expect, stream, streamByHand, test } from '../../support/fixtures';

const ORDERS = [1, 2, 3]
  .map((n) => `data: ${JSON.stringify({ id: 'order-5f1c2d', seq: n, user: { id: 4710 + n, name: '<b>Ada</b>' } })}\n\n`)
  .join('');

const head = (page: Page, name: string) => page.locator(`#tableHead > [data-column="${name}"]`);
const cells = (page: Page, name: string) => page.locator(`#rows .${name}`);
const width = async (page: Page, name: string) => (await head(page, name).boundingBox())?.width ?? 0;

/** Adds a column by keyboard. */
async function add(page: Page, path: string): Promise<void> {
  const field = page.locator('#columnPath');
  if (!(await field.isVisible())) await page.locator('#columnsButton').press('Enter');
  await field.fill(path);
  await field.press('Enter');
}

test('a row of unknown JSON shows what differs from the row before, and the whole in a tooltip', async ({
  inspect,
  listen,
}) => {
  const same = 'data: {"id":"order-5f1c2d","seq":3,"user":{"id":4713,"name":"<b>Ada</b>"}}\n\n';
  const page = await inspect(await listen(stream(ORDERS + same)));
  const data = cells(page, 'data');
  await expect(data).toHaveText([
    /^\{"id":"order/,
    '… seq: 2, user.id: 4712',
    '… seq: 3, user.id: 4713',
    'same as the row before',
  ]);
  await expect(data.nth(1)).toHaveAttribute('title', /^\{"id":"order-5f1c2d","seq":2,/);
});

test('what is found is marked in columns of JSON keys, too: a row may show it nowhere else @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(ORDERS)));
  await add(page, 'user.name');
  await expect(cells(page, 'value')).toHaveText(['<b>Ada</b>', '<b>Ada</b>', '<b>Ada</b>']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('ada');
  await expect.poll(() => page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(4);
});

test('a JSON key becomes a column by keyboard, with text as text, and is removed again', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(ORDERS)));
  const page = await view.open();
  await expect(cells(page, 'data')).toHaveCount(3);
  await add(page, 'user.id');
  await expect(page.locator('#columnPath')).toBeFocused();
  await add(page, 'user.name');
  await expect(cells(page, 'value')).toHaveText(['4711', '<b>Ada</b>', '4712', '<b>Ada</b>', '4713', '<b>Ada</b>']);
  expect(
    await page.locator('#jsonPaths option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value)),
  ).toEqual(['id', 'seq', 'user.id', 'user.name']);
  await page.getByRole('button', { name: 'Remove the column user.id' }).press('Enter');
  await expect(cells(page, 'value')).toHaveText(['<b>Ada</b>', '<b>Ada</b>', '<b>Ada</b>']);
  await expect(page.locator('#columnPath')).toBeFocused();
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('#columnsButton')).toBeFocused();
  expect(view.said.findLast(({ type }) => type === 'keepLayout')).toEqual({
    type: 'keepLayout',
    layout: { columns: ['user.name'], widths: [] },
  });
});

test('what is no path, a column that there is, and a seventh are refused with a reason @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(ORDERS)));
  const problem = page.locator('#columnProblem');
  await add(page, 'user id');
  await expect(problem).toContainText('Enter the path of a JSON key');
  await expect(page.locator('#columnPath')).toHaveAttribute('aria-invalid', 'true');
  for (const path of ['a', 'b', 'c', 'd', 'e', 'seq']) await add(page, path);
  await expect(problem).toBeEmpty();
  await add(page, 'seq');
  await expect(problem).toHaveText('There is a column for that already.');
  await add(page, 'f');
  await expect(problem).toHaveText('There are 6 columns already. Remove one first.');
  await expect(page.locator('#tableHead .value')).toHaveCount(6);
});

test('types and ids are left out while there are none, and shown as soon as one comes; columns fit the widest', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, 'data: 1\n\n');
  const page = await inspect(url);
  await expect(cells(page, 'data')).toHaveText(['1']);
  await expect(head(page, 'event')).toBeHidden();
  await expect(head(page, 'id')).toBeHidden();
  send('event: order\nid: 1\ndata: 2\n\n');
  await expect(head(page, 'event')).toBeVisible();
  await expect(head(page, 'id')).toBeVisible();
  const before = await width(page, 'event');
  send('event: content_block_delta\ndata: 3\n\n');
  await expect.poll(() => width(page, 'event')).toBeGreaterThan(before);
  const cell = cells(page, 'event').last();
  expect(await cell.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
});

test('the edge of a column is dragged without selecting text; a double click has it fit its content again', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream(ORDERS)));
  const page = await view.open();
  await expect(cells(page, 'data')).toHaveCount(3);
  const before = await width(page, 'time');
  const handle = head(page, 'time').locator('.handle');
  const { x, y } = (await handle.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 3, y + 5);
  await page.mouse.down();
  await page.mouse.move(x + 63, y + 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await width(page, 'time')) - before)).toBe(60);
  expect(await page.evaluate(() => String(getSelection()))).toBe('');
  const kept = () => view.said.filter(({ type }) => type === 'keepLayout');
  expect(kept()).toEqual([
    { type: 'keepLayout', layout: { columns: [], widths: [['time', Math.round(before) + 60]] } },
  ]);
  await handle.dblclick();
  await expect.poll(() => width(page, 'time')).toBe(before);
  expect(kept().at(-1)).toEqual({ type: 'keepLayout', layout: { columns: [], widths: [] } });
});

test('a width is set by keyboard, in the list of columns, and reset', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(ORDERS)));
  await expect(cells(page, 'data')).toHaveCount(3);
  await page.locator('#columnsButton').press('Enter');
  const before = await width(page, 'time');
  const field = page.getByLabel('Width of Time, in pixels');
  await field.fill('200');
  await expect.poll(() => width(page, 'time')).toBe(200);
  await field.press('ArrowDown');
  await expect.poll(() => width(page, 'time')).toBeLessThan(200);
  await page.getByRole('button', { name: 'Reset Widths' }).press('Enter');
  await expect.poll(() => width(page, 'time')).toBe(before);
});

test('columns, widths and the split are remembered for the URL', async ({ editor, listen }) => {
  const url = await listen(stream(ORDERS));
  const view = await editor.inspect(`${url}?a=1`);
  const page = await view.open();
  await expect(cells(page, 'data')).toHaveCount(3);
  await add(page, 'seq');
  await page.keyboard.press('Escape');
  await cells(page, 'data').first().click();
  await page.locator('#splitter').press('ArrowRight');
  await expect
    .poll(() => view.said.at(-1))
    .toEqual({ type: 'keepLayout', layout: { columns: ['seq'], widths: [], split: 62 } });
  await page.reload();
  await expect(cells(page, 'value')).toHaveText(['1', '2', '3']);
  await expect(page.locator('#splitter')).toHaveAttribute('aria-valuenow', '62');
});

test('the split is dragged without selecting text, and moved by keyboard', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(ORDERS)));
  await cells(page, 'data').first().click();
  await expect(page.locator('#jsonTree')).toContainText('4711');
  const listWidth = async () => (await page.locator('.list').boundingBox())?.width ?? 0;
  const splitter = page.locator('#splitter');
  const before = await listWidth();
  const { x, y } = (await splitter.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 4, y + 40);
  await page.mouse.down();
  await page.mouse.move(x - 196, y + 90, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await listWidth()) - before + 200)).toBeLessThan(12);
  expect(await page.evaluate(() => String(getSelection()))).toBe('');
  await splitter.press('End');
  await expect(splitter).toHaveAttribute('aria-valuenow', '80');
  await splitter.press('Enter');
  await expect.poll(listWidth).toBe(before);
});

test('in a narrow panel, the edge between the table and the details below is dragged and moved by keyboard @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(ORDERS)));
  await page.setViewportSize({ width: 420, height: 1300 });
  await cells(page, 'data').first().click();
  await expect(page.locator('#jsonTree')).toContainText('4711');
  const listHeight = async () => (await page.locator('.list').boundingBox())?.height ?? 0;
  const splitter = page.locator('#splitter');
  await expect(splitter).toHaveAttribute('aria-orientation', 'horizontal');
  const before = await listHeight();
  const { x, y } = (await splitter.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 100, y + 4);
  await page.mouse.down();
  await page.mouse.move(x + 150, y - 56, { steps: 4 });
  await page.mouse.up();
  await expect.poll(listHeight).toBeLessThan(before - 20);
  await page.screenshot({ path: test.info().outputPath('narrow.png') });
  await splitter.press('Enter');
  await expect.poll(listHeight).toBe(before);
  await splitter.press('ArrowDown');
  await expect(splitter).toHaveAttribute('aria-valuenow', '62');
  await expect.poll(listHeight).toBeGreaterThan(before);
  await page.screenshot({ path: test.info().outputPath('focused.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
  // In a low panel, the page scrolls, and both parts stay usable.
  await page.setViewportSize({ width: 420, height: 400 });
  expect(await listHeight()).toBeGreaterThanOrEqual(200);
  expect((await page.locator('#jsonTree').boundingBox())?.height).toBeGreaterThanOrEqual(100);
});
