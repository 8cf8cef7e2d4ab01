// What must be seen whatever the colours are: the focus, what is selected, what is pressed.
import type { Page } from '@playwright/test';
import { violations } from '../support/page/axe';
import { expect, stream, test } from './support/fixtures';
import { stopsOf, unseenStops } from './support/focus';
import { Look } from './support/looks';

const STREAM = 'data: {"a": 1}\n\ndata: b\n\n';

/**
 * What the page is shown in, and the contrast of what is a change to a person: that which WCAG asks of what isn't text, where
 * the person or the theme asks for contrast; else what VS Code's own fields have.
 */
const LOOKS = [
  { name: 'in Dark Modern', theme: 'Dark Modern', forcedColors: 'none', contrast: 2 },
  { name: 'in Light High Contrast', theme: 'Light High Contrast', forcedColors: 'none', contrast: 3 },
  { name: 'in colours that the system forces', theme: 'Dark High Contrast', forcedColors: 'active', contrast: 3 },
] as const;

/** Takes the focus and the pointer to where they change nothing. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.mouse.move(0, 0);
}

for (const { name, theme, forcedColors, contrast } of LOOKS)
  test.describe(name, () => {
    test.use({ theme, contextOptions: { forcedColors } });

    test('what has the focus looks otherwise in the inspector', async ({ inspect, listen }) => {
      const page = await inspect(await listen(stream(STREAM)));
      await page.locator('#rows .row').nth(1).click();
      await expect(page.locator('#dataText')).toContainText('b');
      const { length } = await stopsOf(page, page.locator('#method'));
      expect(length).toBeGreaterThan(15);
      await leave(page);
      expect(await unseenStops(page, page.locator('#method'), length, contrast)).toEqual([]);
    });

    test('what has the focus looks otherwise in the panel of a served file', async ({ editor }) => {
      const page = await (await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n')).open();
      await expect(page.locator('#state')).toHaveText('Serving');
      const { length } = await stopsOf(page, page.locator('#startStop'));
      expect(length).toBeGreaterThan(10);
      expect(await unseenStops(page, page.locator('#startStop'), length, contrast)).toEqual([]);
    });

    test('what is selected or pressed looks otherwise', async ({ inspect, listen, editor }, testInfo) => {
      editor.saveTo = testInfo.outputPath('recorded.sse');
      const page = await inspect(await listen(stream(STREAM)));
      await expect(page.locator('#rows .row')).toHaveCount(2);
      const differs = async (selector: string, act: () => Promise<unknown>) => {
        await leave(page);
        const look = await Look.at(page.locator(selector));
        await act();
        await leave(page);
        expect(await look.isChanged(contrast), selector).toBe(true);
      };
      await differs('#rows .row:nth-child(1)', () => page.locator('#table').press('Home'));
      await differs('#rows .row:nth-child(1)', () => page.locator('#table').press('End'));
      await differs('#isRegExp', () => page.locator('#isRegExp').click());
      await differs('#wireTab', () => page.locator('#wireTab').click());
      await differs('#wireTab', () => page.locator('#eventsTab').click());
      await differs('#record', async () => {
        await page.locator('#record').click();
        await expect(page.locator('#record')).toHaveAttribute('aria-pressed', 'true');
      });
      await differs('#filter', () => page.locator('#filter').fill('('));
      expect(await violations(page.locator('main'))).toEqual([]);
    });
  });
