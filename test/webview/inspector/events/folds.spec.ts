// JSON in the details: what is open, and stays so.
import type { Page } from '@playwright/test';
import { expect, stream, test } from '../../support/fixtures';

const fold = (page: Page, key: string) =>
  page.locator('#jsonTree details', { has: page.locator(`:scope > summary:has-text('"${key}"')`) });

/** JSON that is deeper than what is open at first, with that many further members. */
const deep = (n: number, more: number) =>
  JSON.stringify({ a: { b: { c: { d: { e: { f: { n } } } } } }, list: Array.from({ length: more }, (_, at) => at) });

test('JSON of up to 50 lines is open as a whole, longer JSON to the fifth level', async ({ inspect, listen }) => {
  // 7 objects with two lines each, and the member n; a list has two, and one for each of its numbers.
  const page = await inspect(await listen(stream(`data: ${deep(1, 33)}\n\ndata: ${deep(2, 34)}\n\n`)));
  await page.locator('#rows .row').first().click();
  await expect(fold(page, 'f')).toHaveAttribute('open');
  await page.locator('#rows .row').last().click();
  await expect(page.locator('#summary')).toContainText('#2');
  await expect(fold(page, 'd')).toHaveAttribute('open');
  await expect(fold(page, 'e')).not.toHaveAttribute('open');
});

test('paths that the user has opened and closed are so in the next event', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream([1, 2, 3].map((n) => `data: ${deep(n, 50)}\n\n`).join(''))));
  await page.locator('#rows .row').first().click();
  await fold(page, 'e').locator('> summary').click();
  await fold(page, 'list').locator('> summary').press('Enter');
  await page.locator('#table').press('ArrowDown');
  await expect(page.locator('#summary')).toContainText('#2');
  await expect(fold(page, 'e')).toHaveAttribute('open');
  await expect(fold(page, 'list')).not.toHaveAttribute('open');
  await fold(page, 'e').locator('> summary').click();
  await page.locator('#table').press('ArrowDown');
  await expect(page.locator('#summary')).toContainText('#3');
  await expect(fold(page, 'e')).not.toHaveAttribute('open');
});
