// After Reload Window, every server that listened listens again, although VS Code restores a panel only when it is shown.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, isListening, runInShell, test } from './support/fixtures';
import type { Workbench } from './support/workbench';

const NAMES = ['one', 'two', 'three', 'four'];

const tab = ({ page }: Workbench, name: string) => page.locator('.tabs-container .tab', { hasText: name });

/** Serves the file; resolves with its URL. */
async function serve(workbench: Workbench, folder: string, name: string): Promise<string> {
  const { page, shown } = workbench;
  await writeFile(join(folder, `${name}.sse`), `data: ${name}\n\n:@ wait 100ms\n:@ loop\n`);
  await workbench.openFile(`${name}.sse`);
  await page.locator('.editor-actions').getByRole('button', { name: 'Serve Event Stream File' }).click();
  await expect(tab(workbench, `Stream of ${name}.sse`)).toHaveAttribute('aria-selected', 'true');
  await expect(shown.locator('#state')).toHaveText('Serving');
  return (await shown.locator('#address').textContent()) ?? '';
}

test('after Reload Window the counter and four files listen on the same ports though one is visible, a hidden one ends with its tab, and one that is shown has its connections', async ({
  workbench,
  codeServer,
  eventUrl,
}, testInfo) => {
  test.slow();
  const { page, shown } = workbench;
  await workbench.start();
  const urls: string[] = [];
  for (const name of NAMES) urls.push(await serve(workbench, join(codeServer.home, 'folder'), name));
  expect(new Set([eventUrl, ...urls]).size).toBe(5);
  await workbench.reload();
  const clients = await Promise.all(
    urls.map(async (url, index) => {
      const curl = runInShell(`curl -sN --retry 20 --retry-connrefused --retry-delay 1 ${url}`);
      await curl.until(`data: ${NAMES[index]}\n\n`);
      return curl;
    }),
  );
  const count = runInShell(`curl -sN --retry 20 --retry-connrefused --retry-delay 1 ${eventUrl}`);
  await count.until('data: 1\n\n');
  await expect(page.locator('iframe.webview')).toHaveCount(1);
  const item = page.locator('.statusbar-item[id="sse-counter.sse-counter.sseCounter.served"]');
  await expect(item).toHaveAttribute('aria-label', /^SSE Counter serves .*three\.sse on http/);
  await page.screenshot({ path: testInfo.outputPath('reloaded.png') });

  await tab(workbench, 'Stream of one.sse').click({ button: 'middle' });
  expect(await clients[0]?.exitCode).toBe(0);
  await expect.poll(() => isListening(Number(new URL(urls[0] ?? '').port))).toBe(false);

  await tab(workbench, 'Stream of two.sse').click();
  await expect(shown.locator('#address')).toHaveText(urls[1] ?? '');
  await expect(shown.locator('#rows')).toContainText('curl');
  await tab(workbench, 'SSE Counter').click();
  await expect(shown.locator('#state')).toHaveText('Live');
  await expect(shown.locator('#address')).toHaveText(eventUrl);
  for (const client of [...clients, count]) client.kill();
});
