// Texts that a browser is slow to lay out, in other places than an event: in the form, as a response, as JSON, in rows and
// lines.

import { JSONS, TEXTS } from '../support/page/hostileServer';
import { LONGEST, watchTasks } from '../support/page/longTasks';
import { expect } from './support/fixtures';
import { selectEvent, tagsOf, test } from './support/hangTest';
import { SIZES } from './support/theme';

for (const name of ['marks', 'directions', 'letters', 'brackets', 'katakana', 'numbers', 'parentheses'] as const)
  test(
    `a megabyte of ${name} that is pasted into the request's body doesn't hang the page, and is kept whole`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const text = TEXTS[name];
      const page = await inspect(`${hostile}/sent`);
      await expect(page.locator('#state')).toHaveText('Not an event stream');
      await page.locator('summary', { hasText: 'Request' }).click();
      const longest = await watchTasks(page);
      await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
      await page.locator('#body').focus();
      await page.keyboard.press('Control+V');
      await expect(page.locator('.tooLong:visible')).toContainText('too many to edit here');
      expect(await longest()).toBeLessThan(LONGEST);
      await page.locator('#method').fill('POST');
      await page.locator('#url').press('Enter');
      await expect(page.locator('#responseBody')).toHaveText(`${Buffer.byteLength(text)} bytes`);
      expect(await longest()).toBeLessThan(LONGEST);
      await page.getByRole('button', { name: 'Remove' }).press('Enter');
      await expect(page.locator('#body')).toHaveValue('');
      await expect(page.locator('#body')).toBeFocused();
      await expect(page.locator('#body')).toBeEditable();
    },
  );

for (const name of ['marks', 'directions', 'families', 'letters', 'brackets'])
  test(
    `a megabyte of ${name} as an answer that is shown by itself doesn't hang the page`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/event/letters`);
      await expect(page.locator('#rows .row')).toHaveCount(1);
      const longest = await watchTasks(page);
      await page.locator('#connect').click();
      await page.locator('#url').fill(`${hostile}/body/${name}`);
      await page.locator('#url').press('Enter');
      await expect(page.locator('#responseBody')).toContainText(/\S/);
      await page.locator('#response').evaluate((element) => element.scrollTo(0, element.scrollHeight));
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );

for (const name of Object.keys(JSONS))
  test(
    `a megabyte of JSON, ${name}, is shown as a tree, and opening its folds doesn't hang the page`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/json/${name}`);
      const longest = await selectEvent(page);
      const folds = page.locator('#jsonTree details:not([open]) > summary:visible');
      await expect(page.locator('#jsonTree .json')).toBeVisible();
      for (let opened = 0; opened < 4 && (await folds.count()) > 0; opened += 1) {
        await folds.first().click();
        expect(await longest()).toBeLessThan(LONGEST);
      }
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );

for (const name of ['marks', 'bidi', 'directions', 'families', 'brackets', 'symbols', 'numbers', 'parentheses'])
  test(
    `rows and lines of ${name}, also wrapped ones, are drawn without a hang`,
    tagsOf(name),
    async ({ inspect, hostile }) => {
      const page = await inspect(`${hostile}/lines/${name}`);
      await expect(page.locator('#facts')).toContainText('200 events');
      const longest = await watchTasks(page);
      for (const key of ['Home', 'End']) await page.locator('#table').press(key);
      expect(await longest()).toBeLessThan(LONGEST);
      await page.getByRole('tab', { name: 'Wire' }).click();
      for (const key of ['Home', 'End']) await page.locator('#wireScroller').press(key);
      await expect(page.locator('#wireLines')).toContainText('data: ');
      expect(await longest()).toBeLessThan(LONGEST);
      await page.locator('#wireScroller').press('Alt+z');
      await expect(page.locator('#wireLines')).toHaveClass(/wrapped/);
      for (const key of ['Home', 'PageDown', 'End', 'PageUp']) await page.locator('#wireScroller').press(key);
      await page.setViewportSize(SIZES.narrow);
      expect(await longest()).toBeLessThan(LONGEST);
    },
  );
