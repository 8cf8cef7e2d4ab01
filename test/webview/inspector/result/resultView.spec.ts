// When Result is shown, and what the user does with it.
import { violations } from '../../../support/page/axe';
import { expect, stream, streamByHand, test } from '../../support/fixtures';
import { chatEvent, posted, resultOf, whole } from '../../support/results';
import { templateBody } from '../../support/templateBody';

const CHAT = templateBody('openai-chat');

test('Result doesn’t open by itself once the user has chosen a view: its tab has a sign, and a word for it', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, ': nothing yet\n\n');
  const page = await inspect(url);
  const { panel, tab } = resultOf(page);
  await page.getByRole('tab', { name: 'Wire' }).click();
  send(chatEvent({ content: 'Ebb' }));
  await expect(tab).toHaveClass(/new/);
  await expect(tab).toHaveAccessibleName('Result (a protocol is recognised)');
  await expect(panel).toBeHidden();
  await tab.click();
  await expect(panel).toContainText('Ebb');
  await expect(tab).not.toHaveClass(/new/);
  await expect(tab).toHaveAccessibleName('Result');
});

test('Result doesn’t open by itself for a protocol that is recognised late @long', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, ': nothing yet\n\n');
  const page = await inspect(url);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.waitForTimeout(2100);
  send(chatEvent({ content: 'Ebb' }));
  await expect(resultOf(page).tab).toHaveClass(/new/);
  await expect(page.locator('#events')).toBeVisible();
});

test('nothing is sent to the page of results that it doesn’t show', async ({ editor, listen }) => {
  const { url, send } = await streamByHand(listen, ': nothing yet\n\n');
  const view = await editor.inspect(url);
  const page = await view.open();
  await page.getByRole('tab', { name: 'Wire' }).click();
  send(chatEvent({ content: 'Ebb' }));
  await expect(resultOf(page).tab).toHaveClass(/new/);
  const types = () => view.panel.posted.map(({ type }) => type);
  expect(types()).toContain('resultSummary');
  expect(types()).not.toContain('results');
});

test('a stream of no protocol says so in Result, which stays closed @long', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole('data: hello\n\n'))));
  await expect(page.locator('#rows .row')).toHaveCount(1);
  const { tab, panel } = resultOf(page);
  await expect(tab).not.toHaveClass(/new/);
  await tab.click();
  await expect(panel).toContainText('No protocol is recognised. If you know it, choose it above.');
});

test('the user can read a stream by another protocol, or by none; the choice is kept over a reload', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(posted(await listen(whole(CHAT))));
  const page = await view.open();
  const { panel, items } = resultOf(page);
  await expect(items).toHaveCount(2);
  const field = page.getByLabel('Protocol');
  await expect(field.locator('option').first()).toHaveText('Detected: OpenAI Chat Completions');
  await field.selectOption('off');
  await expect(items).toHaveCount(0);
  await expect(panel).toContainText('The stream isn’t read by a protocol, as you have chosen.');
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.locator('#rows .row .data').nth(1)).toContainText('content: "A tide"');
  await expect.poll(() => view.state).toMatchObject({ protocol: 'off' });
  await page.getByRole('tab', { name: 'Result' }).click();
  await field.selectOption('auto');
  await expect(items.first()).toContainText('A tide comes in');
});

