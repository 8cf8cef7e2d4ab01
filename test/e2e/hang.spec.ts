// A server that sends texts that are slow to lay out. In code-server, the panel's page and the workbench share a renderer:
// a long task of one blocks both. All other such texts are in test/webview/.
import { COLORED, OPENED, REFUSED, serveHostile, TEXTS } from '../support/page/hostileServer';
import { keepBusy, LONGEST, watchTasks } from '../support/page/longTasks';
import { showAll } from '../support/page/showAll';
import { drawn } from '../support/random/drawn';
import { test as base, expect } from './support/fixtures';

const test = base.extend<{ hostile: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  hostile: async ({}, use) => {
    const server = await serveHostile();
    await use(server.url);
    server.close();
  },
});

test('the watch notices a long task of the panel', async ({ workbench, hostile }) => {
  const { page, panel } = workbench;
  await workbench.inspect(`${hostile}/event/letters`);
  await expect(panel.locator('#state')).toHaveText('Live');
  const longest = await watchTasks(page, panel);
  // The CPU time that the task gets depends on the machine.
  let milliseconds = 1.5 * LONGEST;
  await expect(async () => {
    await keepBusy(panel, milliseconds);
    milliseconds *= 2;
    expect(await longest()).toBeGreaterThanOrEqual(LONGEST);
  }).toPass();
});

test('a megabyte of marks as an event: Data and Raw are shown, to the end by the keyboard, and nothing hangs', async ({
  workbench,
  hostile,
}, testInfo) => {
  const { page, panel } = workbench;
  await workbench.inspect(`${hostile}/event/marks`);
  await expect(panel.locator('#rows .row')).toHaveCount(1);
  const longest = await watchTasks(page, panel);
  await panel.locator('#rows .row').click();
  const data = panel.locator('#dataText');
  await expect(data).toContainText(/\S/);
  expect(await longest()).toBeLessThan(LONGEST);
  await page.screenshot({ path: testInfo.outputPath('data.png') });
  expect(await showAll(page, panel, data)).toBeGreaterThan(0);
  expect(await data.evaluate((element) => element.textContent)).toBe(TEXTS.marks);
  // The whole text is selected and copied, without the line ends of the pieces, and isn't laid out for that.
  await data.press('Control+A');
  await page.keyboard.press('Control+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(TEXTS.marks);
  expect(await longest()).toBeLessThan(LONGEST);
  await data.press('End');
  await data.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  expect(await longest()).toBeLessThan(LONGEST);
  await page.setViewportSize({ width: 900, height: 760 });
  expect(await longest()).toBeLessThan(LONGEST);
  await panel.getByRole('tab', { name: 'Raw' }).click();
  await showAll(page, panel, panel.locator('#rawText'));
  await page.setViewportSize({ width: 1200, height: 760 });
  expect(await longest()).toBeLessThan(LONGEST);
});

for (const [name, text] of drawn(Object.entries(OPENED), 1))
  test(`data that are just not too much, ${name}, are opened in an editor without a hang`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/data/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    await panel.locator('#rows .row').click();
    await expect(panel.locator('#summary')).toContainText('#1');
    const longest = await watchTasks(page, panel);
    await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
    const editor = page.locator('.editor-instance .monaco-editor').first();
    await expect(editor.locator('.view-line').first()).toContainText(text[0] === '\u0001' ? /./ : (text[0] ?? ''));
    const colored = editor.locator('.view-line [class*=bracket-highlighting]').first();
    if (COLORED.includes(name)) await expect(colored).toBeVisible();
    expect(await longest()).toBeLessThan(LONGEST);
    await editor.locator('.view-lines').click({ position: { x: 60, y: 5 } });
    expect(await longest()).toBeLessThan(LONGEST);
    for (const key of ['PageDown', 'Control+End', 'Control+A', 'Control+Home']) {
      await page.keyboard.press(key);
      expect(await longest(), key).toBeLessThan(LONGEST);
    }
    await page.screenshot({ path: testInfo.outputPath('opened.png') });
    await workbench.run('View: Revert and Close Editor');
  });

test('for data that are too large for an editor, saving is offered', async ({ workbench, hostile }) => {
  const { page, panel } = workbench;
  await workbench.inspect(`${hostile}/data/${Object.keys(REFUSED).join('')}`);
  await expect(panel.locator('#rows .row')).toHaveCount(1);
  await panel.locator('#rows .row').click();
  await expect(panel.locator('#summary')).toContainText('#1');
  const longest = await watchTasks(page, panel);
  await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
  const told = page.locator('.notification-list-item', { hasText: 'An editor would hang' });
  await expect(told.getByRole('button', { name: 'Save…' })).toBeVisible();
  await panel.getByRole('button', { name: 'Copy Event' }).click();
  expect(await longest()).toBeLessThan(LONGEST);
  await workbench.run('Notifications: Clear All Notifications');
});
