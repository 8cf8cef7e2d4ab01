// Visibility of the focus, and of selected and pressed elements, in all colours.
import type { Page } from '@playwright/test';
import { violations } from '../support/page/axe';
import { expect, stream, test } from './support/fixtures';
import { stopsOf, unseenStops } from './support/focus';
import { Look } from './support/looks';
import { longUnless } from './support/tags';

const STREAM = 'data: {"a": 1}\n\ndata: b\n\n';

/**
 * Looks of the page, and the contrast with which a change is visible to a person: the one that WCAG requires of graphics, if
 * the person or the theme requires contrast; if not, that of VS Code's own fields. Each kind of test runs each time in the
 * look that breaks first: a focus has the least contrast in the first, and forced colours take backgrounds away, which show
 * what is selected. In the others they are long tests, for `npm run test:all`.
 */
const LOOKS = [
  { name: 'in Dark Modern', theme: 'Dark Modern', forcedColors: 'none', contrast: 2, inEachRun: 'focus' },
  { name: 'in Light High Contrast', theme: 'Light High Contrast', forcedColors: 'none', contrast: 3, inEachRun: '' },
  {
    name: 'in colours that the system forces',
    theme: 'Dark High Contrast',
    forcedColors: 'active',
    contrast: 3,
    inEachRun: 'selection',
  },
] as const;

/** Moves the focus and the pointer to where they change nothing. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.mouse.move(0, 0);
}

for (const { name, theme, forcedColors, contrast, inEachRun } of LOOKS)
  test.describe(name, () => {
    test.use({ theme, contextOptions: { forcedColors } });
    const tagsOf = (kind: 'focus' | 'selection') => longUnless(kind === inEachRun);

    test('a focused element looks different in the inspector', tagsOf('focus'), async ({ inspect, listen }) => {
      const page = await inspect(await listen(stream(STREAM)));
      await page.locator('#rows .row').nth(1).click();
      await expect(page.locator('#dataText')).toContainText('b');
      const { length } = await stopsOf(page, page.locator('#method'));
      expect(length).toBeGreaterThan(15);
      await leave(page);
      expect(await unseenStops(page, page.locator('#method'), length, contrast)).toEqual([]);
    });

    test('a focused element looks different in the panel of a served file', tagsOf('focus'), async ({ editor }) => {
      const page = await (await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n')).open();
      await expect(page.locator('#state')).toHaveText('Serving');
      await fetch(((await page.locator('#address').textContent()) ?? '').replace('/event', '/nowhere'));
      await expect(page.locator('#requestRows tr')).toHaveCount(1);
      const { length } = await stopsOf(page, page.locator('#startStop'));
      expect(length).toBeGreaterThan(15);
      expect(await unseenStops(page, page.locator('#startStop'), length, contrast)).toEqual([]);
    });

    test(
      'a selected or pressed element looks different',
      tagsOf('selection'),
      async ({ inspect, listen, editor }, testInfo) => {
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
      },
    );
  });
