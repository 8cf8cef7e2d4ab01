// The form on the page of a served file that publishes an event.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from '../../support/page/axe';
import { TEXTS } from '../../support/page/hostileServer';
import { LONGEST, watchTasks } from '../../support/page/longTasks';
import { expect, test } from '../support/fixtures';
import type { PanelView } from '../support/panelView';

/** Opens the page of a served file, and a stream of it. Resolves with the page, and with what the stream has brought so far. */
async function openServed(view: PanelView) {
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Serving');
  const url = (await page.locator('#address').textContent()) ?? '';
  const response = await fetch(url);
  let text = '';
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  };
  read().catch(() => undefined);
  await expect(page.locator('#connectionsHeading')).toHaveText('1 connection');
  return { page, received: () => text };
}

test('an event with type, id and data of several lines is sent, and the form says on how many connections', async ({
  editor,
}) => {
  const { page, received } = await openServed(await editor.serve('a.sse', 'data: 1\n\n'));
  await page.getByLabel('Event', { exact: true }).fill('order');
  await page.getByLabel('Id', { exact: true }).fill('7');
  await page.getByLabel('Data', { exact: true }).fill('{"number":\n7}');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('#published')).toHaveText('Sent on 1 connection');
  await expect.poll(received).toBe('data: 1\n\nevent: order\nid: 7\ndata: {"number":\ndata: 7}\n\n');
});

test('by the keyboard: Enter in a field of one line, Ctrl+Enter in the data, where Enter begins a line', async ({
  editor,
}) => {
  const { page, received } = await openServed(await editor.serve('a.sse', 'data: 1\n\n'));
  await page.getByLabel('Data', { exact: true }).fill('a');
  await page.getByLabel('Id', { exact: true }).press('Enter');
  await expect.poll(received).toBe('data: 1\n\ndata: a\n\n');
  await page.getByLabel('Data', { exact: true }).press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('b');
  await page.keyboard.press('Control+Enter');
  await expect.poll(received).toBe('data: 1\n\ndata: a\n\ndata: a\ndata: b\n\n');
});

test('its fields take no more than can be published', async ({ editor }) => {
  const page = await (await editor.serve('a.sse', 'data: 1\n\n')).open();
  await expect(page.locator('#state')).toHaveText('Serving');
  for (const label of ['Event', 'Data']) {
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.insertText('x'.repeat(5000));
  }
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('#published')).toHaveText('Sent on 0 connections');
  expect(await page.getByLabel('Event', { exact: true }).inputValue()).toHaveLength(100);
  expect(await page.getByLabel('Data', { exact: true }).inputValue()).toHaveLength(4000);
});

test('the choice of a stream is no wider than the panel, however long a file’s name is @long', async ({
  editor,
}, testInfo) => {
  const folder = testInfo.outputPath('mocks');
  await mkdir(folder, { recursive: true });
  for (const name of ['a', '長い名前'.repeat(15)]) await writeFile(join(folder, `${name}.sse`), 'data: 1\n\n');
  const page = await (await editor.serveFolder(folder)).open();
  await expect(page.locator('#publishPath option')).toHaveCount(3);
  for (const [width, height] of [
    [1000, 600],
    [320, 300],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test('axe-core finds nothing wrong with it', async ({ editor }) => {
  const { page } = await openServed(await editor.serve('a.sse', 'data: 1\n\n'));
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('#published')).not.toHaveText('');
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('a text that a browser is slow to lay out is cut when it is pasted, and neither that nor the next key hangs the page @long', async ({
  editor,
}) => {
  const { page, received } = await openServed(await editor.serve('a.sse', 'data: 1\n\n'));
  const data = page.getByLabel('Data', { exact: true });
  await data.fill('first ');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), TEXTS.piles);
  await data.press('End');
  const longest = await watchTasks(page);
  await page.keyboard.press('Control+V');
  await page.keyboard.type('x');
  expect(await longest()).toBeLessThan(LONGEST);
  await expect(data).toHaveValue(/^first (?:\u{1f3fb}\u0e33){50,400}\u{1f3fb}?x$/u);
  await data.fill('');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), 'é'.repeat(5000));
  await page.keyboard.press('Control+V');
  await expect(data).toHaveValue('é'.repeat(4000));
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect.poll(received).toContain(`data: ${'é'.repeat(4000)}\n`);
});
