// The font size is a setting of VS Code, whose change reaches an open page by a variable.
import type { Page } from '@playwright/test';
import { drawn } from '../support/random/drawn';
import { expect, stream, test } from './support/fixtures';
import { SIZES } from './support/theme';

const EVENTS = Array.from({ length: 500 }, (_, at) => `data: event ${at + 1}\n\n`).join('');

const FONT_SIZES = ['--vscode-font-size', '--vscode-editor-font-size'];

/** Sets font sizes as VS Code does, in pixels. */
async function setFontSize(page: Page, size: number, names = FONT_SIZES): Promise<void> {
  await page.evaluate(
    ({ size, names }) => {
      for (const name of names) document.documentElement.style.setProperty(name, `${size}px`);
    },
    { size, names },
  );
}

/** Returns by how many pixels the last row is below the table's end, and how many rows the table has room for. */
function endOfTable(page: Page) {
  return page.locator('#table').evaluate((table) => {
    const row = [...table.querySelectorAll('#rows .row')].at(-1)?.getBoundingClientRect();
    const end = table.getBoundingClientRect().top + table.clientTop + table.clientHeight;
    return { hidden: (row?.bottom ?? Number.NaN) - end, rows: table.clientHeight / (row?.height ?? 0) };
  });
}

/** Returns the drawn lines: their start, end and text. */
function lines(page: Page, selector: string) {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return { top, bottom, text: element.textContent ?? '' };
    }),
  );
}

/** Expects that each line begins where the previous one ends, and has room for its letters, once all are laid out. */
async function expectApart(page: Page, selector: string, size: number): Promise<void> {
  await expect(async () => {
    const all = await lines(page, selector);
    expect(all.length).toBeGreaterThan(5);
    for (const [at, { top, bottom }] of all.entries()) {
      expect(bottom - top).toBeGreaterThan(size);
      if (at > 0) expect(top).toBeCloseTo(all[at - 1]?.bottom ?? 0, 0);
    }
  }).toPass({ timeout: 15_000 });
}

test('rows and lines stay apart when the font size changes, and the visible ones stay', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(EVENTS)));
  const first = () =>
    page.locator('#table').evaluate((table) => {
      const below = table.querySelector('.head')?.getBoundingClientRect().bottom ?? 0;
      const rows = [...table.querySelectorAll('#rows .row')];
      return Number(
        rows.find((row) => row.getBoundingClientRect().bottom > below + 1)?.querySelector('.number')?.textContent,
      );
    });
  await expect(page.locator('#rows .row').last()).toContainText('event 500');
  await page.locator('#table').evaluate((table) => table.scrollTo(0, 4000));
  await expect.poll(first).toBeLessThan(300);
  const before = await first();
  for (const size of [26, 9]) {
    await setFontSize(page, size);
    await expect.poll(first).toBe(before);
    await expectApart(page, '#rows .row', size);
  }
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines')).toContainText('event 500');
  await expectApart(page, '#wireLines > div', 9);
  // A hidden list adapts when it is shown.
  await page.getByRole('tab', { name: 'Events' }).click();
  await setFontSize(page, 26);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect.poll(async () => (await lines(page, '#wireLines > div')).at(-1)?.bottom).toBeLessThan(2000);
  await expectApart(page, '#wireLines > div', 26);
});

const FONTS = [
  { name: 'the font', of: ['--vscode-font-size', '--vscode-editor-font-size'] },
  { name: "the editor's font", of: ['--vscode-editor-font-size'] },
];

for (const { name, of } of drawn(FONTS, 1))
  test(`at the end of the table, the newest rows stay visible when ${name} becomes larger`, async ({
    inspect,
    listen,
  }) => {
    const page = await inspect(await listen(stream(EVENTS)));
    const last = page.locator('#rows .row').last();
    await expect(last).toContainText('event 500');
    await setFontSize(page, 30, of);
    await expect(async () => {
      const { hidden, rows } = await endOfTable(page);
      expect(hidden).toBeLessThan(1);
      expect(rows).toBeGreaterThan(4);
    }).toPass({ timeout: 15_000 });
    await expect(last).toContainText('event 500');
  });

test('buttons grow with the font, so that letters aren’t cut @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(EVENTS)));
  await page.locator('#rows .row').last().click();
  const buttons = page.locator('button:visible, vscode-button:visible');
  const heights = () => buttons.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  const lowest = Math.min(...(await heights()));
  await setFontSize(page, 30);
  await expect.poll(async () => Math.min(...(await heights()))).toBeGreaterThan(Math.max(36, lowest));
});

test('in a narrow panel with a large font, the table and the details below it have room for some lines', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(EVENTS)));
  const last = page.locator('#rows .row').last();
  await last.click();
  await page.setViewportSize(SIZES.narrow);
  await setFontSize(page, 30);
  await expect(async () => {
    expect((await endOfTable(page)).rows).toBeGreaterThan(4);
    const { height = 0 } = (await page.locator('#details [role="tabpanel"]:visible').boundingBox()) ?? {};
    expect(height / 30).toBeGreaterThan(8);
  }).toPass({ timeout: 15_000 });
});
