// The page of a served file, with clients that read it.
import { get, type IncomingMessage } from 'node:http';
import type { Page } from '@playwright/test';
import { PROXY_CURES } from '../../../src/extension/mock/proxyCures';
import { expect, test } from '../support/fixtures';
import type { PanelView } from '../support/panelView';

const ORDERS = [1, 2, 3, 4, 5, 6]
  .map((n) => `id: ${n}\nevent: order\ndata: {"number": ${n}}\n\n:@ wait 300ms\n`)
  .join('');

interface Client {
  status: number | undefined;
  text(): string;
  /** Resolves with the kind of end of the stream. */
  end: Promise<'ended' | 'broken'>;
}

async function addressOf(page: Page): Promise<string> {
  await expect(page.locator('#state')).toHaveText('Serving');
  return (await page.locator('#address').textContent()) ?? '';
}

/** Starts a client that reads until it, or the server, ends the stream. */
async function read(url: string, agent = 'curl/8.5.0'): Promise<Client> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers: { 'User-Agent': agent } }, resolve).on('error', reject);
  });
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const end = new Promise<'ended' | 'broken'>((resolve) => {
    response.once('end', () => resolve('ended')).once('error', () => resolve('broken'));
  });
  return { status: response.statusCode, text: () => text, end };
}

async function openServed(view: PanelView) {
  const page = await view.open();
  return { page, url: await addressOf(page) };
}

test('the panel’s controls work: pause, shared timeline, refuse, drop a client, publish with the shown command', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('orders.sse', `${ORDERS}:@ loop\n`));
  const one = await read(url);
  await expect.poll(one.text).toContain('{"number": 2}');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#state')).toHaveText('Paused');
  await expect(page.locator('#rows .state')).toHaveText(['Paused']);
  await page.locator('#shared').click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('#state')).toHaveText('Serving');
  await page.locator('#times').fill('2');
  await page.getByRole('button', { name: 'Refuse', exact: true }).click();
  await expect(page.locator('#refusals')).toHaveText('The next 2 requests are refused');
  expect((await read(url)).status).toBe(503);
  await expect(page.locator('#refusals')).toHaveText('The next request is refused');
  expect((await read(url)).status).toBe(503);
  await expect(page.locator('#refusals')).toBeEmpty();
  const two = await read(url);
  await expect.poll(two.text).toContain('data: ');
  await expect(page.locator('#rows tr')).toHaveCount(2);
  await expect(page.locator('#publish')).toHaveText(`curl -d hello ${url}`);
  expect(await (await fetch(url, { method: 'POST', body: 'hello' })).text()).toBe('Sent on 2 connections.\n');
  for (const client of [one, two]) await expect.poll(client.text).toContain('data: hello\n\n');
  await page.locator('#rows tr').first().getByRole('button').click();
  expect(await one.end).toBe('broken');
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop' }).click();
  expect(await two.end).toBe('ended');
  await expect(page.locator('#state')).toHaveText('Stopped');
});

test('a connection’s row shows its client, its progress, its start, and that all is sent', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\ndata: 2\n\n'));
  await expect(page.locator('#connectionsHeading')).toHaveText('No connections');
  await expect(page.locator('#table')).toBeHidden();
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36';
  await read(url, agent);
  const row = page.locator('#rows tr');
  await expect(page.locator('#connectionsHeading')).toHaveText('1 connection');
  await expect(row.locator('.event')).toHaveText('2 of 2');
  await expect(row.locator('.state')).toHaveText('All sent');
  await expect(row.locator('.remote')).toHaveText(/^127\.0\.0\.1:\d+$/);
  await expect(row.locator('.agent')).toContainText('Chrome');
  await expect(row.getByRole('rowheader')).toHaveAttribute('title', agent);
  await expect(row.locator('.since')).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/);
  const remote = await row.locator('.remote').textContent();
  await expect(row.getByRole('button', { name: `Drop ${remote}` })).toBeVisible();
});

