// The timeline above the inspector's table.
import type { Page } from '@playwright/test';
import type { ToTimeline } from '../../../../src/messages/timeline';
import { BEGIN, everythingSeen } from '../../../support/inspector/timelinePicture';
import { violations } from '../../../support/page/axe';
import { endingOnce, expect, stream, streamByHand, test } from '../../support/fixtures';
import type { PanelView } from '../../support/panelView';
import { THEMES, tagsOf } from '../../support/theme';

const EVENTS = Array.from({ length: 40 }, (_, index) => `id: ${index + 1}\ndata: event ${index + 1}\n\n`).join('');

/** Returns the place of a part of the strip, from 0 to 1. */
async function placeOn(page: Page, part: number): Promise<{ x: number; y: number }> {
  const box = (await page.locator('#timeline').boundingBox()) ?? { x: 0, y: 0, width: 0 };
  return { x: box.x + 5 + part * (box.width - 10), y: box.y + 40 };
}

/** Drags from a part of the strip to another. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const [start, end] = [await placeOn(page, from), await placeOn(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 3 });
  await page.mouse.up();
}

/** Shows a timeline with everything in it, of a stream that was left, so that the page asks for no other. */
async function showEverything(view: PanelView, page: Page): Promise<void> {
  await expect(page.locator('#timeline')).toBeVisible();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#connect')).toHaveText('Connect');
  await expect.poll(() => view.asked.length > 0 && performance.now() - (view.asked.at(-1)?.at ?? 0) > 600).toBe(true);
  const marks = [{ at: BEGIN + 70_000, id: 'idle-limit' }];
  await view.panel.webview.postMessage({ type: 'timeline', view: everythingSeen(808), marks });
  await expect(page.locator('#timelineSummary')).toContainText('512 events');
}

/** Returns the colours of the strip, each as a text, with the number of its pixels. */
function coloursOf(page: Page): Promise<Record<string, number>> {
  return page.locator('#timeline').evaluate((strip) => {
    const canvas = strip as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const counts: Record<string, number> = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = data[at + 3] === 255 ? `${data[at]},${data[at + 1]},${data[at + 2]}` : '';
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  });
}

test('a sentence says what the strip shows, and is its name', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(EVENTS)));
  const sentence = page.locator('#timelineSummary');
  await expect(sentence).toHaveText(/^40 events in \d.* · longest silence .* · 1 connection$/);
  await expect(page.getByRole('slider', { name: /^40 events in .* 1 connection$/ })).toBeVisible();
  await expect(page.locator('#timeline')).toHaveCSS('height', '84px');
});

test('in a low window the strip is closed until the user opens it; the choice is kept', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open((opened) => opened.setViewportSize({ width: 842, height: 480 }));
  const [toggle, strip] = [page.locator('#timelineToggle'), page.locator('#timeline')];
  await expect(page.locator('#timelineSummary')).toContainText('40 events');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await expect(strip).toBeHidden();
  await page.setViewportSize({ width: 842, height: 658 });
  await expect(strip).toBeVisible();
  await page.setViewportSize({ width: 842, height: 480 });
  await expect(strip).toBeHidden();
  await toggle.press('Enter');
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await expect(strip).toBeVisible();
  await expect.poll(() => view.state).toMatchObject({ timeline: true });
});

test('a strip that the user has closed is closed after a reload, too @long', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const state = { form: {}, id: 'x', timeline: false };
  const page = await view.open((opened) => opened.addInitScript((kept) => Object.assign(globalThis, { kept }), state));
  await expect(page.locator('#timelineSummary')).toContainText('40 events');
  await expect(page.locator('#timeline')).toBeHidden();
  await page.locator('#timelineToggle').click();
  await expect(page.locator('#timeline')).toBeVisible();
});

test('a drag over the strip filters the table by time, and Show All Times ends that', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, 'data: first\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('first');
  // Long enough for an edge of the strip's minute between the two.
  await page.waitForTimeout(1200);
  send('data: second\n\n');
  await expect(page.locator('#rows .row')).toHaveCount(2);
  await drag(page, 0, 0.8 / 60);
  await expect(page.locator('#rows .row .data')).toHaveText(['first']);
  await expect(page.locator('#timelineSelection')).toHaveText(/^\d\d:\d\d:\d\d\.\d{3} to \d\d:\d\d:\d\d\.\d{3}$/);
  // The filter's text and the time hold together.
  await page.locator('#filter').fill('second');
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
  await page.getByRole('button', { name: 'Show All Times' }).click();
  await expect(page.locator('#rows .row .data')).toHaveText(['second']);
  await expect(page.locator('#timelineSelection')).toBeEmpty();
  await expect(page.locator('#timeline')).toBeFocused();
});

