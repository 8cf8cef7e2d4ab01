// The result of a stream: what it says, beside its events.
import { violations } from '../../../support/page/axe';
import { expect, streamByHand, test } from '../../support/fixtures';
import { chatEvent, posted, resultOf, whole } from '../../support/results';
import { templateBody } from '../../support/templateBody';

const CHAT = templateBody('openai-chat');
const MCP = [
  { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 'p', progress: 1, total: 2 } },
  { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 'p', progress: 2, total: 2 } },
  { jsonrpc: '2.0', id: 7, result: { content: [{ type: 'text', text: 'Ebb at 4' }], isError: false } },
]
  .map((message) => `data: ${JSON.stringify(message)}\n\n`)
  .join('');

test('a chat completion opens Result by itself: text, tool call, figures and end', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole(CHAT))));
  const { panel, items, figures, chips, end, tab } = resultOf(page);
  await expect(panel).toBeVisible();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await expect(items).toHaveCount(2);
  await expect(items.nth(0)).toContainText(
    'A tide comes in twice a day, since the Earth turns below two hills of water.',
  );
  await expect(items.nth(1)).toContainText('tide');
  await expect(items.nth(1).locator('pre').first()).toHaveText('{\n  "port": "Emden"\n}');
  await expect(figures).toContainText('OpenAI Chat Completions · model demo-1 · stop reason tool_calls');
  await expect(figures).toContainText('12 tokens in · 24 tokens out');
  await expect(chips).toHaveCount(0);
  await expect(end).toHaveText('Complete');
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('text grows as it comes, and the arguments of a tool call become JSON once they are whole', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, chatEvent({ role: 'assistant', content: 'Ebb' }));
  const page = await inspect(url);
  const { items, end } = resultOf(page);
  await expect(items.locator('.reading')).toHaveText('Ebb');
  send(chatEvent({ content: ' and flow' }));
  await expect(items.locator('.reading')).toHaveText('Ebb and flow');
  send(chatEvent({ tool_calls: [{ index: 0, id: 't1', function: { name: 'tide', arguments: '{"po' } }] }));
  await expect(items.nth(1).locator('.valueText')).toHaveText('{}');
  await expect(items.nth(1)).toHaveAttribute('data-whole', 'false');
  await expect(end).toBeEmpty();
  send(chatEvent({ tool_calls: [{ index: 0, function: { arguments: 'rt":"Em' } }] }));
  await expect(items.nth(1).locator('.valueText')).toHaveText('{\n  "port": "Em"\n}');
  send(chatEvent({ tool_calls: [{ index: 0, function: { arguments: 'den"}' } }] }));
  await expect(items.nth(1).locator('.valueText')).toHaveText('{\n  "port": "Emden"\n}');
});

test('a screen reader is told the end, once, and nothing of what comes before it', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, chatEvent({ role: 'assistant', content: 'Ebb' }));
  const page = await inspect(url);
  const { items, end } = resultOf(page);
  await expect(items).toHaveCount(1);
  const said = await end.evaluateHandle((region) => {
    const texts: (string | null)[] = [];
    new MutationObserver(() => texts.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
    });
    return texts;
  });
  for (const content of [' and', ' flow']) send(chatEvent({ content }));
  await expect(items.locator('.reading')).toHaveText('Ebb and flow');
  expect(
    await page.locator('#answers').evaluate((one) => one.closest('[aria-live], [role=status], [role=log]')),
  ).toBeNull();
  await expect(page.locator('#answers :is([aria-live], [role=status], [role=log], [role=alert])')).toHaveCount(0);
  send(`${chatEvent({}, { finish_reason: 'stop' })}data: [DONE]\n\n`);
  await expect(end).toHaveText('Complete');
  await expect(end).toHaveRole('status');
  send(': a sign of life\n\n');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('button', { name: 'Connect' })).toBeVisible();
  expect(await said.jsonValue()).toEqual(['Complete']);
});

test('an error inside a successful response is red, and its chip leads to its row', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole(templateBody('anthropic-error')))));
  const { items, chips, end } = resultOf(page);
  await expect(chips).toHaveText(['The server reports an error']);
  await expect(items.last()).toHaveAttribute('data-kind', 'error');
  await expect(end).toHaveText('Failed: the server reports an error');
  await chips.first().press('Enter');
  await expect(page.locator('#events')).toBeVisible();
  await expect(page.locator('#table')).toBeFocused();
  const row = page.locator('#rows .row[aria-selected="true"]');
  await expect(row).toHaveAttribute('data-error', 'reported');
  await expect(row.locator('.event')).toHaveText('error');
});

test('a stream that ends without its end mark is cut off', async ({ inspect, listen }) => {
  const cut = CHAT.slice(0, CHAT.indexOf('data: ', CHAT.indexOf('since the Earth')));
  const page = await inspect(posted(await listen(whole(cut))));
  const { chips, end } = resultOf(page);
  await expect(chips).toHaveText(['Cut off: ended without [DONE]']);
  await expect(end).toHaveText('Cut off: ended without [DONE]');
  await chips.first().click();
  await expect(page.locator('#rows .row[aria-selected="true"] .number')).toHaveText('5');
});

test('the end mark that lacks is named as it stands in the stream; a response that lacks has no such name @long', async ({
  inspect,
  listen,
}) => {
  const message = templateBody('anthropic-messages');
  const page = await inspect(posted(await listen(whole(message.slice(0, message.indexOf('event: message_stop'))))));
  await expect(resultOf(page).chips).toHaveText(['Cut off: ended without message_stop']);
  const other = await inspect(posted(await listen(whole(MCP.slice(0, MCP.indexOf('{"jsonrpc":"2.0","id":7') - 6)))));
  await expect(resultOf(other).chips).toHaveText(['Cut off: ended without its end mark']);
});

