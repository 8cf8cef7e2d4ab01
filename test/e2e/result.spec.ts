// Answers that a stream carries: a chat completion, pasted as curl, is read as text and tool calls; one without its end is cut off.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { violations } from '../support/page/axe';
import { test as base, expect } from './support/fixtures';

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'demo-1', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const tool = (more: object) => chunk({ tool_calls: [{ index: 0, ...more }] });

/** An answer with text and a tool call. */
const ANSWER = [
  chunk({ role: 'assistant', content: '' }),
  ...['The', ' tide', ' turns', ' at', ' noon.'].map((content) => chunk({ content })),
  tool({ id: 'call_1', type: 'function', function: { name: 'tide', arguments: '' } }),
  ...['{"po', 'rt":"Em', 'den"}'].map((text) => tool({ function: { arguments: text } })),
  chunk({}, 'tool_calls'),
];
const END = 'data: [DONE]\n\n';

/** A text with a link to a command, and an address, which VS Code makes a link of in each editor. */
const LINKS = 'See [the docs](command:workbench.view.scm) and http://127.0.0.1:9/ too.';

/** Answers by their paths. */
const ANSWERS: Record<string, string[]> = {
  '/whole': [...ANSWER, END],
  '/cut': ANSWER.slice(0, 5),
  '/links': [chunk({ role: 'assistant', content: '' }), chunk({ content: LINKS }), chunk({}, 'stop'), END],
};

/** Serves the answers. */
const test = base.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  url: async ({}, use) => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end((ANSWERS[request.url ?? ''] ?? ANSWER).join(''));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close().closeAllConnections();
  },
});

test('a pasted chat completion is read as text, and its tool call is copied', async ({ workbench, url }, testInfo) => {
  const { page, panel } = workbench;
  await workbench.inspect(`curl ${url}whole -H "Content-Type: application/json" -d '{"stream":true}'`);
  await expect(panel.locator('#answers')).toContainText('The tide turns at noon.');
  await expect(panel.locator('#answers')).toContainText('Emden');
  await page.screenshot({ path: testInfo.outputPath('answer.png') });
  await panel.getByRole('button', { name: 'Copy Tool Call' }).click();
  await expect(panel.locator('#resultCopied')).toHaveText('Copied');
  const call = { name: 'tide', id: 'call_1', arguments: { port: 'Emden' } };
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toBe(JSON.stringify(call, undefined, 2));
  await page.mouse.move(0, 0);
  expect(await violations(panel.locator('main'))).toEqual([]);
  await panel.getByRole('tab', { name: 'Events' }).click();
  await expect(panel.locator('#rows')).toContainText('+" noon."');
  await page.screenshot({ path: testInfo.outputPath('rows.png') });
});

test('in a result that is opened as Markdown, nothing is a link to a command', async ({ workbench, url }, testInfo) => {
  const { page, panel } = workbench;
  await workbench.inspect(`curl ${url}links -H "Content-Type: application/json" -d '{"stream":true}'`);
  await panel.getByRole('button', { name: 'Open as Markdown' }).click();
  // VS Code looks for links of all kinds, and shows them together.
  const links = page.locator('.detected-link');
  await expect(links.first()).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('links.png') });
  const shown = (await links.allTextContents()).join('');
  await workbench.run('View: Revert and Close Editor');
  expect(shown).toBe('http://127.0.0.1:9/');
});

test('an answer without its end is seen as cut off @long', async ({ workbench, url }, testInfo) => {
  const { page, panel } = workbench;
  await workbench.inspect(`curl ${url}cut -H "Content-Type: application/json" -d '{"stream":true}'`);
  await expect(panel.locator('#answers')).toContainText('The tide turns at');
  await expect(panel.locator('#result')).toContainText('Cut off: ended without [DONE]');
  await page.screenshot({ path: testInfo.outputPath('cut.png') });
});
