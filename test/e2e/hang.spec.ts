// A server sends texts that a browser is slow to lay out. In code-server the panel's page and the whole workbench are one
// renderer: a task that is long in one is long for both.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { test as base, expect } from './fixtures';

/** What none of our tasks may take, in milliseconds of the clock: others share the machine. */
const LONGEST = 1000;
const SIZE = 1_000_000;

const repeat = (unit: string) => unit.repeat(Math.floor(SIZE / Buffer.byteLength(unit)));

/** Texts of a megabyte, as UTF-8. */
const TEXTS: Record<string, string> = {
  'marks': `a${repeat('\u0301')}`,
  'bidi': repeat('\u202e\u2067\u05d0 a'),
  'directions': repeat('a\u05d0'),
  'families': repeat('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'),
  'zeros': repeat('0,'),
  'letters': repeat('x'),
  'Arabic': repeat('\u0628'),
  'Thai': repeat('\u0e17\u0e35\u0e48'),
  // CSS' text-spacing-trim took the cube of their number.
  'brackets': repeat('\uff60'),
  // And kerning the square.
  'katakana': repeat('\u30b0'),
  'piles': repeat('\u{1f3fb}\u0e33'),
  'symbols': repeat('\u2705\u2167'),
};

/** The same characters in another order each time: no two lines are alike, and the fonts have none of them. */
function scattered(first: number, count: number): string {
  const size = Buffer.byteLength(String.fromCodePoint(first));
  return Array.from({ length: SIZE / size }, (_, at) =>
    String.fromCodePoint(first + ((at * 7919 + Math.floor(at / count)) % count)),
  ).join('');
}

/** Others, that are cut into thousands of pieces. */
const FONTLESS: Record<string, string> = {
  'privates': scattered(0xe000, 6400),
  'forms': scattered(0xfb50, 98),
  'unassigned': scattered(0x40000, 65_536),
};

/** Lines whose characters are all the same, and lines that have thousands of them: a browser keeps the pictures of 2,048. */
const DRAWN: Record<string, string> = {
  'a syllable': repeat('\uac00'),
  'syllables': scattered(0xac00, 11_172),
};

const JSONS: Record<string, string> = {
  'zeros': `[${repeat('0,')}0]`,
  'deep': `${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2)}`,
  'string': JSON.stringify({ text: TEXTS['marks'], next: 1 }),
  'strings': JSON.stringify(Array.from({ length: 100 }, () => TEXTS['directions']?.slice(0, 6000))),
  'members': JSON.stringify(
    Object.fromEntries(Array.from({ length: 100 }, (_, at) => [at + '\u02ea '.repeat(1500), '\u02ea '.repeat(1500)])),
  ),
  'key': JSON.stringify({ [TEXTS['marks'] ?? '']: [1], last: 2 }),
};

/** Data that are just not too much for an editor. */
const OPENED: Record<string, string> = {
  'lines of marks': `a${'\u0301'.repeat(30)}\n`.repeat(140),
  'a few lines of many marks': `a${'\u0301'.repeat(800)}\n`.repeat(3),
  'two directions': `${'a\u05d0'.repeat(1200)}\n`.repeat(10),
  'families': `${'\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(400)}\n`.repeat(10),
  'controls': `${'\u0001'.repeat(6500)}\n`.repeat(3),
  'letters': 'x'.repeat(SIZE),
  'lines': 'ab\n'.repeat(49_990),
  'repeated levels': `[${`${'['.repeat(95)}${']'.repeat(95)},`.repeat(260)}0]`,
  'zeros': JSONS['zeros'] ?? '',
};
/** And those that are. */
const REFUSED: Record<string, string> = {
  'sixty lines of marks': Array.from({ length: 60 }, () => `a${'\u0301'.repeat(9990)}`).join('\n'),
  '16 MB of controls': '\u0001'.repeat(15_900_000),
  'a million lines': '\n'.repeat(SIZE),
  'deep': JSONS['deep'] ?? '',
};

