// A server sends events that a browser is slow to lay out. In code-server, the panel's page and the whole workbench share
// one renderer: a long task in one is long for both (see test/e2e/hang.spec.ts).

import { FONTLESS, TEXTS } from '../support/page/hostileServer';
import { keepBusy, LONGEST, watchTasks } from '../support/page/longTasks';
import { showAll } from '../support/page/showAll';
import { expect } from './support/fixtures';
import { selectEvent, tagsOf, test } from './support/hangTest';
import { SIZES } from './support/theme';

test('the watch notices a task that is too long', async ({ inspect, hostile }) => {
  const page = await inspect(`${hostile}/event/letters`);
  await expect(page.locator('#state')).toHaveText('Live');
  const longest = await watchTasks(page);
  // The loop repeats because its share of the processor varies.
  let milliseconds = 1.5 * LONGEST;
  await expect(async () => {
    await keepBusy(page, milliseconds);
    milliseconds *= 2;
    expect(await longest()).toBeGreaterThanOrEqual(LONGEST);
  }).toPass();
});

for (const [name, text] of Object.entries(TEXTS))
  test(
    `a megabyte of ${name} as an event: Data and Raw are shown, to the end by the keyboard, and nothing hangs`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/event/${name}`);
      const longest = await selectEvent(page);
      const data = page.locator('#dataText');
      await expect(data).toContainText(/\S/);
      expect(await longest()).toBeLessThan(LONGEST);
      expect(await showAll(page, page, data)).toBeGreaterThan(0);
      expect(await data.evaluate((element) => element.textContent)).toBe(text);
      // All of it is selected and copied, without line breaks between the pieces, and is not laid out for that.
      await data.press('Control+A');
      await page.keyboard.press('Control+C');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
      expect(await longest()).toBeLessThan(LONGEST);
      await data.press('End');
      await data.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
      expect(await longest()).toBeLessThan(LONGEST);
      await page.setViewportSize(SIZES.medium);
      expect(await longest()).toBeLessThan(LONGEST);
      await page.getByRole('tab', { name: 'Raw' }).click();
      await showAll(page, page, page.locator('#rawText'));
      await page.setViewportSize(SIZES.wide);
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );

for (const [name, text] of Object.entries(FONTLESS))
  test(
    `a megabyte of ${name} that is selected as a whole is scrolled and resized without a hang, and copied as it is`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/event/${name}`);
      const longest = await selectEvent(page);
      const data = page.locator('#dataText');
      await expect(data).toContainText(/\S/);
      await showAll(page, page, data);
      expect(await longest()).toBeLessThan(LONGEST);
      await data.press('Control+A');
      for (const part of [0, 0.25, 0.5, 0.75, 1]) {
        await data.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), part);
        expect(await longest()).toBeLessThan(LONGEST);
        // Distant pieces are not in the page, but the visible ones are.
        await expect.poll(() => data.locator('.piece').count()).toBeLessThan(400);
        await expect(data.locator('.piece').filter({ visible: true }).first()).toBeAttached();
      }
      await page.setViewportSize(SIZES.medium);
      expect(await longest()).toBeLessThan(LONGEST);
      await page.keyboard.press('Control+C');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );
