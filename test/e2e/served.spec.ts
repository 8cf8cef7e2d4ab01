// `.sse` files: recorded in the inspector, written by hand, served in a panel.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from '../support/page/axe';
import { expect, isListening, runInShell, SMOKE, test } from './support/fixtures';
import type { Workbench } from './support/workbench';

const ORDERS = [1, 2, 3, 4, 5, 6]
  .map((n) => `id: ${n}\nevent: order\ndata: {"number": ${n}}\n\n:@ wait 300ms\n`)
  .join('');

/** Writes a file into the window's folder, and opens it. */
async function openStreamFile(workbench: Workbench, folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await workbench.openFile(name);
  return file;
}

/** Serves the file by the button in the editor's title bar. */
async function serve({ page, shown }: Workbench): Promise<void> {
  await page.locator('.editor-actions').getByRole('button', { name: 'Serve Event Stream File' }).click();
  await expect(shown.locator('#state')).toHaveText('Serving');
}

test(
  'the counter is recorded, saved, served, watched in a second panel and by curl, dropped, and resumes',
  SMOKE,
  async ({ workbench, codeServer, port, eventUrl }, testInfo) => {
    test.slow();
    const { page, shown } = workbench;
    const file = join(codeServer.home, 'folder', 'count.sse');
    await workbench.start();
    await workbench.inspect(`${eventUrl}?id=1&interval=300&retry=200`);
    await expect(shown.locator('#state')).toHaveText('Live');
    await shown.getByRole('button', { name: 'Record', exact: true }).click();
    await workbench.saveAs(file, /\.sse$/);
    await expect(shown.locator('#recordingTo')).toContainText('count.sse');
    const written = async () => (await readFile(file, 'utf8')).match(/^id: /gm)?.length ?? 0;
    await expect.poll(written).toBeGreaterThanOrEqual(10);
    await page.screenshot({ path: testInfo.outputPath('recording.png') });
    await shown.getByRole('button', { name: 'Stop Recording' }).click();
    await expect(shown.getByRole('button', { name: 'Record', exact: true })).toHaveAttribute('aria-pressed', 'false');
    const recorded = await readFile(file, 'utf8');
    expect(recorded.match(/^:@ wait (2|3)\d\dms$/gm)?.length).toBeGreaterThanOrEqual(7);
    const ids = [...recorded.matchAll(/^id: (\d+)\ndata: (\d+)\n\n/gm)].map(([, id]) => Number(id));
    expect(ids.length).toBeGreaterThanOrEqual(8);
    await workbench.run('View: Close Editor');

    await workbench.openFile('count.sse');
    await page.screenshot({ path: testInfo.outputPath('file.png') });
    await serve(workbench);
    // The mock is on the port after the counter's.
    const url = `http://127.0.0.1:${port + 1}/event`;
    await expect(shown.locator('#address')).toHaveText(url);
    await shown.getByRole('button', { name: 'Inspect' }).click();
    const rows = shown.locator('#rows');
    await expect(rows).toContainText(String(ids[1]));
    const curl = runInShell(`curl -sN ${url}`);
    expect(await curl.until(`data: ${ids[1]}\n\n`)).toMatch(/^id: \d+\ndata: \d+\n\n/);

    await page.getByRole('tab', { name: 'Stream of count.sse' }).click();
    await expect(shown.locator('#rows tr')).toHaveCount(2);
    await page.screenshot({ path: testInfo.outputPath('served.png') });
    await shown.getByRole('button', { name: 'Drop All' }).click();
    // curl reports that the response is incomplete.
    expect(await curl.exitCode).toBe(18);
    await page.getByRole('tab', { name: '127.0.0.1' }).click();
    await expect(shown.locator('#facts')).toContainText('reconnected');
    await expect(rows).toContainText(`${ids.at(-1)}`);
    // Every event once, in order, over the drop.
    await shown.locator('#table').focus();
    await expect(shown.locator('#table')).toHaveAttribute('aria-rowcount', String(ids.length + 1));
    await page.screenshot({ path: testInfo.outputPath('resumed.png') });
    await workbench.run('View: Close All Editors');
    await expect.poll(() => isListening(port + 1)).toBe(false);
  },
);