const test = base.extend<{ hostile: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  hostile: async ({}, use) => {
    const server = createServer((request, response) => {
      if (request.url === '/sent') {
        let size = 0;
        request.on('data', (chunk: Buffer) => {
          size += chunk.length;
        });
        request.once('end', () => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`${size} bytes`));
        return;
      }
      const [, kind = '', name = ''] = decodeURIComponent(request.url ?? '').split('/');
      const text = (kind === 'json' ? JSONS : { ...TEXTS, ...FONTLESS, ...DRAWN })[name] ?? '';
      if (kind === 'data') {
        const lines = ({ ...OPENED, ...REFUSED }[name] ?? '').split('\n');
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(`${lines.map((line) => `data: ${line}`).join('\n')}\n\n`);
        return;
      }
      if (kind === 'body') {
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(text);
        return;
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      if (kind !== 'lines') {
        response.write(`event: ${[...text].slice(0, 900).join('')}\ndata: ${text}\n\n`);
        return;
      }
      // Rows and lines, more than are in sight, each another text.
      const characters = [...text];
      for (let line = 0; line < 200; line += 1) {
        const from = (line * 1600) % (characters.length - 2000);
        response.write(`id: ${line}\ndata: ${characters.slice(from, from + 2000).join('')}\n\n`);
      }
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
});

/** Notes long tasks, of the page's frame and of the window. */
async function watch(page: Page, panel: FrameLocator) {
  const install = () => {
    const noted: number[] = [];
    new PerformanceObserver((list) => noted.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { noted });
  };
  const read = () => Math.max(0, ...(globalThis as unknown as { noted: number[] }).noted.splice(0));
  await page.evaluate(install);
  await panel.locator('body').evaluate(install);
  return async () => {
    // What a message or a key has begun is over when the next frames have been drawn.
    for (const _ of [1, 2, 3])
      await panel.locator('body').evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    return Math.max(await page.evaluate(read), await panel.locator('body').evaluate(read));
  };
}

/** Goes to Show More with Tab and presses Enter until there is no more; returns how often. */
async function showAll(page: Page, panel: FrameLocator, text: Locator): Promise<number> {
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

test('the watch sees a task that is too long', async ({ workbench, hostile }) => {
  await workbench.inspect(`${hostile}/event/letters`);
  await expect(workbench.panel.locator('#state')).toHaveText('Live');
  const longest = await watch(workbench.page, workbench.panel);
  await workbench.panel.locator('body').evaluate(
    (_, milliseconds) =>
      new Promise<void>((done) =>
        setTimeout(() => {
          for (const until = performance.now() + milliseconds; performance.now() < until; );
          done();
        }),
      ),
    LONGEST,
  );
  expect(await longest()).toBeGreaterThanOrEqual(LONGEST);
});

for (const [name, text] of Object.entries(TEXTS))
  test(`a megabyte of ${name} as an event: Data and Raw are shown, to the end by the keyboard, and nothing hangs`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/event/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    const longest = await watch(page, panel);
    await panel.locator('#rows .row').click();
    const data = panel.locator('#dataText');
    await expect(data).toContainText(/\S/);
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('data.png') });
    expect(await showAll(page, panel, data)).toBeGreaterThan(0);
    expect(await data.evaluate((element) => element.textContent)).toBe(text);
    // All of it is selected and copied, without the pieces' ends, and none of it is laid out for that.
    await data.press('Control+A');
    await page.keyboard.press('Control+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    expect(await longest()).toBeLessThan(LONGEST);
    await data.press('End');
    await data.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    expect(await longest()).toBeLessThan(LONGEST);
    await page.setViewportSize({ width: 900, height: 760 });
    expect(await longest()).toBeLessThan(LONGEST);
    await panel.getByRole('tab', { name: 'Raw' }).click();
    await showAll(page, panel, panel.locator('#rawText'));
    await page.setViewportSize({ width: 1200, height: 760 });
    expect(await longest()).toBeLessThan(LONGEST);
  });

for (const [name, text] of Object.entries(FONTLESS))
  test(`a megabyte of ${name} that is selected as a whole is scrolled and resized without a hang, and copied as it is`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/event/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    const longest = await watch(page, panel);
    await panel.locator('#rows .row').click();
    const data = panel.locator('#dataText');
    await expect(data).toContainText(/\S/);
    await showAll(page, panel, data);
    expect(await longest()).toBeLessThan(LONGEST);
    await data.press('Control+A');
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      await data.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), part);
      expect(await longest()).toBeLessThan(LONGEST);
      // What is far is out of the page, and what is in sight is there.
      await expect.poll(() => data.locator('.piece').count()).toBeLessThan(400);
      await expect(data.locator('.piece').filter({ visible: true }).first()).toBeAttached();
    }
    await page.setViewportSize({ width: 900, height: 760 });
    expect(await longest()).toBeLessThan(LONGEST);
    await page.keyboard.press('Control+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('selected.png') });
  });

for (const name of ['marks', 'directions', 'letters', 'brackets', 'katakana'])
  test(`a megabyte of ${name} that is pasted into the request's body doesn't hang the page, and is kept whole`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    const text = TEXTS[name] ?? '';
    await workbench.inspect(`${hostile}/sent`);
    await expect(panel.locator('#state')).toHaveText('Not an event stream');
    await panel.locator('summary', { hasText: 'Request' }).click();
    const longest = await watch(page, panel);
    await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await panel.locator('#body').focus();
    await page.keyboard.press('Control+V');
    await expect(panel.locator('.tooLong:visible')).toContainText('too many to edit here');
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('body.png') });
    await panel.locator('#method').fill('POST');
    await panel.locator('#url').press('Enter');
    await expect(panel.locator('#responseBody')).toHaveText(`${Buffer.byteLength(text)} bytes`);
    expect(await longest()).toBeLessThan(LONGEST);
    await panel.getByRole('button', { name: 'Remove' }).press('Enter');
    await expect(panel.locator('#body')).toHaveValue('');
    await expect(panel.locator('#body')).toBeFocused();
    await expect(panel.locator('#body')).toBeEditable();
  });

