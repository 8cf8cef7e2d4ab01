// Operation of the panels without a mouse.
import { expect, stream, test } from './support/fixtures';
import { stopsOf } from './support/focus';
import { chatEvent, posted, resultOf, whole } from './support/results';

const STREAM = 'data: {"a": 1}\n\ndata: b\n\n';

test('Tab moves through the inspector in reading order: request, views, tools, table, event', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(STREAM)));
  await page.locator('summary', { hasText: 'Request' }).click();
  await page.locator('#rows .row').first().click();
  await expect(page.locator('#jsonTree')).toContainText('1');
  expect(await stopsOf(page, page.locator('#method'))).toEqual([
    'method',
    'url',
    'connect',
    'Request',
    'headers',
    'body',
    'lastEventId',
    'reconnect',
    'insecure',
    'readAs',
    'eventsTab',
    'filter',
    'isRegExp',
    'eventName',
    'pause',
    'clear',
    'record',
    'save',
    'copyCurl',
    'diagnose',
    'timelineToggle',
    'timelineRange',
    'timeline',
    'table',
    'columnsButton',
    'splitter',
    'jsonTab',
    'copyEvent',
    'openData',
    'closeDetails',
    'jsonTree',
    '{… 1 }',
  ]);
});

test('in Wire, Tab comes to the button that wraps lines, before what all views share @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(STREAM)));
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines')).toContainText('data: b');
  expect(await stopsOf(page, page.locator('#wireTab'))).toEqual([
    'wireTab',
    'wrap',
    'clear',
    'record',
    'save',
    'copyCurl',
    'diagnose',
    'wireScroller',
  ]);
});

test('in a list of tabs, the arrow keys, Home and End move between tabs and show them; Tab leaves the list', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(STREAM)));
  await expect(page.locator('#rows .row')).toHaveCount(2);
  const shows = async (key: string, tab: string, panel: string) => {
    await page.keyboard.press(key);
    await expect(page.getByRole('tab', { name: tab })).toBeFocused();
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tab', { selected: true }).and(page.locator('#views *'))).toHaveCount(1);
    await expect(page.locator(panel)).toBeVisible();
  };
  await page.getByRole('tab', { name: 'Events' }).focus();
  await shows('ArrowRight', 'Result', '#result');
  await shows('ArrowRight', 'Wire', '#wire');
  await expect(page.locator('#events')).toBeHidden();
  await shows('End', 'Response', '#response');
  await shows('ArrowRight', 'Events', '#events');
  await shows('ArrowLeft', 'Response', '#response');
  await shows('Home', 'Events', '#events');
  await page.keyboard.press('Tab');
  await expect(page.locator('#filter')).toBeFocused();
});

test('JSON is a tab only for data in JSON; the user’s preferred view is shown again', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream(STREAM)));
  const tab = (name: string) => page.locator('#detailTabs').getByRole('tab', { name });
  await page.locator('#rows .row').first().click();
  await expect(tab('JSON')).toHaveAttribute('aria-selected', 'true');
  await page.locator('#table').press('ArrowDown');
  await expect(tab('Data')).toHaveAttribute('aria-selected', 'true');
  await expect(tab('JSON')).toBeHidden();
  await tab('Data').press('ArrowRight');
  await expect(tab('Raw')).toBeFocused();
  await expect(page.locator('#rawText')).toContainText('data: b');
  await page.locator('#table').press('ArrowUp');
  await expect(tab('JSON')).toBeVisible();
  await expect(tab('Raw')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('#rawText')).toContainText('data: {"a": 1}');
});

