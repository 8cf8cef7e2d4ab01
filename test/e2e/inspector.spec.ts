import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { violations } from '../support/page/axe';
import { LlmServer } from '../support/servers/llmServer';
import { test as base, expect, SMOKE } from './support/fixtures';
import type { Workbench } from './support/workbench';

const SECRET = 'sk-very-secret';

const test = base.extend<{ llm: { server: LlmServer; url: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  llm: async ({}, use) => {
    const server = new LlmServer(50);
    await use({ server, url: await server.listen() });
    await server.close();
  },
});

/** Returns a command as in an API’s docs, pasted into one line. */
const curl = (url: string) => `curl ${url} \\ -H "Content-Type: application/json" \\ \
-H "Authorization: Bearer ${SECRET}" \\ -d '{"model": "m", "stream": true}'`;

test(
  'a pasted curl POST opens a panel with the focus: every event as it comes, and no secret on screen',
  SMOKE,
  async ({ workbench, llm }, testInfo) => {
    await workbench.inspect(curl(llm.url));
    const { panel } = workbench;
    await expect(panel.locator('#state')).toHaveText('Live');
    await expect(workbench.page.locator('iframe.webview.ready')).toBeFocused();
    await expect(panel.locator('#facts')).toContainText('200');
    await expect(panel.locator('#facts')).toContainText('text/event-stream');
    await expect(panel.locator('#rows')).toContainText('token 5');
    const [completion] = llm.server.completions;
    expect(completion?.method).toBe('POST');
    expect(completion?.body).toBe('{"model": "m", "stream": true}');
    expect(completion?.headers).toMatchObject({
      'authorization': `Bearer ${SECRET}`,
      'content-type': 'application/json',
      'accept': 'text/event-stream',
    });
    await panel.locator('summary', { hasText: 'Request' }).click();
    await expect(panel.locator('#headers')).toHaveValue('Content-Type: application/json\nAuthorization: Bearer •••1');
    await workbench.page.screenshot({ path: testInfo.outputPath('inspector.png') });
    await workbench.page.mouse.move(0, 0);
    expect(await violations(panel.locator('main'))).toEqual([]);
    await workbench.run('SSE: Show Log');
    const log = workbench.page.locator('.output-view .view-lines');
    await expect(log).toContainText('Inspecting');
    expect(await log.textContent()).not.toContain(SECRET);
    await workbench.run('View: Hide Panel');
  },
);

test('after a question of VS Code’s, the focus is where it was', async ({ workbench, llm }) => {
  const { panel, page } = workbench;
  const dialog = page.locator('.monaco-dialog-box');
  await workbench.inspect(curl(llm.url));
  await expect(panel.locator('#rows')).toContainText('token 2');
  await panel.locator('summary', { hasText: 'Request' }).click();
  for (const [button, answer] of [
    ['#copyCurl', 'Copy without'],
    ['#masks .secret button', 'Show'],
  ] as const) {
    await panel.locator(button).first().focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('secret');
    await dialog.getByRole('button', { name: answer }).click();
    await expect(dialog).toBeHidden();
    await expect(panel.locator(button).first()).toBeFocused();
    expect(
      await panel
        .locator(button)
        .first()
        .evaluate(() => document.hasFocus()),
    ).toBe(true);
  }
  await expect(panel.locator('#masks')).toContainText(SECRET);
});

test('an event’s JSON beside the table is opened in an editor, as JSON', async ({ workbench, llm }) => {
  const { panel, page } = workbench;
  await workbench.inspect(curl(llm.url));
  await expect(panel.locator('#rows')).toContainText('token 2');
  await panel.locator('#table').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(panel.locator('#jsonTree')).toContainText('token 1');
  await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
  const editor = page.locator('.editor-instance .view-lines');
  await expect(editor).toContainText('"tokens"');
  await expect(page.locator('[id="status.editor.mode"]').filter({ hasText: 'JSON' })).toBeVisible();
  // It is read-only: VS Code doesn’t ask whether to save it.
  await workbench.run('View: Close Editor');
  await expect(editor).toBeHidden();
});

test('the received events are saved as NDJSON, one per line', async ({ workbench, codeServer, llm }) => {
  const { panel } = workbench;
  await workbench.inspect(curl(llm.url));
  await expect(panel.locator('#rows')).toContainText('token 5');
  await panel.getByRole('button', { name: 'Disconnect' }).click();
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByRole('button', { name: 'NDJSON' }).click();
  const file = join(codeServer.home, 'folder', `events-${Date.now()}.ndjson`);
  await workbench.saveAs(file, /-[\d-]{10}\.ndjson$/);
  await expect(workbench.notification('Events saved: ')).toBeVisible();
  const events = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.length).toBeGreaterThanOrEqual(5);
  expect(events[0]).toMatchObject({ number: 1, event: 'message', id: '1' });
  expect(JSON.parse(events[4].data).tokens[0].delta.content).toBe('token 5');
  await workbench.run('Notifications: Clear All Notifications');
});

