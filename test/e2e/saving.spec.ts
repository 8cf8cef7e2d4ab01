// Foreign data, saved and recorded: of any kind, and whatever other programs do with the file.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseScript } from '../../src/script/parseScript';
import { test as base, expect, SMOKE } from './support/fixtures';

const test = base.extend<{ serve: (listener: RequestListener) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  serve: async ({}, use) => {
    const closing: (() => void)[] = [];
    await use(async (listener) => {
      const server = createServer(listener).listen(0, '127.0.0.1');
      closing.push(() => {
        server.closeAllConnections();
        server.close();
      });
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    for (const close of closing) close();
  },
});

const HEADERS = { 'Content-Type': 'text/event-stream' };

test('64 KB that inflate to 66 MB of lines that look like directives are saved completely, and the window survives @long', async ({
  workbench,
  codeServer,
  serve,
}) => {
  test.setTimeout(180_000);
  const stream = Buffer.from(':@\n'.repeat(22_000_000));
  const body = gzipSync(stream);
  const url = await serve((_request, response) =>
    response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'gzip' }).end(body),
  );
  const { panel } = workbench;
  await workbench.inspect(url);
  await expect(panel.locator('#state')).toHaveText(/Ended|Reconnecting|Waiting/, { timeout: 60_000 });
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByRole('button', { name: 'Event stream file' }).click();
  const file = join(codeServer.home, 'folder', 'bomb.sse');
  await workbench.saveAs(file, /\.sse$/);
  await expect(workbench.notification('Events saved: 0')).toBeVisible({ timeout: 90_000 });
  // The last 64 MB are kept; each line has one character more.
  expect((await stat(file)).size).toBeGreaterThan(80e6);
  expect(readdirSync(join(codeServer.home, 'folder')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  await workbench.run('Notifications: Clear All Notifications');
  await workbench.run('SSE: Show Log');
  await workbench.run('View: Hide Panel');
});

test('a file that is edited in VS Code while it is recorded keeps the edits; the recording continues in a new file', async ({
  workbench,
  codeServer,
  serve,
}, testInfo) => {
  let sent = 0;
  const url = await serve((_request, response) => {
    response.writeHead(200, HEADERS);
    const timer = setInterval(() => {
      sent += 1;
      response.write(`data: event ${sent}\n\n`);
    }, 50);
    response.once('close', () => clearInterval(timer));
  });
  const { shown, page } = workbench;
  await workbench.inspect(url);
  await expect(shown.locator('#state')).toHaveText('Live');
  await shown.getByRole('button', { name: 'Record', exact: true }).click();
  const file = join(codeServer.home, 'folder', 'edited.sse');
  await workbench.saveAs(file, /\.sse$/);
  await expect(shown.locator('#recordingTo')).toContainText('edited.sse');
  await expect.poll(async () => (await readFile(file, 'utf8')).length).toBeGreaterThan(100);
  // VS Code saves a file by overwriting it.
  await writeFile(file, `: edited\n${await readFile(file, 'utf8')}`);
  const left = await readFile(file, 'utf8');
  const warning = workbench.notification('edited.sse was changed by another program.');
  await expect(warning).toContainText('The recording goes on in edited-2.sse, which has all since it began.');
  await expect(shown.locator('#recordingTo')).toContainText('edited-2.sse');
  await page.screenshot({ path: testInfo.outputPath('changed.png') });
  await shown.getByRole('button', { name: 'Stop Recording' }).click();
  await expect(workbench.notification('Recorded to edited-2.sse')).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(left);
  const { steps, problems } = parseScript(await readFile(file.replace('.sse', '-2.sse')));
  expect(problems).toEqual([]);
  const text = Buffer.concat(steps.flatMap((step) => (step.kind === 'send' ? [step.bytes] : []))).toString();
  const numbers = [...text.matchAll(/event (\d+)/g)].map(([, number]) => Number(number));
  const [first = 0] = numbers;
  expect(numbers).toEqual(numbers.map((_, index) => first + index));
  expect(left).toContain(`event ${first}\n`);
  await warning.getByRole('button', { name: 'Open the file' }).click();
  await expect(page.getByRole('tab', { name: 'edited-2.sse' })).toBeVisible();
  await workbench.run('Notifications: Clear All Notifications');
});

test(
  'data that are opened in an editor make VS Code request no address, whatever they contain',
  SMOKE,
  async ({ workbench, serve }) => {
    const asked: string[] = [];
    const there = await serve(({ url }, response) => {
      asked.push(url ?? '');
      response.end('{}');
    });
    const data = [`{"$schema":"${there}schema","a":1}`, '<?xml version="1.0"?><a/>', '{"a":1,"a":2}'];
    const url = await serve((_request, response) => {
      response.writeHead(200, HEADERS).write(data.map((text) => `data: ${text}\n\n`).join(''));
    });
    const { page, panel } = workbench;
    await workbench.inspect(url);
    await expect(panel.locator('#rows .row')).toHaveCount(data.length);
    const languages = ['Event Data', 'Event Data', 'JSON'];
    for (const [at, text] of data.entries()) {
      await panel.locator('#rows .row').nth(at).click();
      await expect(panel.locator('#summary')).toContainText(`#${at + 1}`);
      await panel.getByRole('button', { name: 'Open Data in Editor' }).click();
      // Each editor may be in a group of its own.
      const editor = page.locator('.editor-instance .monaco-editor:visible', { hasText: text.slice(1, 4) });
      await expect(editor).toBeVisible();
      await expect(page.locator('[id="status.editor.mode"]')).toHaveText(languages[at] ?? '');
      // VS Code's JSON support is active, and has read the last data.
      if (at === data.length - 1)
        await expect(page.locator('.editor-instance .squiggly-warning').first()).toBeVisible();
      await expect(
        page
          .getByRole('tab', { name: `127-0-0-1 #${at + 1}` })
          .or(page.getByRole('tab', { name: `127.0.0.1 #${at + 1}` })),
      ).toBeVisible();
      await workbench.run('View: Close Editor');
      await expect(editor).toBeHidden();
    }
    expect(asked).toEqual([]);
  },
);
