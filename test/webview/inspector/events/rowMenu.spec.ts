// The menu of a row, which VS Code shows, and the keys for what it offers.
import type { Page } from '@playwright/test';
import { expect, stream, test } from '../../support/fixtures';
import { chatEvent, posted, whole } from '../../support/results';

const STREAM = 'event: ping\ndata: {}\n\nevent: order\ndata: {"a":1}\ndata:\n\nevent: order\ndata: b\n\n';

const rows = (page: Page) => page.locator('#rows .row');

/** Notes what VS Code would be asked to show a menu for, as its own listener reads it. */
async function noteMenus(page: Page): Promise<() => Promise<unknown[]>> {
  await page.evaluate(() => {
    const menus: unknown[] = [];
    Object.assign(globalThis, { menus });
    window.addEventListener('contextmenu', (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const found = (event.target as Element).closest<HTMLElement>('[data-vscode-context]');
      menus.push({ ...JSON.parse(found?.dataset['vscodeContext'] ?? '{}'), isIn: event.clientY > 0 });
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { menus: unknown[] }).menus);
}

/** Chooses in VS Code's menu. */
function choose(page: Page, action: string, number: number): Promise<void> {
  return page.evaluate((message) => window.postMessage(message, '*'), { type: 'rowAction', action, number });
}

const menuOf = (number: number, hasResult = false) => ({
  ...{ webviewSection: 'row', number, preventDefaultContextMenuItems: true, isIn: true },
  'sseCounter.hasResult': hasResult,
});

test('a right click tells VS Code the row, and selects it without opening its details', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(STREAM)));
  await expect(rows(page)).toHaveCount(3);
  const menus = await noteMenus(page);
  await rows(page).nth(1).click({ button: 'right' });
  expect(await menus()).toEqual([menuOf(2)]);
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('#details')).toBeHidden();
});

test('Shift+F10 and the menu key open the menu of the selected row', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(STREAM)));
  await expect(rows(page)).toHaveCount(3);
  const menus = await noteMenus(page);
  await page.locator('#table').press('End');
  await page.keyboard.press('Shift+F10');
  await expect.poll(menus).toEqual([menuOf(3)]);
  await page.keyboard.press('ContextMenu');
  await expect.poll(menus).toEqual([menuOf(3), menuOf(3)]);
});

test('where text is selected, the menu keeps its Copy', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(STREAM)));
  await expect(rows(page)).toHaveCount(3);
  const menus = await noteMenus(page);
  await page.locator('#table').press('Control+a');
  await rows(page).nth(1).dispatchEvent('contextmenu', { button: 2, bubbles: true, cancelable: true });
  expect(await menus()).toMatchObject([{ preventDefaultContextMenuItems: false }]);
});

test('Ctrl+C copies the data of the selected row, and says so; selected text comes first', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream(STREAM)));
  const page = await view.open();
  await expect(rows(page)).toHaveCount(3);
  await page.locator('#table').press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+c');
  await expect(page.locator('#rowCopied')).toHaveText('Copied');
  expect(view.said.at(-1)).toEqual({ type: 'copyData', number: 2 });
  expect(editor.done.at(-1)).toContain('{"a":1}\n');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  expect(view.said.filter(({ type }) => type === 'copyData')).toHaveLength(1);
});

test('the menu’s actions: copy, open, filter and hide a type, which a chip shows again', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(STREAM)));
  const page = await view.open();
  await expect(rows(page)).toHaveCount(3);
  await rows(page).first().click({ button: 'right' });
  for (const action of ['copyData', 'copyEvent', 'openData']) {
    await choose(page, action, 1);
    await expect.poll(() => view.said.at(-1)).toEqual({ type: action, number: 1 });
  }
  await choose(page, 'hideType', 1);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator('#filterCount')).toHaveText('2 of 3');
  await page.getByRole('button', { name: 'Show events of type ping again' }).press('Enter');
  await expect(rows(page)).toHaveCount(3);
  await expect(page.locator('#filterCount')).toBeEmpty();
  await expect(page.locator('#filter')).toBeFocused();
  await rows(page).nth(1).click({ button: 'right' });
  await choose(page, 'filterType', 2);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator('#eventName')).toHaveValue('order');
  await expect(page.locator('#filterCount')).toHaveText('2 of 3');
});

test('a menu of a row that is no longer the clicked one does nothing', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(STREAM)));
  const page = await view.open();
  await expect(rows(page)).toHaveCount(3);
  await rows(page).first().click({ button: 'right' });
  const said = view.said.length;
  await choose(page, 'copyData', 2);
  await rows(page).nth(1).click({ button: 'right' });
  await choose(page, 'copyData', 2);
  await expect.poll(() => view.said.slice(said).filter(({ type }) => type === 'copyData')).toHaveLength(1);
});

test('an event that adds to a result leads to its piece', async ({ inspect, listen }) => {
  const page = await inspect(
    posted(await listen(whole(chatEvent({ content: 'Ebb' }) + chatEvent({ content: ' and flow' })))),
  );
  await page.locator('#eventsTab').click();
  await expect(rows(page).last()).toContainText('+" and flow"');
  const menus = await noteMenus(page);
  await rows(page).last().click({ button: 'right' });
  expect(await menus()).toEqual([menuOf(2, true)]);
  await choose(page, 'showResult', 2);
  await expect(page.locator('#result')).toBeVisible();
});

test('a key of the JSON tree is shown as a column by its menu', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream('data: {"a b":[{"c":7}]}\n\n')));
  await rows(page).first().click();
  const menus = await noteMenus(page);
  await page.locator('#jsonTree .leaf', { hasText: '"c"' }).click({ button: 'right' });
  expect(await menus()).toEqual([{ webviewSection: 'jsonKey', path: '["a b"][0].c', isIn: true }]);
  const message = { type: 'keyAction', action: 'showColumn', path: '["a b"][0].c' };
  await page.evaluate((message) => window.postMessage(message, '*'), message);
  await expect(page.locator('#rows .value')).toHaveText(['7']);
  await page.evaluate((message) => window.postMessage(message, '*'), { ...message, action: 'hideColumn' });
  await expect(page.locator('#rows .value')).toHaveCount(0);
});
