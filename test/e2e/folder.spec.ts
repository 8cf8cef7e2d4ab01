// A folder as a mock server: from an empty folder to an app that talks to three streams.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import { violations } from '../support/page/axe';
import { expect, isListening, SMOKE, test } from './support/fixtures';
import type { Workbench } from './support/workbench';

/** Creates a file from a template, and saves it under the name that it has. */
async function newFile(workbench: Workbench, template: string): Promise<void> {
  const { page } = workbench;
  await workbench.run('SSE: New Event Stream (Server-Sent Events) File…');
  await expect(page.locator('.quick-input-title')).toHaveText('New Event Stream File');
  const box = page.locator('.quick-input-widget input').first();
  await box.fill(template);
  await box.press('Enter');
  const tab = page.locator('.tab.active.dirty');
  await expect(tab).toHaveCount(1);
  await page.keyboard.press('Control+S');
  await expect(tab).toHaveCount(0);
}

test('an empty folder becomes a mock server, and an app talks to three streams of templates', async ({
  workbench,
  port,
}, testInfo) => {
  const { page, shown } = workbench;
  const began = Date.now();
  await workbench.choose('SSE: Serve Folder as Mock Server');
  await page.locator('.quick-input-widget').getByRole('button', { name: 'Serve' }).click();
  await expect(shown.locator('#state')).toHaveText('Serving');
  await expect(shown.locator('#streamsHeading')).toContainText('No stream yet');
  await page.screenshot({ path: testInfo.outputPath('empty.png') });
  for (const template of ['Notifications', 'Progress of a job', 'OpenAI Chat Completions'])
    await newFile(workbench, template);
  await page.getByRole('tab', { name: 'Stream of folder' }).click();
  await expect(shown.locator('#streamsHeading')).toHaveText('3 streams');
  await expect(shown.locator('#streamRows .path')).toHaveText([
    '/notifications',
    'POST /v1/chat/completions',
    '/progress',
  ]);
  const root = `http://127.0.0.1:${port}`;
  const first = async (path: string) => {
    const { body } = await fetch(`${root}${path}?speed=100`);
    const { value } = (await body?.getReader().read()) ?? {};
    return new TextDecoder().decode(value);
  };
  const client = new OpenAI({ baseURL: `${root}/v1`, apiKey: 'none', maxRetries: 0, defaultQuery: { speed: '100' } });
  const messages = [{ role: 'user' as const, content: 'Why is there a tide?' }];
  const chat = await client.chat.completions.create({ model: 'demo-1', messages, stream: true });
  const deltas: string[] = [];
  for await (const { choices } of chat) deltas.push(choices[0]?.delta.content ?? '');
  expect(deltas.join('')).toContain('tide');
  expect([await first('/notifications'), await first('/progress')]).toEqual([
    expect.stringContaining('retry: 1000'),
    expect.stringContaining('data:'),
  ]);
  testInfo.annotations.push({ type: 'seconds', description: String((Date.now() - began) / 1000) });
  await page.screenshot({ path: testInfo.outputPath('three.png') });
  expect(await violations(shown.locator('main'))).toEqual([]);
  await workbench.run('View: Close All Editors');
  await expect.poll(() => isListening(port)).toBe(false);
});

test(
  'in a served folder a broken file is told with a link to its line, and the others go on',
  SMOKE,
  async ({ workbench, codeServer, port }, testInfo) => {
    const { page, shown } = workbench;
    const folder = join(codeServer.home, 'folder');
    await writeFile(join(folder, 'a.sse'), 'data: a\n\n:@ end\n');
    await writeFile(join(folder, 'b.sse'), 'data: b\n\n:@ wiat 1s\n');
    await workbench.choose('SSE: Serve Folder as Mock Server');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'Serve' }).click();
    await expect(shown.locator('#problems')).toContainText('b.sse:3:4: There is no directive “wiat”');
    await page.screenshot({ path: testInfo.outputPath('problem.png') });
    expect(await (await fetch(`http://127.0.0.1:${port}/a`)).text()).toBe('data: a\n\n');
    await shown.locator('#problems button').click();
    await page.getByRole('tab', { name: 'b.sse' }).waitFor();
    await expect(page.locator('.statusbar')).toContainText('Ln 3, Col 8 (4 selected)');
    await writeFile(join(folder, 'b.sse'), 'data: b\n\n:@ end\n');
    await expect(async () => {
      // The file is empty for a moment while it is written, and then its stream has no end.
      const signal = AbortSignal.timeout(1000);
      expect(await (await fetch(`http://127.0.0.1:${port}/b`, { signal })).text()).toBe('data: b\n\n');
    }).toPass();
    await shown.locator('#streamRows').getByRole('button', { name: 'Inspect /b' }).click();
    await page.getByRole('tab', { name: '127.0.0.1' }).waitFor();
  },
);