test('a JSON path of the user’s makes a result of any JSON, by the keyboard; it is kept over a reload', async ({
  editor,
  listen,
}) => {
  const text = ['Ne', 'ap'].map((said) => `data: {"out":[{"say":"${said}"}]}\n\n`).join('');
  const view = await editor.inspect(posted(await listen(whole(text))));
  const page = await view.open();
  const { tab, items, end } = resultOf(page);
  await tab.click();
  await page.getByLabel('Protocol').selectOption('path');
  const path = page.getByRole('textbox', { name: 'JSON path' });
  await expect(path).toBeFocused();
  await page.keyboard.type('$.out[0');
  await page.keyboard.press('Enter');
  await expect(page.locator('#pathProblem')).toHaveText(/^Not a JSON path of names and indexes/);
  await expect(path).toBeFocused();
  await expect(path).toHaveAttribute('aria-invalid', 'true');
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.keyboard.type('].say');
  await expect(page.locator('#pathProblem')).toBeEmpty();
  await page.keyboard.press('Enter');
  await expect(items.locator('.reading')).toHaveText('Neap');
  await expect(end).toHaveText('Complete');
  await page.getByLabel('Values at the path').selectOption('replace');
  await expect(items.locator('pre').last()).toHaveText('ap');
  await expect
    .poll(() => view.state)
    .toMatchObject({ protocol: 'path', path: { text: '$.out[0].say', isAppended: false } });
  const again = await view.open();
  await again.getByRole('tab', { name: 'Result' }).click();
  await expect(again.getByLabel('Protocol')).toHaveValue('path');
  await expect(again.getByRole('textbox', { name: 'JSON path' })).toHaveValue('$.out[0].say');
  await expect(again.locator('#answers')).toContainText('ap');
  await again.getByRole('textbox', { name: 'JSON path' }).fill('nothing');
  await again.getByRole('button', { name: 'Apply' }).click();
  await expect(again.locator('#result')).toContainText('No event so far has a value at this path.');
  await again.getByLabel('Protocol').selectOption('auto');
  await expect(again.locator('#pathForm')).toBeHidden();
  await expect.poll(() => view.state).not.toHaveProperty('path');
});

test('a JSON path is no longer than can be read @long', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole('data: {}\n\n'))));
  await resultOf(page).tab.click();
  await page.getByLabel('Protocol').selectOption('path');
  const path = page.getByRole('textbox', { name: 'JSON path' });
  await path.fill('a');
  await expect(path).toHaveAttribute('maxlength', '1000');
  // Choosing another way keeps no half of a path.
  await page.getByLabel('Protocol').selectOption('off');
  await expect(path).toBeHidden();
});

test('copies a text and a tool call, and says so', async ({ editor, listen }) => {
  const view = await editor.inspect(posted(await listen(whole(CHAT))));
  const page = await view.open();
  await page.getByRole('button', { name: 'Copy Text' }).click();
  await expect(page.locator('#resultCopied')).toHaveText('Copied');
  await page.getByRole('button', { name: 'Copy Tool Call' }).click();
  const call = { name: 'tide', id: 'call_01', arguments: { port: 'Emden' } };
  const copied = () => editor.done.filter(([name]) => name === 'copy').map(([, text]) => text);
  await expect.poll(() => copied().at(-1)).toBe(JSON.stringify(call, undefined, 2));
  expect(copied().at(-2)).toBe('A tide comes in twice a day, since the Earth turns below two hills of water.');
});

test('opens all as Markdown and as JSON in editors', async ({ editor, listen }) => {
  const view = await editor.inspect(posted(await listen(whole(CHAT))));
  const page = await view.open();
  await page.getByRole('button', { name: 'Open as Markdown' }).click();
  await page.getByRole('button', { name: 'Open as JSON' }).click();
  await expect.poll(() => editor.documents.length).toBe(2);
  const [markdown, json] = editor.documents as { content: string; language: string }[];
  // VS Code's Markdown would make links of it that run commands.
  expect(markdown?.language).toBe('sse-data');
  expect(markdown?.content).toContain('two hills of water.\n\n**tide**\n\n```json\n');
  expect(json?.language).toBe('json');
  expect(JSON.parse(json?.content ?? '')).toMatchObject({ protocol: 'openai-chat', complete: true });
});

test('Clear empties the result, and what comes then begins it anew', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, chatEvent({ content: 'Ebb' }));
  const page = await inspect(url);
  const { items } = resultOf(page);
  await expect(items.locator('.reading')).toHaveText('Ebb');
  await page.locator('#clear').click();
  await expect(items).toHaveCount(0);
  send(chatEvent({ content: 'Flow' }));
  await expect(items.locator('.reading')).toHaveText('Flow');
});

test('a stream that the user leaves isn’t cut off @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(chatEvent({ content: 'Ebb' }))));
  const { items, chips, end } = resultOf(page);
  await expect(items).toHaveCount(1);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(end).toHaveText('Disconnected before the end');
  await expect(chips).toHaveCount(0);
});
