// The extension host is gone: it has ended, or VS Code has killed it, without telling the page.
import type { RequestListener } from 'node:http';
import type { Locator, Page } from '@playwright/test';
import type { ToInspectorPage } from '../../src/messages/inspector';
import { apart, type Told } from '../support/client/toldChanges';
import { violations } from '../support/page/axe';
import { expect, stream, test } from './support/fixtures';
import type { PanelView } from './support/panelView';

/** Puts the page's clock under the control of the test. */
const withClock = (page: Page) => page.clock.install();

/** Makes the host go, and gives the page the time to find out. */
async function leave(view: PanelView): Promise<void> {
  view.isHostGone = true;
  await view.page.clock.runFor(10_000);
  await expect(view.page.getByRole('alert').filter({ hasText: 'The extension host has ended' })).toBeVisible();
}

/** Makes the host, which was only busy, come back. */
async function comeBack(view: PanelView): Promise<void> {
  view.isHostGone = false;
  await view.page.clock.runFor(2500);
  await expect(view.page.locator('#gone')).toBeHidden();
}

/** Returns the argument that the link passes to the new host. */
async function goesOnWith(page: Page): Promise<unknown> {
  const href = (await page.locator('#goOn').getAttribute('href')) ?? '';
  expect(href).toMatch(/^command:sseCounter\.goOn\?/);
  const [text] = JSON.parse(decodeURIComponent(href.slice(href.indexOf('?') + 1)));
  return JSON.parse(text);
}

test('the inspector shows the loss, links to a new panel with its request without secrets, and keeps its events', async ({
  editor,
  listen,
}, testInfo) => {
  const url = await listen(stream('id: 7\ndata: a\n\n'));
  const view = await editor.inspect(`curl ${url} -H "Authorization: Bearer sk-very-secret"`);
  const page = await view.open(withClock);
  await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
  await page.locator('#url').focus();
  await leave(view);
  await page.screenshot({ path: testInfo.outputPath('gone.png') });
  await expect(page.locator('#goOn')).toBeFocused();
  await expect(page.locator('#state')).toHaveText('Ended');
  await expect(page.locator('#connect')).toHaveText('Connect');
  for (const part of ['#request', '.tools'])
    for (const element of await page.locator(part).all()) await expect(element).toHaveJSProperty('inert', true);
  const form = { method: 'GET', url, headers: 'Authorization: Bearer •••1', lastEventId: '7', reconnect: true };
  expect(await goesOnWith(page)).toMatchObject({ panel: 'sseCounter.inspector', state: { form, id: /./ } });
  expect(await page.content()).not.toContain('sk-very-secret');
  await expect(page.locator('#rows .data')).toHaveText(['a']);
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('the inspector shows the stream’s current state when its host responds again', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await leave(view);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Not connected');
});

test('a request whose URL was changed since is continued without the last event’s id @long', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream('id: 7\ndata: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
  await page.locator('#url').fill('http://127.0.0.1:9/other');
  await page.locator('#method').focus();
  await expect.poll(() => view.state).toMatchObject({ form: { url: 'http://127.0.0.1:9/other' } });
  await leave(view);
  const form = { url: 'http://127.0.0.1:9/other', lastEventId: '' };
  expect(await goesOnWith(page)).toMatchObject({ state: { form } });
});

test('text typed after the host was lost, which is in no link, is replaced by the sent form; a host that was only slow gets it @long', async ({
  editor,
  listen,
}) => {
  const url = await listen(stream('id: 7\ndata: a\n\n'));
  const view = await editor.inspect(`curl -X POST ${url} -d a=1`);
  const page = await view.open(withClock);
  await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
  await page.locator('#request summary').click();
  view.isHostGone = true;
  await page.locator('#url').fill('http://127.0.0.1:9/other');
  await page.locator('#url').press('Enter');
  await page.locator('#body').fill('b=2');
  await page.locator('#reconnect').click();
  await leave(view);
  const { state } = (await goesOnWith(page)) as { state: { form: Record<string, unknown> } };
  expect(state.form).toMatchObject({ method: 'POST', url, body: 'a=1', lastEventId: '7', reconnect: false });
  for (const name of ['method', 'url', 'headers', 'body', 'lastEventId'])
    await expect(page.locator(`#${name}`)).toHaveValue(String(state.form[name]));
  await expect(page.locator('#reconnect')).toHaveJSProperty('checked', false);
  await expect(page.locator('#goneNote')).toHaveText(/^What you typed last was not taken/);
  await comeBack(view);
  await expect(page.locator('#url')).toHaveValue('http://127.0.0.1:9/other');
  await expect(page.locator('#body')).toHaveValue('b=2');
  await expect(page.locator('#reconnect')).toHaveJSProperty('checked', true);
  await expect.poll(() => view.state).toMatchObject({ form: { url: 'http://127.0.0.1:9/other', body: 'b=2' } });
});

test('a request that isn’t sent now is opened by the link, not sent', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await leave(view);
  await expect(page.locator('#goOn')).toHaveText('Connect Again in a New Panel');
  expect(await goesOnWith(page)).not.toHaveProperty('state.isUnsent');
  await comeBack(view);
  await page.locator('#connect').click();
  await expect(page.locator('#state')).toHaveText('Not connected');
  await leave(view);
  await expect(page.locator('#goOn')).toHaveText('Open in a New Panel');
  expect(await goesOnWith(page)).toMatchObject({ state: { isUnsent: true } });
});