test('a row dropped by the keyboard passes the focus to the next, to the previous one, then to Drop All', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  for (const count of [1, 2, 3]) {
    await read(url);
    await expect(page.locator('#rows tr')).toHaveCount(count);
  }
  const remotes = await page.locator('#rows .remote').allTextContents();
  const drop = (at: number) => page.getByRole('button', { name: `Drop ${remotes[at]}`, exact: true });
  await drop(1).focus();
  await page.keyboard.press('Enter');
  await expect(drop(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(drop(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#dropAll')).toBeFocused();
  await expect(page.locator('#connectionsHeading')).toHaveText('No connections');
});

test('of 203 connections 200 have a row, and the others are counted @long', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  await Promise.all(Array.from({ length: 203 }, () => read(url)));
  await expect(page.locator('#connectionsHeading')).toHaveText('203 connections');
  await expect(page.locator('#rows tr')).toHaveCount(200);
  await expect(page.locator('#more')).toHaveText('And 3 more');
  await page.getByRole('button', { name: 'Drop All' }).click();
  await expect(page.locator('#table')).toBeHidden();
  await expect(page.locator('#more')).toBeEmpty();
});

test('an invalid number of refusals isn’t pasted, however long it is @long', async ({ editor }) => {
  const { page } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  const times = page.locator('#times');
  await times.press('ControlOrMeta+A');
  for (const pasted of ['1'.repeat(1_000_000), '1e-'.repeat(40_000)]) {
    await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
    await page.keyboard.press('ControlOrMeta+V');
    await expect(times).toHaveValue('1');
  }
  await page.evaluate(() => navigator.clipboard.writeText('7'));
  await page.keyboard.press('ControlOrMeta+V');
  await expect(times).toHaveValue('7');
});

test('an impossible number of refusals is corrected to the nearest one; Enter refuses, and Take Back undoes it', async ({
  editor,
}) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  const times = page.locator('#times');
  for (const [typed, made] of [
    ['0', '1'],
    ['-5', '1'],
    ['', '1'],
    ['2.6', '3'],
    ['1000', '100'],
  ] as const) {
    await times.fill(typed);
    await times.blur();
    await expect(times).toHaveValue(made);
  }
  await times.fill('400');
  await times.press('Enter');
  await expect(page.locator('#refusals')).toHaveText('The next 100 requests are refused');
  await expect(page.locator('#said')).toHaveText('The next 100 requests are refused');
  const takeBack = page.getByRole('button', { name: 'Take Back' });
  await takeBack.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#refusals')).toBeEmpty();
  await expect(page.locator('#said')).toHaveText('No request is refused');
  await expect(takeBack).toBeHidden();
  await expect(page.locator('#refuse')).toBeFocused();
  expect((await read(url)).status).toBe(200);
});

test('Stop moves the focus from hidden elements to Start, which starts the server again', async ({ editor }) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const { page } = await openServed(view);
  await page.locator('#pause').focus();
  // Not with the page's own button, which would have the focus.
  view.panel.say({ type: 'command', command: 'stop' });
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.locator('#startStop')).toBeFocused();
  for (const name of ['Copy URL', 'Pause', 'Drop All', 'Copy']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
  }
  await expect(page.locator('#startStop')).toHaveText('Start');
  await page.keyboard.press('Enter');
  await expect(page.locator('#state')).toHaveText('Serving');
});

test('a file with an error is reported with its position, and the previous version is served', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: old\n\n:@ end\n'));
  await expect(page.locator('#facts')).toHaveText('1 event · 0 ms · GET');
  editor.save('a.sse', 'data: bad\n\n:@ stauts 503\n');
  await expect(page.locator('#problem')).toContainText(
    'The last save has errors; still serving the previous version. a.sse,',
  );
  await expect(page.locator('#problem')).toContainText('line 3');
  const client = await read(url);
  expect(await client.end).toBe('ended');
  expect(client.text()).toBe('data: old\n\n');
  editor.save('a.sse', ':@ method POST\ndata: a\n\ndata: b\n\n:@ end\n');
  await expect(page.locator('#facts')).toHaveText('2 events · 0 ms · POST');
  await expect(page.locator('#problem')).toBeEmpty();
  // A browser opens a URL by GET.
  await expect(page.getByRole('button', { name: 'Open in Browser' })).toBeHidden();
});