test('closing the panel ends the request within a second', async ({ workbench, llm }) => {
  await workbench.inspect(curl(llm.url));
  await expect(workbench.panel.locator('#rows')).toContainText('token 2');
  const [completion] = llm.server.completions;
  await workbench.page.locator('.tab', { hasText: 'chat/completions' }).click({ button: 'middle' });
  const started = performance.now();
  await completion?.closed;
  expect(performance.now() - started).toBeLessThan(1000);
});

test(
  'after Reload Window the panel is restored, disconnected; one click continues, with its secret',
  SMOKE,
  async ({ workbench, llm }) => {
    const { panel } = workbench;
    await workbench.inspect(curl(llm.url));
    await expect(panel.locator('#rows')).toContainText('token 2');
    await workbench.reload();
    await expect(panel.locator('#url')).toHaveValue(llm.url);
    await expect(panel.locator('#state')).toHaveText('Not connected');
    expect(llm.server.completions).toHaveLength(1);
    await panel.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(panel.locator('#rows')).toContainText('token 1');
    expect(llm.server.completions[1]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  },
);

const SELECTED = 'Inspect Selected Event Stream';

/** Opens the menu of the editor anew. */
async function openEditorMenu(page: Page): Promise<void> {
  // In the editor, Escape would end the selection.
  if (await page.locator('.context-view .action-label').first().isVisible()) await page.keyboard.press('Escape');
  await page.locator('.editor-instance .view-line').first().click({ button: 'right' });
  await expect(page.locator('.context-view .action-label', { hasText: 'Command Palette' })).toBeVisible();
}

/** Chooses the command in the editor's menu, which has it from shortly after the selection on, and doesn't change while it is open. */
async function inspectSelection(page: Page): Promise<void> {
  await expect(async () => {
    await openEditorMenu(page);
    // A menu that has just opened takes no click.
    await page.locator('.context-view .action-label', { hasText: SELECTED }).hover({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press('Enter');
}

test('the editor’s menu offers to inspect a selection only where it is a request @long', async ({ workbench, llm }) => {
  const { page, panel } = workbench;
  await workbench.run('File: New Untitled Text File');
  await page.keyboard.insertText(`GET ${llm.url}/events HTTP/1.1\nAccept: text/event-stream`);
  await page.keyboard.press('Control+A');
  await inspectSelection(page);
  await expect(panel.locator('#url')).toHaveValue(`${llm.url}/events`);
  await workbench.run('View: Close Editor');
  await page.locator('.editor-instance .view-line').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('a word of prose');
  await page.keyboard.press('Control+A');
  // The key was true until now.
  await expect(async () => {
    await openEditorMenu(page);
    await expect(page.locator('.context-view .action-label', { hasText: SELECTED })).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Escape');
  await workbench.run('View: Revert and Close Editor');
});

test('a curl command that is selected in an editor opens the inspector', SMOKE, async ({ workbench, llm }) => {
  const { page, panel } = workbench;
  await workbench.run('File: New Untitled Text File');
  await page.keyboard.insertText(curl(llm.url));
  await page.keyboard.press('Control+A');
  await inspectSelection(page);
  await expect(panel.locator('#rows')).toContainText('token 2');
  expect(llm.server.completions[0]?.body).toBe('{"model": "m", "stream": true}');
  await workbench.run('View: Close Editor');
  await workbench.run('View: Revert and Close Editor');
});

test('before a selected command is sent, the user is asked for its placeholder’s value and for permission to send its file', async ({
  workbench,
  codeServer,
  llm,
}, testInfo) => {
  const { page, panel } = workbench;
  const file = join(codeServer.home, 'folder', 'req.json');
  await writeFile(file, '{"model": "m", "stream": true}');
  await workbench.run('File: New Untitled Text File');
  await page.keyboard.insertText(
    `# as the docs have it\ncurl ${llm.url} \\\n  -H "Authorization: Bearer $TOKEN" --json @req.json\n`,
  );
  await page.keyboard.press('Control+A');
  await inspectSelection(page);
  const input = page.locator('.quick-input-widget');
  await expect(input.locator('.quick-input-title')).toHaveText('The request has a placeholder: $TOKEN');
  // The panel is open, with the name, and the focus stays in the question.
  await expect(panel.locator('#headers')).toHaveValue(/^Authorization: Bearer \$TOKEN/);
  await expect(panel.locator('#empty')).toHaveText('Connect sends the request');
  await page.screenshot({ path: testInfo.outputPath('asked.png') });
  await page.keyboard.press('Enter');
  await expect(input.locator('.quick-input-title')).toHaveText('Value of $TOKEN (1 of 1)');
  await expect(input.locator('input[type="password"]')).toBeFocused();
  await page.keyboard.insertText(SECRET);
  await page.keyboard.press('Enter');
  const dialog = page.locator('.monaco-dialog-box');
  await expect(dialog).toContainText(`Send the file ${file} (30 B) to ${new URL(llm.url).host}?`);
  expect(llm.server.completions).toHaveLength(0);
  await dialog.getByRole('button', { name: 'Send to' }).click();
  await expect(panel.locator('#rows')).toContainText('token 2');
  expect(llm.server.completions[0]).toMatchObject({
    body: '{"model": "m", "stream": true}',
    headers: { 'authorization': `Bearer ${SECRET}`, 'content-type': 'application/json' },
  });
  await expect(panel.locator('#headers')).toHaveValue(/^Authorization: Bearer •••1/);
  // After a reload, the file has to be permitted again.
  await workbench.reload();
  await expect(panel.locator('#formProblem')).toContainText(
    'the body is the text of req.json, which is not remembered',
  );
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel.locator('#bodyFile')).toBeVisible();
  expect(llm.server.completions).toHaveLength(1);
  await rm(file);
  await workbench.run('View: Close Editor');
  await workbench.run('View: Revert and Close Editor');
});

/** Copies a text. Retries, as only a document with the focus may do so, and the focus may be moving to an input. */
async function copy(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget input').first().click();
  await expect(() => page.evaluate((copied) => navigator.clipboard.writeText(copied), text)).toPass();
}

test('a command of several lines that is pasted into the box is read with its line ends', async ({
  workbench,
  llm,
}) => {
  const { page, panel } = workbench;
  const text = `# a comment\ncurl ${llm.url} \\\n  --json @- <<EOF\n{"model": "m",\n"stream": true}\nEOF\n`;
  await workbench.run('SSE: Inspect Event Stream (URL or curl)…');
  await expect(page.locator('.quick-input-title')).toHaveText('Inspect Event Stream');
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await page.keyboard.press('Enter');
  await expect(panel.locator('#rows')).toContainText('token 2');
  expect(llm.server.completions[0]?.body).toBe('{"model": "m",\n"stream": true}\n');
});

test(
  'a long command that is pasted into the box is read, in a thread of its own',
  SMOKE,
  async ({ workbench, llm }) => {
    const { page, panel } = workbench;
    const body = JSON.stringify({ model: 'm', stream: true, messages: ['x '.repeat(10_000)] });
    await workbench.run('SSE: Inspect Event Stream (URL or curl)…');
    await expect(page.locator('.quick-input-title')).toHaveText('Inspect Event Stream');
    await copy(page, `curl ${llm.url} -d '${body}'`);
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Enter');
    await expect(panel.locator('#rows')).toContainText('token 2');
    expect(llm.server.completions[0]?.body).toBe(body);
  },
);

test('the counter’s panel opens the inspector @long', async ({ workbench }) => {
  const { page, panel } = workbench;
  await workbench.start();
  await panel.getByRole('button', { name: 'Inspect' }).click();
  const inspector = page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('#active-frame');
  await expect(inspector.locator('#rows')).toContainText('2');
  await expect(inspector.locator('#url')).toHaveValue(/\/event$/);
});

test('an unknown option of curl is named, and the box stays open', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.run('SSE: Inspect Event Stream (URL or curl)…');
  await page.locator('.quick-input-widget input').first().fill('curl --unknown http://localhost/');
  await expect(page.locator('.quick-input-message')).toContainText('--unknown');
  await page.keyboard.press('Escape');
});

test('a recent request is offered again, with its secret', SMOKE, async ({ workbench, llm }) => {
  const { page, panel } = workbench;
  await workbench.inspect(curl(llm.url));
  await expect(panel.locator('#rows')).toContainText('token 1');
  await workbench.run('View: Close All Editors');
  await workbench.run('SSE: Inspect Recent Event Stream…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: llm.url }).first().click();
  await expect(panel.locator('#rows')).toContainText('token 1');
  expect(llm.server.completions[1]?.headers.authorization).toBe(`Bearer ${SECRET}`);
});

// test/webview/ tests the other themes, as VS Code passes them to a page.
test('in Dark Modern, wide and narrow, axe-core finds nothing wrong @long', async ({ workbench, llm }, testInfo) => {
  const { page, panel } = workbench;
  await workbench.useTheme('Dark Modern');
  await workbench.inspect(curl(llm.url));
  await expect(panel.locator('#rows')).toContainText('token 5');
  await panel.locator('#rows .row').nth(1).click();
  await expect(panel.locator('#jsonTree')).toContainText('token 2');
  expect(await violations(panel.locator('main'))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('wide.png') });
  await page.setViewportSize({ width: 700, height: 900 });
  await page.screenshot({ path: testInfo.outputPath('narrow.png') });
  expect(await violations(panel.locator('main'))).toEqual([]);
  await page.setViewportSize({ width: 1200, height: 760 });
  await workbench.useTheme('Light Modern');
});

test('the token in a Mercure address is masked everywhere: in field, tab, log and recent requests', async ({
  workbench,
  llm,
}) => {
  const { page, panel } = workbench;
  const token = 'eyJhbGciOiJIUzI1NiJ9.e30.mercure';
  await workbench.inspect(`${llm.url}?topic=t&authorization=${token}`);
  await expect(panel.locator('#rows')).toContainText('token 2');
  await expect(panel.locator('#url')).toHaveValue(`${llm.url}?topic=t&authorization=•••1`);
  await workbench.run('SSE: Show Log');
  const log = page.locator('.output-view .view-lines');
  await expect(log).toContainText('authorization=•••1');
  expect(await page.content()).not.toContain('mercure');
  await workbench.run('View: Hide Panel');
  await workbench.run('SSE: Inspect Recent Event Stream…');
  const recent = page.locator('.quick-input-list .monaco-list-row', { hasText: 'authorization=•••1' });
  await expect(recent.first()).toBeVisible();
  expect(await page.content()).not.toContain('mercure');
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Disconnect' }).click();
});

/** Inspects a URL with a key, disconnects, and enters the URL of another host. Returns that host. */
async function enterAnotherHost(workbench: Workbench, first: string): Promise<{ other: LlmServer; url: string }> {
  const { panel } = workbench;
  const other = new LlmServer(50);
  const url = await other.listen();
  await workbench.inspect(curl(first));
  await expect(panel.locator('#rows')).toContainText('token 2');
  await panel.getByRole('button', { name: 'Disconnect' }).click();
  await panel.locator('#url').fill(url);
  return { other, url };
}

test('a key is sent to another host only after a question', async ({ workbench, llm }) => {
  const { page, panel } = workbench;
  const { other, url } = await enterAnotherHost(workbench, llm.url);
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  const dialog = page.locator('.monaco-dialog-box');
  await expect(dialog).toContainText(
    `Send the secret •••1, entered for ${new URL(llm.url).origin}, to ${new URL(url).origin}?`,
  );
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.locator('#formProblem')).toContainText('Nothing was sent');
  expect(other.completions).toHaveLength(0);
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.getByRole('button', { name: 'Send to' }).click();
  await expect.poll(() => other.completions.length).toBe(1);
  expect(other.completions[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  expect(other.completions[0]?.headers['last-event-id']).toBeUndefined();
  await other.close();
});

test('an Enter key that is still held answers no question: no key is sent to another host', async ({
  workbench,
  llm,
}) => {
  const { page, panel } = workbench;
  const { other } = await enterAnotherHost(workbench, llm.url);
  await page.keyboard.down('Enter');
  await expect(page.locator('.monaco-dialog-box')).toContainText('Send the secret');
  // A held key is pressed again and again.
  for (let time = 0; time < 8; time += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(panel.locator('#formProblem')).toContainText('Nothing was sent');
  expect(other.completions).toHaveLength(0);
  await other.close();
});

test('a proxy that a repository’s settings name gets no request', SMOKE, async ({ workbench, vscodeVersion }) => {
  const { panel } = workbench;
  const asked: (string | undefined)[] = [];
  const proxy = createServer(({ url }, response) => {
    asked.push(url);
    response.end();
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const http = { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  await workbench.withSettings({ http }, async () => {
    await workbench.inspect(`curl http://secret.invalid/ -H 'Authorization: Bearer ${SECRET}'`);
    await expect(panel.locator('#reason')).not.toBeEmpty();
    // Later versions leave the setting out.
    if (vscodeVersion === '1.100') await expect(panel.locator('#reason')).toContainText('Nothing was sent');
  });
  expect(asked).toEqual([]);
  proxy.close();
});
