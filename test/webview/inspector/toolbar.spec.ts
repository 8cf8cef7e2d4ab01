// Actions on all events, and the connection line in each of the stream's states.
import { readFile } from 'node:fs/promises';
import { expect, stream, streamByHand, test } from '../support/fixtures';

test('the request’s button connects and disconnects; the line shows the state, and the received amount', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream('id: 7\ndata: a\n\nid: 8\ndata: b\n\n')));
  await expect(page.locator('#connect')).toHaveText('Disconnect');
  await expect(page.locator('#connection')).toHaveAttribute('data-state', 'open');
  await expect(page.locator('#facts')).toHaveText(
    /^200 · text\/event-stream · headers \d+ ms · first event \d+ ms · 2 events · 30 B · \d\/s · Last-Event-ID 8$/,
  );
  await page.locator('#connect').click();
  await expect(page.locator('#connect')).toHaveText('Connect');
  await expect(page.locator('#state')).toHaveText('Not connected');
  await expect(page.locator('#connection')).toHaveAttribute('data-state', 'idle');
  await expect(page.locator('#facts')).toContainText('2 events · 30 B · Last-Event-ID 8');
});

test('during a pause, the table stays and shows the number of pending rows; Resume shows them all', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, 'data: a\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows .data')).toHaveText(['a']);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#pause')).toHaveText('Resume');
  send('data: b\n\n'.repeat(1200));
  await expect(page.locator('#pending')).toHaveText('1,200 held back');
  await expect(page.locator('#facts')).toContainText('1,201 events');
  await expect(page.locator('#rows .data')).toHaveText(['a']);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('#pause')).toHaveText('Pause');
  await expect(page.locator('#pending')).toBeEmpty();
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '1202');
});

test('no button moves away from the pointer as events, types and counts come', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, 'data: a\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows .data')).toHaveText(['a']);
  await page.locator('#filter').fill('a');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#pause')).toHaveText('Resume');
  // Those of the tools, and the height of the line of figures: an explanation that comes between them does move the tools.
  const places = () =>
    page.evaluate(() => {
      const boxOf = (element: Element) => element.getBoundingClientRect();
      const tools = document.querySelector('[aria-label="Events shown"]') as Element;
      const { x, y } = boxOf(tools);
      const { height } = boxOf(document.querySelector('#connection') as Element);
      const boxes = [...tools.querySelectorAll('button, select, vscode-button')].map(boxOf);
      const shown = boxes.filter(({ width }) => width > 0);
      return { height, x, boxes: shown.map((box) => [box.x - x, box.y - y, box.width]) };
    });
  const before = await places();
  expect(before.boxes.length).toBeGreaterThan(6);
  send('event: a type whose name is long\ndata: a\n\n'.repeat(1200));
  await expect(page.locator('#pending')).toHaveText('1,200 held back');
  await expect(page.locator('#filterCount')).toHaveText('1 of 1,201');
  expect(await places()).toEqual(before);
  await page.locator('#filter').fill('');
  await expect(page.locator('#filterCount')).toBeEmpty();
  expect(await places()).toEqual(before);
});

test('in a pause before the first row, the table says that all are pending, also with a filter @long', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, ': nothing yet\n\n');
  const page = await inspect(url);
  await expect(page.locator('#empty')).toHaveText('No events yet');
  await page.getByRole('button', { name: 'Pause' }).click();
  send('data: a\n\ndata: b\n\n');
  await expect(page.locator('#pending')).toHaveText('2 held back');
  await expect(page.locator('#empty')).toHaveText('Paused: Resume shows what is held back');
  await page.locator('#filter').fill('a');
  await expect(page.locator('#pending')).toHaveText('1 held back');
  await expect(page.locator('#empty')).toHaveText('Paused: Resume shows what is held back');
  await page.locator('#filter').fill('c');
  await expect(page.locator('#pending')).toBeEmpty();
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
  await page.locator('#filter').fill('');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('#rows .data')).toHaveText(['a', 'b']);
  await expect(page.locator('#empty')).toBeEmpty();
});