test('an error in the file is a link, by mouse and keyboard, that goes to its line; the focus moves on when it is mended', async ({
  editor,
}) => {
  const { page } = await openServed(await editor.serve('a.sse', 'data: old\n\n:@ wait 60s\n'));
  editor.save('a.sse', 'data: bad\n\n:@ stauts 503\n');
  const link = page.getByRole('button', { name: /^a\.sse, line 3, column 4: ./ });
  await link.click();
  const place = { viewColumn: -2, selection: { line: 2, column: 3, endLine: 2, endColumn: 9 } };
  await expect.poll(() => editor.done.at(-1)).toEqual(['show', expect.objectContaining({}), place]);
  await page.locator('#file').focus();
  await page.keyboard.press('Tab');
  await expect(link).toBeFocused();
  editor.save('a.sse', 'data: bad\n\n\n:@ stauts 503\n');
  const moved = page.getByRole('button', { name: /^a\.sse, line 4, / });
  await expect(moved).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => editor.done.length).toBe(2);
  editor.save('a.sse', 'data: good\n\n');
  await expect(page.locator('#problem')).toBeEmpty();
  await expect(page.locator('#file')).toBeFocused();
});

test('the error for which a server could not start is a link; a file that can’t be read isn’t @long', async ({
  editor,
}) => {
  const page = await (await editor.serve('a.sse', 'data: 1\n\n:@ wiat 1s\n')).open();
  await page
    .locator('#reason')
    .getByRole('button', { name: /^a\.sse, line 3, column 4: / })
    .click();
  await expect.poll(() => editor.done.at(-1)?.[0]).toBe('show');
  editor.remove('a.sse');
  await expect(page.locator('#problem')).toHaveText('File not found: a.sse');
  await expect(page.locator('#problem').getByRole('button')).toHaveCount(0);
});

test('the speed is that of new connections, and is kept', async ({ editor }) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 20s\ndata: 2\n\n:@ wait 60s\n');
  const { page, url } = await openServed(view);
  const speed = page.getByRole('combobox', { name: 'Speed' });
  await expect(speed).toHaveValue('1');
  expect(await speed.locator('option').allTextContents()).toEqual(['0.25×', '0.5×', '1×', '2×', '5×', '10×', '100×']);
  const slow = await read(url);
  await speed.selectOption('100×');
  const fast = await read(url);
  await expect.poll(fast.text).toBe('data: 1\n\ndata: 2\n\n');
  expect(slow.text()).toBe('data: 1\n\n');
  await expect.poll(() => view.state).toMatchObject({ speed: 100 });
  await page.reload();
  await expect(speed).toHaveValue('100');
});

test('the reason for a failed start is removed when the file is valid again @long', async ({ editor }) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wiat 1s\n');
  const page = await view.open();
  const [reason, problem] = [page.locator('#reason'), page.locator('#problem')];
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(reason).toContainText('a.sse, line 3');
  await expect(problem).toBeEmpty();
  editor.save('a.sse', 'data: 1\n\n:@ wait 1s\n:@ lop\n');
  await expect(problem).toContainText('a.sse, line 4');
  await expect(reason).toBeEmpty();
  editor.save('a.sse', 'data: 1\n\n');
  await expect(page.locator('#facts')).toContainText('1 event');
  await expect(problem).toBeEmpty();
  await expect(reason).toBeEmpty();
});

test('after Stop with connections and refusals, and Start, neither is shown, nor announced as gone @long', async ({
  editor,
}) => {
  const view = await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n');
  const { page, url } = await openServed(view);
  await read(url);
  await expect(page.locator('#rows tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Refuse', exact: true }).click();
  await expect(page.locator('#said')).toHaveText('The next request is refused');
  // The state of the playback comes late, as from a busy host.
  const { webview } = view.panel;
  const post = webview.postMessage;
  webview.postMessage = async (message) => message.type !== 'play' && post(message);
  await page.locator('#startStop').click();
  await expect(page.locator('#state')).toHaveText('Stopped');
  await expect(page.locator('#rows tr')).toHaveCount(0);
  await expect(page.locator('#connectionsHeading')).toHaveText('No connections');
  await expect(page.locator('#refusals')).toBeEmpty();
  await page.locator('#startStop').click();
  await expect(page.locator('#state')).toHaveText('Serving');
  await expect(page.locator('#rows tr')).toHaveCount(0);
  await expect(page.locator('#refusals')).toBeEmpty();
  await expect(page.locator('#said')).toHaveText('The next request is refused');
});

