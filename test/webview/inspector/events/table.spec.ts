// The table of events: only visible rows exist, and others are requested.
import type { Page } from '@playwright/test';
import { expect, stream, streamByHand, test } from '../../support/fixtures';

const COUNT = 10_000;
const EVENTS = events(1, COUNT);

function events(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, at) => `data: event ${first + at}\n\n`).join('');
}

const rows = (page: Page) => page.locator('#rows .row');

/** Returns the existing rows, once all of them have arrived. */
async function drawn(page: Page): Promise<{ index: number; number: number; data: string }[]> {
  await expect(rows(page).locator('.data', { hasText: /^$/ })).toHaveCount(0);
  return rows(page).evaluateAll((elements) =>
    elements.map((row) => ({
      index: Number(row.ariaRowIndex),
      number: Number(row.querySelector('.number')?.textContent),
      data: row.querySelector('.data')?.textContent ?? '',
    })),
  );
}

async function expectAsNumbered(page: Page): Promise<void> {
  for (const { index, number, data } of await drawn(page))
    expect([index, data]).toEqual([number + 1, `event ${number}`]);
}

/** Returns the number of the first row that is fully visible. */
function firstInSight(page: Page): Promise<number> {
  return page.locator('#table').evaluate((table) => {
    const below = table.querySelector('.head')?.getBoundingClientRect().bottom ?? 0;
    const inSight = [...table.querySelectorAll('#rows .row')].find(
      (row) => row.getBoundingClientRect().top >= below - 1,
    );
    return Number(inSight?.querySelector('.number')?.textContent);
  });
}

test('of 10,000 events the visible ones exist, each at its position: at the end, the beginning, and between', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(EVENTS)));
  const table = page.locator('#table');
  await expect(table).toHaveAttribute('aria-rowcount', String(COUNT + 1));
  await expect(rows(page).last()).toContainText(`event ${COUNT}`);
  await expect(rows(page).last()).toBeInViewport();
  await expectAsNumbered(page);
  for (const part of [0.5, 0.123, 0.9, 0]) {
    const expected = await table.evaluate((element, part) => {
      element.scrollTo(0, element.scrollHeight * part);
      return element.scrollTop / Number.parseFloat(element.style.getPropertyValue('--line-height'));
    }, part);
    await expect.poll(() => firstInSight(page)).toBe(Math.ceil(expected) + 1);
    await expectAsNumbered(page);
    expect(await rows(page).count()).toBeLessThan(80);
  }
});

/** Resolves with the first visible row, once it is near that number: for a moment, none is drawn. */
async function scrolledTo(page: Page, number: number): Promise<number> {
  let first = 0;
  await expect(async () => {
    first = await firstInSight(page);
    expect(Math.abs(first - number)).toBeLessThan(50);
  }).toPass();
  return first;
}

test('visible rows stay visible while events come; a badge shows the number of new ones, and leads to the end', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, EVENTS);
  const page = await inspect(url);
  await expect(rows(page).last()).toContainText(`event ${COUNT}`);
  await page.locator('#table').evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  const before = await scrolledTo(page, COUNT / 2);
  const badge = page.locator('#newRows');
  send('data: event 10001\n\n');
  await expect(badge).toHaveText('1 new row ↓');
  send('data: event 10002\n\n');
  await expect(badge).toHaveText('2 new rows ↓');
  expect(await firstInSight(page)).toBe(before);
  await badge.click();
  await expect(rows(page).last()).toContainText('event 10002');
  await expect(rows(page).last()).toBeInViewport();
  await expect(badge).toBeHidden();
  await expect(page.locator('#table')).toBeFocused();
});

test('visible rows stay visible while the oldest are evicted @long', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, events(1, 100_000));
  const page = await inspect(url);
  await expect(rows(page).last()).toContainText('event 100000');
  await page.locator('#table').evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  const before = await scrolledTo(page, 50_000);
  for (let first = 100_001; first < 101_000; first += 100) send(events(first, first + 99));
  await expect(page.locator('#facts')).toContainText('oldest 1,000 discarded');
  await expect(page.locator('#newRows')).toHaveText('1,000 new rows ↓');
  expect(await firstInSight(page)).toBe(before);
  const [first] = await drawn(page);
  expect(first?.index).toBe((first?.number ?? 0) - 1000 + 1);
});

test('arrow keys, PageUp, PageDown, Home and End move between events, and the selected one is visible', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(EVENTS)));
  const table = page.locator('#table');
  await expect(rows(page).last()).toContainText(`event ${COUNT}`);
  const selected = page.locator('#rows .row[aria-selected="true"]');
  const goesTo = async (key: string, number: number) => {
    await page.keyboard.press(key);
    await expect(selected.locator('.number')).toHaveText(String(number));
    await expect(selected).toBeInViewport({ ratio: 1 });
    await expect(table).toHaveAttribute('aria-activedescendant', (await selected.getAttribute('id')) ?? '');
  };
  await table.focus();
  await goesTo('Home', 1);
  await goesTo('ArrowUp', 1);
  await goesTo('ArrowDown', 2);
  await goesTo('End', COUNT);
  await goesTo('ArrowDown', COUNT);
  await goesTo('ArrowUp', COUNT - 1);
  await page.keyboard.press('PageUp');
  await expect(selected.locator('.number')).not.toHaveText(String(COUNT - 1));
  const gone = COUNT - 1 - Number(await selected.locator('.number').textContent());
  // A page is the number of rows that fit.
  const fits = await table.evaluate((element) => {
    const head = element.querySelector('.head')?.clientHeight ?? 0;
    return (element.clientHeight - head) / Number.parseFloat(element.style.getPropertyValue('--line-height'));
  });
  expect(Math.abs(gone - fits)).toBeLessThan(1.5);
  await goesTo('PageDown', COUNT - 1);
  await expect(page.locator('#details')).toBeHidden();
});

test('Enter opens the event, the arrow keys keep the details open, and Escape closes them and returns to the table', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(EVENTS)));
  await expect(rows(page).last()).toContainText(`event ${COUNT}`);
  await page.locator('#table').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('#summary')).toContainText('#1 ·');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#summary')).toContainText('#2 ·');
  await expect(page.locator('#dataText')).toHaveText('event 2');
  await page.locator('#dataText').focus();
  await page.keyboard.press('Escape');
  await expect(page.locator('#details')).toBeHidden();
  await expect(page.locator('#table')).toBeFocused();
});

test('Enter pressed before the row has arrived opens it on arrival', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(EVENTS)));
  await expect(rows(page).last()).toContainText(`event ${COUNT}`);
  await page.locator('#table').evaluate((table) => {
    // Both before any response.
    for (const key of ['Home', 'Enter']) table.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  });
  await expect(page.locator('#summary')).toContainText('#1 ·');
});
