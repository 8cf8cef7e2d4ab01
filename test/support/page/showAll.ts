import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** Moves to Show More with Tab and presses Enter until all is shown; returns how often. @param panel of the text */
export async function showAll(page: Page, panel: Page | FrameLocator, text: Locator): Promise<number> {
  await text.focus();
  await page.keyboard.press('Tab');
  let presses = 0;
  for (; presses < 20 && (await text.locator('.more').count()) > 0; presses += 1) {
    await expect(text.locator('.more')).toBeFocused();
    if (presses === 0) await expect(text.locator('.more')).toBeInViewport();
    await expect(text.locator('.more')).toHaveText(/^Show More \([\d,]+ characters left\)\s*$/);
    const length = () =>
      text.evaluate((element) => element.querySelector('.pieces')?.parentElement?.textContent?.length);
    const before = (await length()) ?? 0;
    await page.keyboard.press('Enter');
    await expect.poll(length).toBeGreaterThan(before);
  }
  await expect(panel.locator(':focus')).toHaveAttribute('role', 'tabpanel');
  return presses;
}