test('a deleted file is reported with the version that is served; for a stopped server, none is mentioned @long', async ({
  editor,
}) => {
  const { page } = await openServed(await editor.serve('a.sse', 'data: old\n\n:@ end\n'));
  editor.remove('a.sse');
  await expect(page.locator('#problem')).toHaveText('Still serving the previous version. File not found: a.sse');
  editor.save('a.sse', ':@ stauts 503\n');
  await expect(page.locator('#problem')).toContainText('The last save has errors; still serving');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('#problem')).toHaveText(/^a\.sse, line 1, /);
});

test('a panel whose port another panel had shows that, with that file’s name as text @long', async ({ editor }) => {
  const { url } = await openServed(await editor.serve('<b>\u202e.sse', 'data: 1\n\n:@ wait 60s\n'));
  const { port } = new URL(url);
  editor.port = Number(port);
  const second = await openServed(await editor.serve('b.sse', 'data: 1\n\n:@ wait 60s\n'));
  const note = (used: string) =>
    `Port ${port} was in use by the panel “Stream of <b>⟨U+202E⟩.sse”, so port ${used} is used instead.`;
  await expect(second.page.locator('#note')).toHaveText(note(new URL(second.url).port));
  await second.page.getByRole('button', { name: 'Stop' }).click();
  await expect(second.page.locator('#note')).toBeHidden();
  const { view } = await editor.startCounter();
  const counter = await view.open();
  await expect(counter.locator('#state')).toHaveText('Live');
  await expect(counter.locator('#note')).toHaveText(
    note(new URL((await counter.locator('#address').textContent()) ?? '').port),
  );
});

test('the buttons copy, open and run the file’s URL and commands', async ({ editor }) => {
  const { page, url } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ end\n'));
  for (const name of ['Copy URL', 'Copy curl', 'Inspect', 'Copy']) {
    const before = editor.done.length;
    await page.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => editor.done.length).toBe(before + 1);
  }
  const copied = [
    ['copy', url],
    ['copy', `curl -N ${url}`],
    ['sseCounter.inspect', url],
  ];
  expect(editor.done).toEqual([...copied, ['copy', `curl -d hello ${url}`]]);
  await page.getByRole('button', { name: 'a.sse' }).click();
  await expect.poll(() => editor.done.at(-1)?.[0]).toBe('show');
});

test('the section on proxies is collapsed; it can be opened by the keyboard, and its code copied, which is announced', async ({
  editor,
}) => {
  const { page } = await openServed(await editor.serve('a.sse', 'data: 1\n\n:@ wait 60s\n'));
  const part = page.getByRole('region', { name: 'Behind a dev server’s proxy' });
  await expect(part.getByRole('button', { name: 'Copy for Vite' })).toBeHidden();
  await part.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(part).toContainText('Begin the file with “retry: 3000”.');
  for (const [index, { title, code }] of Object.values(PROXY_CURES).entries()) {
    await expect(part.locator('code').nth(index)).toHaveText(code);
    await page.keyboard.press('Tab');
    await expect(part.getByRole('button', { name: `Copy for ${title}`, exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(part.getByRole('region', { name: title, exact: true }).getByRole('status')).toHaveText('Copied');
    await expect(part.getByText('Copied', { exact: true })).toHaveCount(1);
    expect(editor.done.at(-1)).toEqual(['copy', `${code}\n`]);
  }
});

test('a file’s name has no effect on the line of its problem or on the link, even after the server has ended @long', async ({
  editor,
}) => {
  const name = 'o\u202ebad\u2066\u05d0.sse';
  const { page } = await openServed(await editor.serve(name, 'data: a\n\n:@ wait 60s\n'));
  await expect(page.locator('#file')).toHaveText('\u2068o⟨U+202E⟩bad⟨U+2066⟩\u05d0.sse\u2069');
  editor.save(name, ':@ waut 3\n\ndata: b\n\n');
  await expect(page.locator('#problem')).toContainText('o⟨U+202E⟩bad⟨U+2066⟩\u05d0.sse, line 1, column');
  await page.locator('#startStop').click();
  await page.locator('#startStop').click();
  await expect(page.locator('#reason')).toContainText('o⟨U+202E⟩bad⟨U+2066⟩\u05d0.sse, line 1, column');
  expect(await page.content()).not.toMatch(/[\u202e\u2066]/u);
});