test('there is no note about edits that the host has accepted, with secrets masked @long', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('#request summary').click();
  await page.locator('#headers').fill('Authorization: Bearer sk-very-secret');
  await page.locator('#url').focus();
  await expect.poll(() => view.state).toMatchObject({ form: { headers: 'Authorization: Bearer •••1' } });
  await leave(view);
  await expect(page.locator('#goneNote')).toHaveText('');
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer •••1');
  await comeBack(view);
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer sk-very-secret');
});

for (const [name, sign, tag] of [
  ['quotes', '"', []],
  ['letters', 'x', ['@long']],
] as const)
  test(`a request with a body of a million ${name} is not in the link, but referenced there`, {
    tag: [...tag],
  }, async ({ editor, listen }) => {
    const view = await editor.inspect(await listen(stream('id: 7\ndata: a\n\n')));
    const page = await view.open(withClock);
    await expect(page.locator('#facts')).toContainText('Last-Event-ID 7');
    await page.locator('#request summary').click();
    await page.locator('#body').fill(sign.repeat(1_000_000));
    await page.locator('#connect').click();
    await expect(page.locator('#connect')).toHaveText('Connect');
    await page.locator('#connect').click();
    await expect.poll(() => JSON.stringify(view.state).length).toBeGreaterThan(1_000_000);
    await expect(page.locator('#state')).toHaveText('Live');
    await leave(view);
    expect(((await page.locator('#goOn').getAttribute('href')) ?? '').length).toBeLessThan(10_000);
    const state = { id: expect.any(String), digest: expect.stringMatching(/^1000\d{3}-[0-9a-f]+$/), lastEventId: '7' };
    expect(await goesOnWith(page)).toEqual({ panel: 'sseCounter.inspector', state });
  });

test('a file whose timeline was shared by the last click is served again in the state of the box @long', async ({
  editor,
}) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Serving');
  view.isHostGone = true;
  await page.locator('#shared').click();
  await leave(view);
  await page.clock.runFor(100);
  await expect(page.locator('#shared')).toHaveJSProperty('checked', false);
  expect(await goesOnWith(page)).toMatchObject({ state: { shared: false } });
});

test('the panel of a served file shows the loss, and neither address nor connections; both are back with the host', async ({
  editor,
}) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Serving');
  // Kept whole, as undici cancels the body of a response that is garbage, even if the body itself is kept.
  const response = await fetch((await page.locator('#address').textContent()) ?? '');
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await page.locator('#pause').focus();
  await leave(view);
  await expect(page.locator('#goOn')).toBeFocused();
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.locator('#address')).toBeHidden();
  await expect(page.locator('#rows tr')).toHaveCount(0);
  const state = { file: '/folder/a.sse', stopped: false, shared: false };
  expect(await goesOnWith(page)).toMatchObject({ panel: 'sseCounter.replay', state });
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Serving');
  await expect(page.locator('#address')).toBeVisible();
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await response.body?.cancel();
});