test('a recording shows its file and size; after a stop by the keyboard, the focus is on Record', async ({
  editor,
  inspect,
  listen,
}, testInfo) => {
  const { url, send } = await streamByHand(listen, 'data: before\n\n');
  editor.saveTo = testInfo.outputPath('day.sse');
  const page = await inspect(url);
  await expect(page.locator('#rows .data')).toHaveText(['before']);
  const [record, stop] = [page.locator('#record'), page.getByRole('button', { name: 'Stop Recording' })];
  await expect(record).toHaveAttribute('aria-pressed', 'false');
  await expect(stop).toBeHidden();
  await record.click();
  await expect(record).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('#recordingTo')).toHaveText('Recording to day.sse');
  await expect(page.locator('#recordingSize')).toHaveText('· 0 B');
  send('data: recorded\n\n');
  await expect(page.locator('#recordingSize')).toHaveText(/^ · [1-9]\d* B$/);
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(record).toHaveAttribute('aria-pressed', 'false');
  await expect(record).toBeFocused();
  await expect(stop).toBeHidden();
  await expect(page.locator('#recordingTo')).toBeEmpty();
  expect(await readFile(editor.saveTo, 'utf8')).toContain('data: recorded\n\n');
});

test('Record without a chosen file records nothing', async ({ editor, listen }) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('#record').click();
  await expect.poll(() => view.said.at(-1)).toEqual({ type: 'record', recording: true });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#pause')).toHaveText('Resume');
  await expect(page.locator('#record')).toHaveAttribute('aria-pressed', 'false');
});

test('Copy as curl copies the request with variables for its secrets', async ({ editor, inspect, listen }) => {
  const url = await listen(stream('data: a\n\n'));
  const page = await inspect(`curl ${url} -H "Authorization: Bearer sk-very-secret"`);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect.poll(() => editor.done.at(-1)?.[0]).toBe('copy');
  const copied = String(editor.done.at(-1)?.[1]);
  expect(copied).toContain(`curl`);
  expect(copied).toContain(`Authorization: Bearer $AUTHORIZATION`);
  expect(copied).not.toContain('sk-very-secret');
});

test('the chosen type stays after Clear, and the events that pass by type and text are counted', async ({
  inspect,
  listen,
}) => {
  const events = ['a', 'b', 'a', 'b', 'b'].map((name, at) => `event: ${name}\ndata: ${at}\n\n`).join('');
  const page = await inspect(await listen(stream(events)));
  const type = page.locator('#eventName');
  await expect(type.locator('option')).toHaveText(['All events', 'a', 'b']);
  await type.selectOption('b');
  await expect(page.locator('#rows .data')).toHaveText(['1', '3', '4']);
  await page.locator('#filter').fill('4');
  await expect(page.locator('#rows .data')).toHaveText(['4']);
  await page.locator('#filter').fill('');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#rows .row')).toHaveCount(0);
  await expect(type).toHaveValue('b');
});

test('the tools of the table are shown only with the table, Save and Record always', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream('data: a\n\n')));
  await expect(page.locator('#filter')).toBeVisible();
  await page.getByRole('tab', { name: 'Wire' }).click();
  for (const name of ['filter', 'isRegExp', 'eventName', 'pause']) await expect(page.locator(`#${name}`)).toBeHidden();
  for (const name of ['clear', 'record', 'save', 'copyCurl']) await expect(page.locator(`#${name}`)).toBeVisible();
});

test('a name or an id of any length leaves room for the table and the event’s line, and is shown whole in Raw @long', async ({
  inspect,
  listen,
}) => {
  const [name, id] = ['n'.repeat(5000), 'i'.repeat(5000)];
  const page = await inspect(await listen(stream(`event: ${name}\nid: ${id}\ndata: short\n\n`)));
  await expect(page.locator('#rows .row')).toHaveCount(1);
  await page.locator('#rows .row').click();
  await expect(page.locator('#summary')).toContainText(`${'n'.repeat(120)}… · id ${'i'.repeat(120)}…`);
  await page.getByRole('tab', { name: 'Raw' }).click();
  await expect(page.locator('#rawText')).toContainText(`event: ${name}`);
  await expect(page.locator('#rawText')).toContainText(`id: ${id}`);
  expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
  expect(await page.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight)).toBe(0);
});
