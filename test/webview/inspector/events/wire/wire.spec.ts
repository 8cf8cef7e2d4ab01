// Lines of Wire: the times at which they came, and that they wrap.
import type { Page } from '@playwright/test';
import { violations } from '../../../../support/page/axe';
import { expect, stream, streamByHand, test } from '../../../support/fixtures';
import { tagsOf } from '../../../support/theme';

/** Lines of which every third takes several rows in any panel, and so does the last. */
const LONG = Array.from({ length: 3000 }, (_, at) => `: ${at} ${at % 3 === 2 ? 'long '.repeat(200) : ''}|\n`).join('');

const lines = (page: Page) => page.locator('#wireLines > div');
const wrap = (page: Page) => page.getByRole('button', { name: 'Wrap Lines' });
const scroller = (page: Page) => page.locator('#wireScroller');

async function openWire(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(lines(page).first()).not.toBeEmpty();
}

/** Returns the lines in sight, with where they are in the view, in pixels. */
function inSight(page: Page) {
  return scroller(page).evaluate((scroller) => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll('#wireLines > div')].flatMap((line) => {
      const box = line.getBoundingClientRect();
      const text = (line.textContent ?? '').split(' ').slice(0, 2).join(' ');
      return box.bottom > top + 1 && box.top < bottom - 1 ? [{ text, top: box.top - top, height: box.height }] : [];
    });
  });
}

/** Whether the beginning of a line is in sight. */
const begins = async (page: Page, text: string) => {
  const line = (await inSight(page)).find((one) => one.text === text);
  return line !== undefined && line.top >= -1;
};

const isAtEnd = (page: Page) =>
  scroller(page).evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight < 3);

/** Expects that each line begins where the one before ends, and that none is missing. */
async function expectWhole(page: Page): Promise<void> {
  const seen = await inSight(page);
  expect(seen).not.toEqual([]);
  for (const [at, { top, text }] of seen.entries()) {
    const before = seen[at - 1];
    if (!before) continue;
    expect(top).toBeCloseTo(before.top + before.height, 0);
    if (text !== '') expect(Number(text.slice(2))).toBe(Number(before.text.slice(2)) + 1);
  }
}

test('the first line of each chunk has the time at which it came; it isn’t copied, and nothing finds it', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, 'data: a\n\n');
  const page = await inspect(url);
  await openWire(page);
  await expect(lines(page)).toHaveCount(3);
  send('data: b\n\n');
  await expect(lines(page)).toHaveText(['data: a', '', 'data: b', '', '']);
  const times = () => lines(page).evaluateAll((all) => all.map((line) => (line as HTMLElement).dataset['time'] ?? ''));
  const time = expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3}$/);
  await expect.poll(times).toEqual([time, '', time, '', '']);
  const shown = await lines(page)
    .first()
    .evaluate((line) => getComputedStyle(line, '::before').content);
  expect(shown).toBe(`"${(await times())[0]}"`);
  await scroller(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^data: a\n\s*data: b\s*$/);
});

test('the time stays in sight beside a long line that is scrolled sideways @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(`data: ${'x'.repeat(3000)}\n\n`)));
  await openWire(page);
  await scroller(page).evaluate((element) => element.scrollTo(5000, 0));
  await page.screenshot({ path: test.info().outputPath('sideways.png') });
  expect(await scroller(page).evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(1000);
});

test('Wrap Lines, or Alt+Z in Wire, shows lines in whole, is kept, and shown as it was kept', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream(LONG)));
  const kept = () => view.said.findLast(({ type }) => type === 'keepLayout');
  const page = await view.open();
  await expect(wrap(page)).toBeHidden();
  await page.keyboard.press('Alt+z');
  await openWire(page);
  const width = () => scroller(page).evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(await width()).toBeGreaterThan(100);
  await wrap(page).press('Enter');
  await expect(wrap(page)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(width).toBe(0);
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await expectWhole(page);
  expect(kept()).toEqual({ type: 'keepLayout', layout: { columns: [], widths: [], wrap: true } });
  // In a field, the key isn't ours.
  await page.locator('#url').press('Alt+z');
  await expect(wrap(page)).toHaveAttribute('aria-pressed', 'true');
  await scroller(page).press('Alt+z');
  await expect(wrap(page)).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(kept).toEqual({ type: 'keepLayout', layout: { columns: [], widths: [] } });
  expect(await width()).toBeGreaterThan(100);
  await view.panel.webview.postMessage({ type: 'layout', layout: { columns: [], widths: [], wrap: true } });
  await expect(wrap(page)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(width).toBe(0);
});