test('after the return of the host its last state is shown until it sends another: nothing is announced as stopped', async ({
  editor,
}) => {
  const mock = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const counter = (await editor.startCounter()).view;
  const pages = [await mock.open(withClock), await counter.open(withClock)];
  const [mockState, counterState] = pages.map((page) => page.locator('#state')) as [Locator, Locator];
  await expect(mockState).toHaveText('Serving');
  await expect(counterState).toHaveText('Live');
  for (const view of [mock, counter]) {
    await leave(view);
    await view.page.clock.runFor(100);
    await expect(view.page.locator('#state')).toHaveText('Stopped');
    const { webview } = view.panel;
    const post = webview.postMessage;
    webview.postMessage = async (message) => message.type === 'pong' && post(message);
    await comeBack(view);
    await view.page.clock.runFor(100);
  }
  await expect(mockState).toHaveText('Serving');
  await expect(pages[0]?.locator('#address') as Locator).toBeVisible();
  await expect(counterState).toHaveText('Waiting for the extension host');
});

test('the counter shows the loss, and stops counting; it counts again when the host is back', async ({ editor }) => {
  const { view } = await editor.startCounter();
  const page = await view.open(withClock);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#connections')).toHaveText('1 connection');
  await leave(view);
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.getByRole('button', { name: 'Copy URL' })).toBeHidden();
  expect(await goesOnWith(page)).toEqual({ panel: 'sseCounter', state: {} });
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#count')).toHaveText('1');
});

test('the page notes that the rest of a response will not come, because half of it looks complete @long', async ({
  editor,
  listen,
}) => {
  const type = { 'Content-Type': 'application/json' };
  const cases: [RequestListener, before: string, after: string][] = [
    [() => undefined, 'No response yet', 'No response'],
    [
      (_, response) => response.writeHead(200, type).flushHeaders(),
      'No part of the body has been received yet.',
      'No part of the body was read.',
    ],
    [(_, response) => void response.writeHead(200, type).write('half'), '', 'The rest of the body was not read.'],
    [(_, response) => response.writeHead(200, type).end('all of it'), '', ''],
    [(_, response) => response.writeHead(204, type).end(), 'The response has no body.', 'The response has no body.'],
  ];
  for (const [response, before, after] of cases) {
    const view = await editor.inspect(await listen(response));
    const page = await view.open(withClock);
    await page.getByRole('tab', { name: 'Response' }).click();
    if (after !== 'No response') await expect(page.locator('#statusLine')).not.toBeEmpty();
    await expect(page.locator('#responseNote')).toHaveText(before);
    if (after.startsWith('The rest')) await expect(page.locator('#responseBody')).toHaveText('half');
    await leave(view);
    await expect(page.locator('#responseNote')).toHaveText(after);
    if (after === 'No response') {
      await page.getByRole('tab', { name: 'Wire' }).click();
      await expect(page.locator('#noWire')).toHaveText('Nothing received');
      await comeBack(view);
      await expect(page.locator('#noWire')).toHaveText('Nothing received yet');
      await page.getByRole('tab', { name: 'Response' }).click();
    } else await comeBack(view);
    await expect(page.locator('#responseNote')).toHaveText(before);
    await page.close();
  }
});

