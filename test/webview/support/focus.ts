import type { Locator, Page } from '@playwright/test';
import { Look } from './looks';

/**
 * Presses Tab from an element on until the focus leaves the page or repeats. Returns the ids or texts of the focused
 * elements.
 */
export async function stopsOf(page: Page, first: Locator): Promise<string[]> {
  const names: string[] = [];
  await first.focus();
  for (let name = await focused(page); name !== '' && !names.includes(name); name = await focused(page)) {
    names.push(name);
    await page.keyboard.press('Tab');
  }
  return names;
}

/** Checks that many elements in Tab order from the first on. Returns those that look the same with and without the focus. */
export async function unseenStops(page: Page, first: Locator, count: number, contrast: number): Promise<string[]> {
  const unseen: string[] = [];
  // So that the browser treats the focus as the keyboard's.
  await first.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  for (let stop = 0; stop < count; stop += 1) {
    const name = await focused(page);
    const look = await Look.at(page.locator(':focus').first());
    await page.keyboard.press('Tab');
    if (!(await look.isChanged(contrast))) unseen.push(name);
  }
  return unseen;
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    return active === document.body ? '' : active?.id || active?.textContent?.trim() || '';
  });
}