test('a last event without its blank line is shown, and said to be dropped by clients', async ({ inspect, listen }) => {
  const text = `${chatEvent({ content: 'Ebb' })}${chatEvent({ content: ' at four' }).trimEnd()}\n`;
  const page = await inspect(posted(await listen(whole(text))));
  const { items, chips } = resultOf(page);
  await expect(items.locator('.reading')).toHaveText('Ebb at four');
  await expect(chips).toContainText(['The last event has no end: clients drop it']);
  // It has no row: its chip leads to the last one.
  await chips.filter({ hasText: 'no end' }).click();
  await expect(page.locator('#rows .row[aria-selected="true"] .number')).toHaveText('1');
});

test('arguments that are no JSON at the end are a problem @long', async ({ inspect, listen }) => {
  const call = { index: 0, id: 't1', function: { name: 'tide', arguments: '{"po' } };
  const text = `${chatEvent({ tool_calls: [call] })}${chatEvent({}, { finish_reason: 'length' })}data: [DONE]\n\n`;
  const page = await inspect(posted(await listen(whole(text))));
  const { items, chips } = resultOf(page);
  await expect(chips).toHaveText(['Arguments of a tool call are no JSON']);
  await expect(items.first()).toHaveAttribute('data-whole', 'false');
});

test('a piece leads to its first row, and the row’s details back to the piece', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole(CHAT))));
  const { items, panel } = resultOf(page);
  await items.nth(1).getByRole('button', { name: '#9–#12: show in Events' }).press('Enter');
  const table = page.locator('#table');
  await expect(table).toBeFocused();
  await expect(page.locator('#rows .row[aria-selected="true"] .number')).toHaveText('9');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show in Result' }).press('Enter');
  await expect(panel).toBeVisible();
  await expect(items.nth(1)).toBeFocused();
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('rows show what their events add, and the whole in a tooltip', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole(CHAT))));
  await page.getByRole('tab', { name: 'Events' }).click();
  const data = page.locator('#rows .row .data');
  await expect(data.nth(1)).toHaveText('+"A tide"');
  await expect(data.nth(1)).toHaveAttribute('title', /"content": "A tide"/);
  await expect(data.nth(9)).toHaveText('tool tide: {"port"');
  // Events that add nothing show their data.
  await expect(data.last()).toHaveText('[DONE]');
});

test('messages of MCP are shown with their values, and progress as it is now', async ({ inspect, listen }) => {
  const page = await inspect(posted(await listen(whole(MCP))));
  const { items, figures, end } = resultOf(page);
  await expect(figures).toContainText('MCP');
  await expect(items).toHaveCount(2);
  await expect(items.first().locator('.valueText')).toContainText('"progress": 2');
  await expect(items.last()).toContainText('Response');
  await expect(items.last().locator('pre').first()).toHaveText('Ebb at 4');
  await expect(end).toHaveText('Complete');
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('a response stands below the request with the same id @long', async ({ inspect, listen }) => {
  const messages = [
    { jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: { n: 1 } },
    { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'Low water' } },
    { jsonrpc: '2.0', id: 1, result: { ok: true } },
  ];
  const text = messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join('');
  const page = await inspect(posted(await listen(whole(text))));
  const request = page.locator('#answers .group > div > .item').first();
  await expect(request.locator('.item')).toContainText('"ok": true');
  await expect(request.locator('.item .label')).toHaveText('Response');
  await expect(page.locator('#answers .group > div > .item')).toHaveCount(2);
});

test('a response stands below the request that was sent, as the panel shows its body', async ({ inspect, listen }) => {
  const call = {
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { name: 'tide', token: 'sk-live-0123456789abcdef' },
  };
  const page = await inspect(`curl -d '${JSON.stringify(call)}' ${await listen(whole(MCP))}`);
  const sent = page.locator('#answers .group > div > .item').first();
  await expect(sent.locator('> .line .label')).toHaveText('Sent request');
  await expect(sent.locator('> .line .name')).toHaveText('tools/call');
  // No event brought it.
  await expect(sent.locator('> .line .toEvent')).toBeHidden();
  await expect(sent.locator('.item')).toContainText('Ebb at 4');
  await expect(sent.locator('.valueText').first()).toContainText('"name": "tide"');
  await expect(page.locator('#answers')).not.toContainText('sk-live');
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('several answers in a stream are several results, each with its heading', async ({ inspect, listen }) => {
  const first = CHAT.replace('data: [DONE]\n\n', '');
  const page = await inspect(posted(await listen(whole(first + CHAT.replaceAll('chatcmpl-01', 'chatcmpl-02')))));
  await expect(page.getByRole('heading', { name: 'Answer 2' })).toBeVisible();
  await expect(page.locator('#answers .answer')).toHaveCount(2);
});

test('markup, direction marks and long names from outside stay text', async ({ inspect, listen }) => {
  const call = { index: 0, id: '\u202eid', function: { name: '<b>tide</b>\u202e', arguments: '{}' } };
  const text = chatEvent({ content: '<img src=x onerror=alert(1)>' }) + chatEvent({ tool_calls: [call] });
  const page = await inspect(posted(await listen(whole(`${text}data: [DONE]\n\n`))));
  const { items } = resultOf(page);
  await expect(items.first()).toContainText('<img src=x onerror=alert(1)>');
  await expect(items.nth(1).locator('.name')).toContainText('<b>tide</b>⟨U+202E⟩');
  await expect(items.nth(1).locator('.id')).toContainText('⟨U+202E⟩id');
  await expect(page.locator('#answers :is(img, b)')).toHaveCount(0);
});