test('a click shows the row that came then, and the selected row’s place is marked', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, EVENTS);
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('event 40');
  await page.waitForTimeout(500);
  send(EVENTS.replaceAll('event ', 'later '));
  await expect(page.locator('#rows')).toContainText('later 40');
  const start = await placeOn(page, 0.001);
  await page.mouse.click(start.x, start.y);
  await expect(page.locator('#rows [aria-selected=true] .data')).toHaveText('event 1');
  const before = await coloursOf(page);
  await page.locator('#table').press('End');
  await expect(page.locator('#rows [aria-selected=true] .data')).toHaveText('later 40');
  await expect.poll(() => coloursOf(page)).not.toEqual(before);
});

test('by keyboard: arrows move a cursor, Shift selects, Enter shows the row, Escape ends the selection', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open();
  await expect(page.locator('#rows')).toContainText('event 40');
  const strip = page.locator('#timeline');
  await strip.press('Home');
  await expect(strip).toHaveAttribute('aria-valuenow', '0');
  await expect(strip).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d\.\d{3} · (0|40) events$/);
  await page.keyboard.press('PageUp');
  await expect(strip).toHaveAttribute('aria-valuenow', /^[78]$/);
  await expect(strip).toHaveAttribute('aria-valuetext', / · 0 events$/);
  await page.keyboard.press('Shift+PageUp');
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
  await expect(strip).toHaveAttribute('aria-valuetext', / to .* · 0 events$/);
  await page.keyboard.press('Escape');
  await expect(page.locator('#rows')).toContainText('event 40');
  await expect(page.locator('#allTimes')).toBeHidden();
  // All of it, since the events come when they do.
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await expect(page.locator('#allTimes')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('#rows [aria-selected=true]')).toHaveCount(1);
  await expect(strip).toBeFocused();
});

test('Enter right after a selection by keyboard shows its row, in the table that the selection filters', async ({
  inspect,
  listen,
}) => {
  const many = Array.from({ length: 400 }, (_, at) => `data: event ${at + 1}\n\n`).join('');
  const page = await inspect(await listen(stream(many)));
  await expect(page.locator('#rows')).toContainText('event 400');
  await page.locator('#timeline').press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('#notes')).toContainText('400 of 400');
  await expect(page.locator('#rows [aria-selected=true] .data')).toHaveText('event 1');
  await expect(page.locator('#rows [aria-selected=true]')).toBeInViewport();
});

test('Clear ends the selection of time @long', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, EVENTS);
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('event 40');
  await drag(page, 0.5, 0.6);
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#allTimes')).toBeHidden();
  send('data: later\n\n');
  await expect(page.locator('#rows .row .data')).toHaveText(['later']);
});

test('the range is the last minute, or all', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open();
  await expect.poll(() => view.asked.at(-1)).toMatchObject({ range: 'last', width: 808 });
  // A stream that is over is asked for no more, but for this.
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Not connected');
  let asked = 0;
  const isAskedForNoMore = () => {
    const before = asked;
    asked = view.asked.length;
    return asked === before;
  };
  await expect.poll(isAskedForNoMore, { intervals: [600] }).toBe(true);
  await page.locator('#timelineRange').selectOption({ label: 'All' });
  await expect.poll(() => view.asked.at(-1)).toMatchObject({ range: 'all', width: 808 });
});

test('the page asks at most four times a second, however fast the stream is, and no more when it is over @long', async ({
  editor,
  listen,
}) => {
  const url = await listen((request, response) => {
    stream('')(request, response);
    const timer = setInterval(() => response.write(EVENTS), 5);
    response.on('close', () => clearInterval(timer));
  });
  const view = await editor.inspect(url);
  const page = await view.open();
  await expect(page.locator('#timeline')).toBeVisible();
  const before = view.asked.length;
  await page.waitForTimeout(1000);
  expect(view.asked.length - before).toBeLessThanOrEqual(5);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect.poll(() => performance.now() - (view.asked.at(-1)?.at ?? 0), { timeout: 5000 }).toBeGreaterThan(1500);
});

test('a stream that is silent says since when @long', async ({ editor, listen }) => {
  const { url, send } = await streamByHand(listen, EVENTS);
  const view = await editor.inspect(url);
  // As after a longer silence than a test should wait for.
  const { webview } = view.panel;
  const post = webview.postMessage;
  webview.postMessage = (message) => {
    const { summary } = (message as Partial<Extract<ToTimeline, { type: 'timeline' }>>).view ?? {};
    if (summary?.silentFor !== undefined && summary.silentFor > 300) summary.silentFor += 4500;
    return post(message);
  };
  const page = await view.open();
  const silence = page.locator('#silent');
  await expect(silence).toHaveText(/^silent for \d+ s$/);
  const seconds = async () => Number(/\d+/.exec(await silence.innerText()));
  const first = await seconds();
  expect(first).toBeGreaterThanOrEqual(5);
  await expect.poll(seconds).toBeGreaterThan(first);
  send(': still here\n\n');
  await expect(silence).toBeHidden();
});