test('Escape also closes the details from the table, which keeps the focus; elsewhere it has its usual meaning', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(STREAM)));
  const [table, details] = [page.locator('#table'), page.locator('#details')];
  await expect(page.locator('#rows .row')).toHaveCount(2);
  for (const focus of ['#table', '#dataText', '#closeDetails']) {
    await table.press('Home');
    await table.press('Enter');
    await expect(details).toBeVisible();
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.locator(focus).press('Escape');
    await expect(details).toBeHidden();
    await expect(table).toBeFocused();
  }
  // The selection stays, and Enter opens the details again.
  await table.press('Escape');
  await expect(page.locator('#rows [aria-selected=true]')).toHaveCount(1);
  await table.press('Enter');
  await expect(details).toBeVisible();
  await page.locator('#filter').press('Escape');
  await page.locator('#url').press('Escape');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.locator('#formats')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('#formats')).toBeHidden();
  await expect(details).toBeVisible();
});

test('Save’s formats open with Enter; Escape closes them and returns; a chosen one is requested', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream(STREAM)));
  const page = await view.open();
  const save = page.getByRole('button', { name: 'Save' });
  await save.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#formats')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'NDJSON' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('#formats')).toBeHidden();
  await expect(save).toBeFocused();
  for (const [downs, format] of [
    [1, 'ndjson'],
    [2, 'json'],
    [3, 'sse'],
  ] as const) {
    await page.keyboard.press('Enter');
    for (let times = 0; times < downs; times += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => view.said.at(-1)).toEqual({ type: 'save', format });
    await expect(save).toBeFocused();
  }
});

test('Tab goes through the panel of a served file from button to button', async ({ editor }) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Serving');
  // Kept whole, as undici cancels the body of a response that is garbage, even if the body itself is kept.
  const response = await fetch((await page.locator('#address').textContent()) ?? '');
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await expect(page.locator('#requestRows tr')).toHaveCount(1);
  editor.save('a.sse', 'data: 1\n\n:@ wiat 60s\n');
  const problem = page.getByRole('button', { name: 'a.sse, line 3, column 4: ' });
  await expect(problem).toBeVisible();
  expect(await stopsOf(page, page.locator('#startStop'))).toEqual([
    'startStop',
    'file',
    await problem.textContent(),
    'Copy URL',
    'Copy curl',
    'Run curl in Terminal',
    'Open in Browser',
    'Inspect',
    'pause',
    'restart',
    'shared',
    'speed',
    'times',
    'refuse',
    'dropAll',
    'Drop',
    'onlyRefused',
    'clearRequests',
    'requestList',
    'publishEvent',
    'publishId',
    'publishData',
    'publishNow',
    'Copy',
    'Behind a dev server’s proxy',
  ]);
  await response.body?.cancel();
});

test('the counter’s panel is fully operable by keyboard: Tab goes from button to button', async ({ editor }) => {
  const page = await (await editor.startCounter()).view.open();
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('body').press('Tab');
  for (const name of ['Copy URL', 'Copy curl', 'Run curl in Terminal', 'Open in Browser', 'Inspect']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  const names = ['copyUrl', 'copyCurl', 'runCurl', 'openInBrowser', 'inspect'];
  await expect.poll(() => editor.done.map(([name]) => name)).toEqual(names.map((name) => `sseCounter.${name}`));
});

test('Tab goes through a result: protocol, editors, problems, and each piece with what it offers', async ({
  inspect,
  listen,
}) => {
  const call = { index: 0, id: 't1', function: { name: 'tide', arguments: '{"po' } };
  const text = chatEvent({ content: 'Ebb' }) + chatEvent({ tool_calls: [call] });
  const page = await inspect(posted(await listen(whole(text))));
  await expect(resultOf(page).chips).toHaveCount(2);
  expect(await stopsOf(page, page.locator('#resultTab'))).toEqual([
    'resultTab',
    'clear',
    'record',
    'save',
    'copyCurl',
    'diagnose',
    'result',
    'protocol',
    'openMarkdown',
    'openResultJson',
    'Arguments of a tool call are no JSON',
    'Cut off: ended without [DONE]',
    '#1',
    '#2',
    'Copy Tool Call',
    'Copy Text',
  ]);
});