test('wrapped lines are scrolled through from end to end, none is left out, and none jumps', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(LONG)));
  await openWire(page);
  await scroller(page).press('Alt+z');
  await expect.poll(() => isAtEnd(page)).toBe(true);
  for (let pages = 0; pages < 6; pages += 1) {
    const before = await inSight(page);
    await page.mouse.move(400, 500);
    await page.mouse.wheel(0, -200);
    await expect.poll(() => inSight(page)).not.toEqual(before);
    await expectWhole(page);
    // The line that was at the top is lower, and nothing between is skipped.
    const after = await inSight(page);
    expect(after.some(({ text }) => text === before[0]?.text)).toBe(true);
  }
  await scroller(page).press('Home');
  await expect.poll(async () => (await inSight(page))[0]?.text).toBe(': 0');
  for (let pages = 0; pages < 6; pages += 1) {
    const last = (await inSight(page)).at(-1);
    await scroller(page).press('PageDown');
    await expect.poll(async () => (await inSight(page)).at(-1)?.text).not.toBe(last?.text);
    await expectWhole(page);
    expect((await inSight(page)).some(({ text }) => text === last?.text)).toBe(true);
  }
  await scroller(page).press('End');
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await expect(lines(page).nth(-2)).toContainText('2999');
  await expectWhole(page);
});

test('at the end, wrapped lines that come are followed; elsewhere, what is read stays in place', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, LONG);
  const page = await inspect(url);
  await openWire(page);
  await scroller(page).press('Alt+z');
  for (let n = 3000; n < 3004; n += 1) {
    send(`: ${n} ${'more '.repeat(300)}|\n`);
    await expect(lines(page).nth(-2)).toContainText(`: ${n} more`);
    await expect.poll(() => isAtEnd(page)).toBe(true);
  }
  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect.poll(async () => (await inSight(page))[1]?.text).toMatch(/^: 1\d\d\d$/);
  await expectWhole(page);
  const before = await inSight(page);
  send(`: 3004 ${'more '.repeat(300)}|\n`);
  await expect(page.locator('#newLines')).toContainText('1 new line');
  expect(await inSight(page)).toEqual(before);
  await page.locator('#newLines').press('Enter');
  await expect.poll(() => isAtEnd(page)).toBe(true);
  await expect(lines(page).nth(-2)).toContainText(': 3004 more');
});

test('what is found is in sight among wrapped lines, also in another width, and when wrap is turned on @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(LONG)));
  await openWire(page);
  await scroller(page).press('Alt+z');
  await scroller(page).press('Home');
  const marked = page.locator('#wireLines .marked');
  await page.keyboard.press('Control+f');
  for (const place of [1502, 30, 2999, 0]) {
    await page.locator('#findText').fill(`: ${place} `);
    await expect(marked).toContainText(new RegExp(`^: ${place} `));
    await expect(marked).toBeInViewport({ ratio: 1 });
    await expectWhole(page);
  }
  await page.locator('#findText').fill(': 1502 ');
  await expect(marked).toContainText(': 1502 ');
  for (const width of [420, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => begins(page, ': 1502')).toBe(true);
    await expectWhole(page);
  }
  for (const pressed of ['false', 'true']) {
    await wrap(page).press('Enter');
    await expect(wrap(page)).toHaveAttribute('aria-pressed', pressed);
    await expect.poll(() => begins(page, ': 1502')).toBe(true);
  }
});

for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast'] as const)
  test.describe(`in ${theme}`, tagsOf(theme), () => {
    test.use({ theme });
    test('axe-core finds nothing wrong with wrapped lines and their times', async ({ inspect, listen }) => {
      const page = await inspect(await listen(stream(LONG)));
      await openWire(page);
      await page.screenshot({ path: test.info().outputPath('even.png') });
      await wrap(page).press('Enter');
      await expect.poll(() => isAtEnd(page)).toBe(true);
      expect(await violations(page.locator('main'))).toEqual([]);
      await page.screenshot({ path: test.info().outputPath('wrapped.png') });
      await page.setViewportSize({ width: 420, height: 800 });
      await page.screenshot({ path: test.info().outputPath('narrow.png') });
    });
  });