test(
  'a template becomes a mock by one click: it is saved, served by POST, and curl gets it',
  SMOKE,
  async ({ workbench, codeServer, eventUrl }, testInfo) => {
    const { page, shown } = workbench;
    await workbench.run('SSE: New Event Stream (Server-Sent Events) File…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Anthropic Messages, with an Error' }).click();
    await expect(page.locator('.editor-instance .view-lines')).toContainText(':@ method POST');
    await page.screenshot({ path: testInfo.outputPath('template.png') });
    await page.locator('.editor-actions').getByRole('button', { name: 'Serve Event Stream File' }).click();
    await expect(shown.locator('#state')).toHaveText('Serving');
    const curl = runInShell(`curl -sN -X POST '${eventUrl}?speed=100'`);
    expect(await curl.until('event: error')).toContain('data: ');
    curl.kill();
    expect(await (await fetch(eventUrl)).text()).toContain('POST');
    expect(await readFile(join(codeServer.home, 'folder', 'anthropic-error.sse'), 'utf8')).toContain(':@ method POST');
  },
);

test('problems in a file are underlined while it is written, and it isn’t served until they are fixed', async ({
  workbench,
  codeServer,
  port,
}, testInfo) => {
  const { page, shown } = workbench;
  await openStreamFile(workbench, join(codeServer.home, 'folder'), 'bad.sse', 'data: a\n\n:@ wiat 1s\n');
  await expect(page.locator('.squiggly-error')).toBeVisible();
  await page.locator('.editor-actions').getByRole('button', { name: 'Serve Event Stream File' }).click();
  await expect(workbench.notification('line 3, column 4')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('bad.png') });
  await workbench.run('Notifications: Clear All Notifications');
  expect(await isListening(port)).toBe(false);
  await page.locator('.editor-instance .view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('data: a\n\n:@ wait 1s\ndata: b\n\n');
  await expect(page.locator('.squiggly-error')).toBeHidden();
  await serve(workbench);
  await expect(shown.locator('#facts')).toContainText('2 events');
});

test('by the keyboard, quick fixes mend what is misspelled; the outline lists the events', async ({
  workbench,
  codeServer,
}, testInfo) => {
  const { page } = workbench;
  const text = 'evnt: order\ndata {"number":1}\n\ndata: {"number\n\n';
  const file = await openStreamFile(workbench, join(codeServer.home, 'folder'), 'misspelled.sse', text);
  for (const [index, better] of ['event', 'data: {"number"'].entries()) {
    await expect(page.locator('.squiggly-warning')).toHaveCount(2 - index);
    await page.keyboard.press('F8');
    // The cursor is at the problem once its message is below it.
    await page.locator('.marker-widget').waitFor();
    // On a busy machine VS Code closes the menu again while the message still unfolds; one presses it once more.
    await expect(async () => {
      await page.keyboard.press('Control+.');
      await page.getByRole('option', { name: `Change to “${better}”` }).waitFor({ timeout: 5000 });
    }).toPass();
    await page.screenshot({ path: testInfo.outputPath(`${better.slice(0, 5)}.png`) });
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('.squiggly-warning')).toHaveCount(0);
  await page.keyboard.press('Control+S');
  await expect.poll(() => readFile(file, 'utf8')).toBe('event: order\ndata: {"number":1}\n\ndata: {"number\n\n');
  await page.keyboard.press('Control+Shift+O');
  await expect(page.locator('.quick-input-list .monaco-list-row')).toHaveText([/order/, /message/]);
  await page.screenshot({ path: testInfo.outputPath('outline.png') });
  await page.keyboard.press('Escape');
});

test('a saved file is played to new connections; if it has an error, the previous version is @long', async ({
  workbench,
  codeServer,
  eventUrl,
}) => {
  const { shown } = workbench;
  const file = await openStreamFile(workbench, join(codeServer.home, 'folder'), 'saved.sse', 'data: old\n\n:@ end\n');
  await serve(workbench);
  const read = async () => (await fetch(eventUrl)).text();
  expect(await read()).toBe('data: old\n\n');
  await writeFile(file, 'data: new\n\ndata: newer\n\n:@ end\n');
  await expect(shown.locator('#facts')).toContainText('2 events');
  expect(await read()).toBe('data: new\n\ndata: newer\n\n');
  await writeFile(file, 'data: bad\n\n:@ stauts 503\n');
  await expect(shown.locator('#problem')).toContainText('line 3');
  expect(await read()).toBe('data: new\n\ndata: newer\n\n');
});

