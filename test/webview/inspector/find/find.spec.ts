// Ctrl+F finds a text in Events and in Wire.
import type { Page } from '@playwright/test';
import { violations } from '../../../support/page/axe';
import { expect, stream, streamByHand, test } from '../../support/fixtures';
import { stopsOf } from '../../support/focus';
import { chatEvent } from '../../support/results';
import { SIZES, THEMES, tagsOf } from '../../support/theme';

const EVENTS = Array.from({ length: 5000 }, (_, at) => `data: event ${at + 1}\n\n`).join('');

function partsOf(page: Page) {
  return {
    bar: page.locator('#find'),
    text: page.getByRole('textbox', { name: 'Find', exact: true }),
    found: page.locator('#found'),
    selected: page.locator('#rows [aria-selected=true] .data'),
  };
}

/** Returns the texts that are marked. */
function marked(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map((range) => (range as Range).toString()));
}

/** Opens the panel, with all events here. */
async function opened(inspect: (text: string) => Promise<Page>, url: string, rows = '5001'): Promise<Page> {
  const page = await inspect(url);
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', rows);
  return page;
}

test('the whole stream is searched; Enter, Shift+Enter and F3 lead from match to match, and around', async ({
  inspect,
  listen,
}) => {
  const page = await opened(inspect, await listen(stream(EVENTS)));
  const { text, found, selected } = partsOf(page);
  await page.locator('#table').press('Home');
  await page.keyboard.press('Control+f');
  await expect(text).toBeFocused();
  await page.keyboard.type('event 77');
  await expect(found).toHaveText('1 of 11');
  await expect(selected).toHaveText('event 77');
  await expect.poll(() => marked(page)).toEqual(['event 77']);
  await page.keyboard.press('Enter');
  await expect(found).toHaveText('2 of 11');
  await expect(selected).toHaveText('event 770');
  await page.keyboard.press('F3');
  await expect(selected).toHaveText('event 771');
  await page.keyboard.press('Shift+F3');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(found).toHaveText('11 of 11');
  await expect(selected).toHaveText('event 779');
  await expect(selected).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(found).toHaveText('1 of 11');
  await expect(text).toBeFocused();
});

test('Escape closes it and returns the focus; Ctrl+F again selects the text that was there', async ({
  inspect,
  listen,
}) => {
  const page = await opened(inspect, await listen(stream(EVENTS)));
  const { bar, text } = partsOf(page);
  await page.locator('#filter').focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('event 9');
  await expect.poll(() => marked(page)).not.toEqual([]);
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(page.locator('#filter')).toBeFocused();
  await expect.poll(() => marked(page)).toEqual([]);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('x');
  await expect(text).toHaveValue('x');
  await expect(partsOf(page).found).toHaveText('No matches');
});

test('in Wire, lines are found; a change of the view finds in the other one', async ({ inspect, listen }) => {
  const page = await opened(inspect, await listen(stream(`: a comment\n${EVENTS}: another comment\n\n`)));
  const { bar, found, selected } = partsOf(page);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines')).toContainText(': another comment');
  await page.locator('#wireScroller').press('Control+Home');
  await expect(page.locator('#wireLines')).toContainText(': a comment');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('comment');
  await expect(found).toHaveText('1 of 2');
  await expect(page.locator('#wireLines .marked')).toHaveText(': a comment');
  await page.keyboard.press('Enter');
  await expect(page.locator('#wireLines .marked')).toHaveText(': another comment');
  await expect(page.locator('#wireLines .marked')).toBeInViewport();
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(found).toHaveText('No matches');
  await page.locator('#findText').fill('event 4999');
  await expect(selected).toHaveText('event 4999');
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(bar).toBeHidden();
});

test('markup that is found stays text; what comes is counted, and doesn’t move the user', async ({
  editor,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, 'data: <b onclick=alert(1)>Tide</b>\n\n');
  const view = await editor.inspect(url);
  const page = await view.open();
  const { text, found, selected } = partsOf(page);
  await expect(page.locator('#rows .row')).toHaveCount(1);
  await page.keyboard.press('Control+f');
  await text.fill('<B ONCLICK');
  await expect(found).toHaveText('1 of 1');
  await expect.poll(() => marked(page)).toEqual(['<b onclick']);
  await expect(page.locator('#rows b')).toHaveCount(0);
  send('data: <b onclick=2>\n\n');
  await expect(found).toHaveText('1 of 2');
  await expect(selected).toHaveText('<b onclick=alert(1)>Tide</b>');
});

test('while the user types in its field, no other view opens by itself', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, ': nothing yet\n\n');
  const page = await inspect(url);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('eb');
  send(chatEvent({ content: 'Ebb' }));
  await expect(page.locator('#resultTab')).toHaveClass(/new/);
  await page.keyboard.type('b');
  await expect(partsOf(page).text).toHaveValue('ebb');
  await expect(page.locator('#events')).toBeVisible();
});

test('an expression that can’t be used is reported; one that can finds rows', async ({ inspect, listen }) => {
  const page = await opened(inspect, await listen(stream(EVENTS)));
  const { text, found } = partsOf(page);
  await page.keyboard.press('Control+f');
  await page.locator('#findRegExp').click();
  await text.fill('(');
  await expect(page.locator('#findProblem')).toContainText('Invalid regular expression');
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await text.fill('event [12]0{3}$');
  await expect(found).toHaveText('1 of 2');
  await expect(page.locator('#findProblem')).toBeEmpty();
});

test('Tab goes through its controls, behind the tools and before the events', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream('data: a\n\n')));
  await page.keyboard.press('Control+f');
  expect((await stopsOf(page, page.locator('#findText'))).slice(0, 6)).toEqual([
    'findText',
    'findRegExp',
    'findPrevious',
    'findNext',
    'closeFind',
    'timelineToggle',
  ]);
});

for (const theme of THEMES)
  test.describe(`in ${theme}`, tagsOf(theme), () => {
    test.use({ theme });

    test('axe-core finds nothing wrong while something is found', async ({ inspect, listen }, testInfo) => {
      const page = await opened(inspect, await listen(stream(EVENTS)));
      const { text, found } = partsOf(page);
      await page.locator('#table').press('Home');
      await page.locator('#table').press('Enter');
      await page.keyboard.press('Control+f');
      await text.fill('1');
      await expect(found).toContainText('1 of');
      await expect.poll(() => marked(page)).not.toEqual([]);
      await page.screenshot({ path: testInfo.outputPath('wide.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.setViewportSize(SIZES.narrow);
      await page.screenshot({ path: testInfo.outputPath('narrow.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
    });
  });