for (const name of ['marks', 'directions', 'families', 'letters', 'brackets'])
  test(`a megabyte of ${name} as an answer that is shown by itself doesn't hang the page`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/event/letters`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    const longest = await watch(page, panel);
    await panel.locator('#connect').click();
    await panel.locator('#url').fill(`${hostile}/body/${name}`);
    await panel.locator('#url').press('Enter');
    await expect(panel.locator('#responseBody')).toContainText(/\S/);
    await panel.locator('#response').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('body.png') });
  });

for (const name of Object.keys(JSONS))
  test(`a megabyte of JSON, ${name}, is shown as a tree, and opening its folds doesn't hang the page`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/json/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    const longest = await watch(page, panel);
    await panel.locator('#rows .row').click();
    const folds = panel.locator('#jsonTree details:not([open]) > summary:visible');
    await expect(panel.locator('#jsonTree .json')).toBeVisible();
    for (let opened = 0; opened < 4 && (await folds.count()) > 0; opened += 1) {
      await folds.first().click();
      expect(await longest()).toBeLessThan(LONGEST);
    }
    await page.screenshot({ path: testInfo.outputPath('json.png') });
    expect(await longest()).toBeLessThan(LONGEST);
  });

for (const name of ['marks', 'bidi', 'directions', 'families', 'brackets', 'symbols'])
  test(`rows and lines of ${name} are drawn without a hang`, async ({ workbench, hostile }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/lines/${name}`);
    await expect(panel.locator('#facts')).toContainText('200 events');
    const longest = await watch(page, panel);
    for (const key of ['Home', 'End']) await panel.locator('#table').press(key);
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('rows.png') });
    await panel.getByRole('tab', { name: 'Wire' }).click();
    for (const key of ['Home', 'End']) await panel.locator('#wireScroller').press(key);
    await expect(panel.locator('#wireLines')).toContainText('data: ');
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('wire.png') });
  });

test('the wire of thousands of different characters is drawn in a few times what that of a single one takes', async ({
  workbench,
  hostile,
}, testInfo) => {
  const { page, panel } = workbench;
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  const processTime = async () => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
  };
  // Not in tasks, but in other threads of the process: no frame comes meanwhile.
  const drawing: number[] = [];
  await workbench.inspect(`${hostile}/lines/a syllable`);
  for (const [position, name] of Object.keys(DRAWN).entries()) {
    if (position > 0) {
      await panel.getByRole('tab', { name: 'Events' }).click();
      await panel.locator('#connect').click();
      await panel.locator('#url').fill(`${hostile}/lines/${name}`);
      await panel.locator('#url').press('Enter');
    }
    await expect(panel.locator('#facts')).toContainText(`${200 * (position + 1)} events`);
    await panel.getByRole('tab', { name: 'Wire' }).click();
    await expect(panel.locator('#wireLines')).toContainText('data: ');
    const before = await processTime();
    for (const key of ['End', 'PageUp', 'PageUp', 'End']) {
      await panel.locator('#wireScroller').press(key);
      await page.evaluate(async () => {
        for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
      });
    }
    drawing.push((await processTime()) - before);
    await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  }
  const [one = 0, many] = drawing;
  expect(many).toBeLessThan(4 * one);
});

for (const [name, text] of Object.entries(OPENED))
  test(`data that are just not too much, ${name}, are opened in an editor without a hang`, async ({
    workbench,
    hostile,
  }, testInfo) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/data/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    await panel.locator('#rows .row').click();
    await expect(panel.locator('#summary')).toContainText('#1');
    const longest = await watch(page, panel);
    await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
    const editor = page.locator('.editor-instance .monaco-editor').first();
    await expect(editor.locator('.view-line').first()).toContainText(text[0] === '\u0001' ? /./ : (text[0] ?? ''));
    expect(await longest()).toBeLessThan(LONGEST);
    await editor.locator('.view-lines').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('Control+End');
    expect(await longest()).toBeLessThan(LONGEST);
    await page.screenshot({ path: testInfo.outputPath('opened.png') });
    await workbench.run('View: Revert and Close Editor');
  });

for (const name of Object.keys(REFUSED))
  test(`data that are too much for an editor, ${name}, are offered to be saved`, async ({ workbench, hostile }) => {
    const { page, panel } = workbench;
    await workbench.inspect(`${hostile}/data/${name}`);
    await expect(panel.locator('#rows .row')).toHaveCount(1);
    await panel.locator('#rows .row').click();
    await expect(panel.locator('#summary')).toContainText('#1');
    const longest = await watch(page, panel);
    await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
    const told = page.locator('.notification-list-item', { hasText: 'An editor would hang' });
    await expect(told.getByRole('button', { name: 'Save…' })).toBeVisible();
    await panel.getByRole('button', { name: 'Copy Event' }).click();
    expect(await longest()).toBeLessThan(LONGEST);
    await workbench.run('Notifications: Clear All Notifications');
  });