test('the panel lists requests, and why they were refused; a speed holds for who comes then; an error leads to its line', async ({
  workbench,
  codeServer,
  eventUrl,
}, testInfo) => {
  const { page, shown } = workbench;
  const text = 'id: 1\ndata: a\n\n:@ wait 60s\nid: 2\ndata: b\n\n:@ end\n';
  const file = await openStreamFile(workbench, join(codeServer.home, 'folder'), 'orders.sse', text);
  await serve(workbench);
  const ended: string[] = [];
  const slow = (await fetch(`${eventUrl}?room=7`)).text().finally(() => ended.push('slow'));
  slow.catch(() => undefined);
  expect((await fetch(eventUrl.replace('event', 'nowhere'))).status).toBe(404);
  const rows = shown.locator('#requestRows tr');
  await expect(rows.locator('.remote')).toHaveText(['GET /nowhere', 'GET /event?room=7']);
  await expect(rows.first().locator('.response')).toContainText('404Not found: the stream is on /orders and /event');
  await shown.getByRole('combobox', { name: 'Speed' }).selectOption('100×');
  // Once the host has been told, a client waits for 0.6 s, and the one that came before for a minute.
  const read = async () => (await fetch(eventUrl, { signal: AbortSignal.timeout(5000) })).text();
  await expect.poll(() => read().catch(() => '')).toContain('data: b');
  expect(ended).toEqual([]);
  await shown.locator('#onlyRefused').click();
  await expect(rows).toHaveCount(1);
  await page.screenshot({ path: testInfo.outputPath('requests.png') });
  await shown.getByRole('button', { name: 'Drop All' }).click();
  await expect.poll(() => ended).toEqual(['slow']);

  await writeFile(file, `${text}\n:@ stauts 503\n`);
  await shown.getByRole('button', { name: /^orders\.sse, line 10, column 4: / }).click();
  await expect(page.locator('.statusbar-item[id="status.editor.selection"]')).toContainText('Ln 10');
  await page.screenshot({ path: testInfo.outputPath('error.png') });
});

test('the status bar has the port of a served file, and shows its panel; of two files, the chosen one’s; it goes with the last @long', async ({
  workbench,
  codeServer,
  port,
}, testInfo) => {
  const { page, shown } = workbench;
  const folder = join(codeServer.home, 'folder');
  const item = page.locator('.statusbar-item[id="sse-counter.sse-counter.sseCounter.served"]');
  await openStreamFile(workbench, folder, 'one.sse', ORDERS);
  await expect(item).toHaveCount(0);
  await serve(workbench);
  await expect(item).toHaveText(`SSE :${port}`);
  await expect(item).toHaveAttribute('aria-label', /^SSE Counter serves one\.sse on http.* Show the panel\.$/);
  await openStreamFile(workbench, folder, 'two.sse', ORDERS);
  await expect(shown.locator('#state')).toHaveCount(0);
  await item.click();
  await expect(shown.locator('#file')).toHaveText('one.sse');
  await page.getByRole('tab', { name: 'two.sse' }).click();
  await serve(workbench);
  await expect(shown.locator('#file')).toHaveText('two.sse');
  await expect(item).toHaveText('SSE 2 files');
  await item.click();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await expect(rows).toHaveText([/one\.sse.*http.*0 connections/, /two\.sse.*http.*0 connections/]);
  await page.screenshot({ path: testInfo.outputPath('picked.png') });
  await rows.first().click();
  await expect(shown.locator('#file')).toHaveText('one.sse');
  await shown.getByRole('button', { name: 'Stop' }).click();
  await expect(item).toHaveText(`SSE :${port + 1}`);
  await workbench.run('View: Close All Editors');
  await expect(item).toHaveCount(0);
});

// reload.spec tests whether it listens again, also in a hidden tab.
test('after Reload Window the panel serves again @long', async ({ workbench, codeServer, eventUrl }) => {
  const { shown } = workbench;
  await openStreamFile(workbench, join(codeServer.home, 'folder'), 'orders.sse', ORDERS);
  await serve(workbench);
  await workbench.reload();
  await expect(shown.locator('#state')).toHaveText('Serving');
  expect((await fetch(`${eventUrl}?speed=1000`)).status).toBe(200);
});

// test/webview/ tests the other themes, as VS Code passes them to a page.
test('in Dark High Contrast, wide and narrow, axe-core finds nothing wrong @long', async ({
  workbench,
  codeServer,
  eventUrl,
}, testInfo) => {
  const { page, shown } = workbench;
  await workbench.useTheme('Dark High Contrast');
  await openStreamFile(workbench, join(codeServer.home, 'folder'), 'orders.sse', ORDERS);
  await page.screenshot({ path: testInfo.outputPath('file.png') });
  await serve(workbench);
  const curl = runInShell(`curl -sN ${eventUrl}`);
  await expect(shown.locator('#rows')).toContainText('curl');
  expect(await violations(shown.locator('main'))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('wide.png') });
  await page.setViewportSize({ width: 600, height: 900 });
  await page.screenshot({ path: testInfo.outputPath('narrow.png') });
  expect(await violations(shown.locator('main'))).toEqual([]);
  await page.setViewportSize({ width: 1200, height: 760 });
  curl.kill();
  await workbench.useTheme('Light Modern');
});