test('rows of one burst are held together, and a line with words separates connections', async ({
  inspect,
  listen,
}) => {
  const { response } = endingOnce('retry: 300\nid: 7\ndata: a\n\ndata: b\n\ndata: c\n\n');
  const page = await inspect(await listen(response));
  const rows = page.locator('#rows .row');
  await expect(rows).toHaveCount(6);
  const burst = (index: number) => rows.nth(index).getAttribute('data-burst');
  expect(await Promise.all([0, 1, 2, 3, 4, 5].map(burst))).toEqual([
    'first',
    'middle',
    'last',
    'first',
    'middle',
    'last',
  ]);
  expect(await rows.nth(0).getAttribute('data-tint')).not.toBe(await rows.nth(3).getAttribute('data-tint'));
  await expect(rows.nth(3).locator('.begins')).toHaveText('connection 2 · resumed behind 7');
  await expect(page.locator('#rows .begins')).toHaveCount(1);
  // With a filter, the line is at the first row that passes it.
  await page.locator('#filter').fill('c');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).locator('.begins')).toHaveText(/^connection 2/);
});

test('a large gap is marked, and gap>1s shows the events after one', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, EVENTS);
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('event 40');
  await page.waitForTimeout(1200);
  send('data: late\n\n');
  await expect(page.locator('#rows .row[data-gap=large] .data')).toHaveText(['late']);
  await page.locator('#filter').fill('gap>1s');
  await expect(page.locator('#rows .row .data')).toHaveText(['late']);
  await page.locator('#filter').fill('gap>1s event');
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
});

test('in a narrow panel nothing is wider than it @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(EVENTS)));
  await page.setViewportSize({ width: 300, height: 658 });
  await expect(page.locator('#timelineSummary')).toContainText('40 events');
  await expect(page.locator('#timeline')).toHaveCSS('width', '276px');
  expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
  expect(await violations(page.locator('main'))).toEqual([]);
});

for (const theme of THEMES)
  test.describe(`in ${theme}`, tagsOf(theme), () => {
    test.use({ theme });

    test('the strip has the theme’s colours, and axe-core finds nothing wrong', async ({
      editor,
      listen,
    }, testInfo) => {
      const view = await editor.inspect(await listen(stream(EVENTS)));
      const page = await view.open();
      await showEverything(view, page);
      const blue = await colourOf(page, '--vscode-charts-blue');
      expect((await coloursOf(page))[blue]).toBeGreaterThan(100);
      await page.locator('#timeline').focus();
      for (const key of ['PageDown', 'PageDown', 'Shift+PageDown']) await page.keyboard.press(key);
      await page.screenshot({ path: testInfo.outputPath('strip.png') });
      expect(await violations(page.locator('main'))).toEqual([]);
    });
  });

test('when the theme changes, the strip takes its colours @long', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open();
  await showEverything(view, page);
  await page.evaluate(() => document.documentElement.style.setProperty('--vscode-charts-blue', '#123456'));
  await expect.poll(async () => (await coloursOf(page))['18,52,86']).toBeGreaterThan(100);
});

test('with forced colours, the strip has those of the system, and no shades @long', async ({
  editor,
  listen,
}, testInfo) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open();
  await showEverything(view, page);
  await page.emulateMedia({ forcedColors: 'active' });
  const text = await page.evaluate(() => {
    document.body.style.forcedColorAdjust = 'none';
    document.body.style.color = 'CanvasText';
    return getComputedStyle(document.body).color.match(/\d+/g)?.join() ?? '';
  });
  await expect.poll(async () => (await coloursOf(page))[text]).toBeGreaterThan(1000);
  await page.screenshot({ path: testInfo.outputPath('forced.png') });
});

test('on a screen with two pixels for one, the strip is as sharp @long', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream(EVENTS)));
  const page = await view.open();
  await showEverything(view, page);
  await page.evaluate(() => Object.defineProperty(globalThis, 'devicePixelRatio', { value: 2 }));
  await page.locator('#timeline').press('Home');
  await expect(page.locator('#timeline')).toHaveJSProperty('width', 2 * 818);
  await expect(page.locator('#timeline')).toHaveJSProperty('height', 168);
});

/** Returns a colour of the theme as the strip's pixels have it. */
function colourOf(page: Page, variable: string): Promise<string> {
  return page.evaluate((name) => {
    const probe = document.createElement('div');
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    const colour = getComputedStyle(probe).color.match(/\d+/g)?.join() ?? '';
    probe.remove();
    return colour;
  }, variable);
}