test('a diagnosis that was running has ended with the host, and no button claims to cancel it; its explanations stay', async ({
  editor,
  listen,
}, testInfo) => {
  const view = await editor.inspect(await listen(stream('id: 1\ndata: a\n\n{"error":1}\n\n')));
  const page = await view.open(withClock);
  await expect(page.locator('#worst')).toContainText('{"error"');
  await page.locator('#openFindings').click();
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  await expect(page.locator('#startDiagnosis')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#diagnosisProgress')).toContainText('Asking');
  await leave(view);
  await expect(page.locator('#diagnosisRunning')).toBeHidden();
  await expect(page.locator('#diagnosisProgress')).toBeEmpty();
  await expect(page.locator('#explanations')).toContainText('{"error"');
  const buttons = page.locator('#findings vscode-button:visible');
  expect(await buttons.evaluateAll((all) => all.filter((one) => one.closest('[inert]') === null))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('gone.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  await expect(page.locator('#diagnosisProgress')).toContainText('Asking');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#diagnosisRunning')).toBeHidden();
});

test('an answer stays after the loss of the host, without its buttons and its choice of a protocol @long', async ({
  editor,
  listen,
}) => {
  const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hello' } }] };
  const view = await editor.inspect(await listen(stream(`data: ${JSON.stringify(chunk)}\n\n`)));
  const page = await view.open(withClock);
  await page.getByRole('tab', { name: 'Result' }).click();
  await expect(page.locator('#answers')).toContainText('Hello');
  await leave(view);
  await expect(page.locator('#answers')).toContainText('Hello');
  const buttons = page.locator('#result vscode-button:visible, #result .toEvent, #protocol');
  expect(await buttons.evaluateAll((all) => all.map((one) => one.closest('[inert]') !== null))).toEqual(
    Array.from({ length: 5 }, () => true),
  );
  expect(await violations(page.locator('main'))).toEqual([]);
  await comeBack(view);
  expect(await page.locator('#result [inert]').count()).toBe(0);
});

test('what was awaited of a stream’s protocol, its answer or a text to find has ended with the host, too @long', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream('data: abc\n\n')));
  const page = await view.open(withClock);
  const [note, found] = [page.locator('#resultNote'), page.locator('#found')];
  await page.locator('#rows .row').first().click();
  await page.keyboard.press('Control+f');
  await page.locator('#findText').fill('x');
  await page.clock.runFor(500);
  await expect(found).toHaveText('No matches');
  const search = { count: 0, isMore: false, searching: true, current: 0 };
  await view.panel.webview.postMessage({ type: 'found', found: search });
  await expect(found).toHaveText('Searching…');
  await expect(note).toHaveText('No protocol is recognised yet.');
  await leave(view);
  await expect(found).toBeEmpty();
  await expect(note).toBeEmpty();
  await comeBack(view);
  await expect(note).toHaveText('No protocol is recognised yet.');
  await page.close();

  const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hello' } }] };
  const answered = await editor.inspect(await listen(stream(`data: ${JSON.stringify(chunk)}\n\n`)));
  const answer = await answered.open(withClock);
  await answer.getByRole('tab', { name: 'Result' }).click();
  await expect(answer.locator('#answers')).toContainText('Hello');
  await expect(answer.locator('#resultEnd')).toBeEmpty();
  await leave(answered);
  await expect(answer.locator('#resultEnd')).toHaveText('Disconnected before the end');
  await comeBack(answered);
  await expect(answer.locator('#resultEnd')).toBeEmpty();
});

test('a page that was rebuilt after the loss of the host says so, even if the state that VS Code kept for it is no request @long', async ({
  editor,
  listen,
}) => {
  const url = await listen(stream('data: a\n\n'));
  for (const kept of [null, 5, 'x', {}, { form: null }, { form: { url } }, { form: { url: 5 }, id: {} }]) {
    const view = await editor.inspect(url);
    view.isHostGone = true;
    const page = await view.open(async (opened) => {
      await withClock(opened);
      await opened.addInitScript((state) => Object.assign(globalThis, { kept: state }), kept);
    });
    await leave(view);
    await expect(page.locator('#goOn')).toBeHidden();
    await page.close();
  }
});

test('if the host is lost during a search of all events, the page doesn’t claim that none passes the filter @long', async ({
  editor,
  listen,
}) => {
  const url = await listen(stream('data: abc\n\n'));
  const view = await editor.inspect(url);
  const page = await view.open(withClock);
  await expect(page.locator('#rows .row')).toHaveCount(1);
  const posted = apart(view.panel.posted as unknown as ToInspectorPage[]).findLast(({ type }) => type === 'history');
  const { history } = posted as Extract<Told, { type: 'history' }>;
  await page.locator('#filter').fill('abc');
  // As the host would send it meanwhile: a search of so few events takes no time.
  view.isHostGone = true;
  await page.evaluate(
    (history) => window.postMessage({ type: 'update', changes: [{ type: 'history', history }] }, '*'),
    { ...history, rows: 0, searching: true },
  );
  await page.clock.runFor(100);
  await expect(page.locator('#empty')).toHaveText('Searching…');
  await leave(view);
  await page.clock.runFor(100);
  await expect(page.locator('#empty')).toBeEmpty();
});
