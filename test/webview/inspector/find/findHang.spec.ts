// Marks of what is found, in text that a browser is slow to lay out.
import { FONTLESS, TEXTS } from '../../../support/page/hostileServer';
import { LONGEST, watchTasks } from '../../../support/page/longTasks';
import { expect } from '../../support/fixtures';
import { tagsOf, test } from '../../support/hangTest';

/** Returns a text that is found as often as can be: its first character, or the mark on it. */
function frequent(text: string): string {
  return text.startsWith('a\u0301') ? '\u0301' : (Array.from(text.slice(0, 10))[0] ?? 'x');
}

for (const [name, text] of Object.entries({ ...TEXTS, ...FONTLESS }))
  test(
    `what is found in a megabyte of ${name} is marked without a hang, in Data and in Wire`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/event/${name}`);
      await page.locator('#rows .row').click();
      const longest = await watchTasks(page);
      const found = page.locator('#found');
      await page.keyboard.press('Control+F');
      for (const find of [text.slice(0, 190), frequent(text)]) {
        await page.locator('#findText').fill(find);
        await expect(found).toHaveText(/1/);
        await page.locator('#dataText').evaluate((shown) => shown.scrollTo(0, shown.scrollHeight / 2));
        expect(await longest()).toBeLessThan(LONGEST);
      }
      await page.getByRole('tab', { name: 'Wire' }).click();
      await expect(found).toHaveText(/[12]/);
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );
