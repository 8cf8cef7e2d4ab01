// The form of the inspector's request: what it shows, sends and keeps.
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Page } from '@playwright/test';
import { drawn } from '../../../support/random/drawn';
import { endingOnce, expect, test } from '../../support/fixtures';

/** Starts a server of streams that records its requests. */
async function noting(listen: (response: RequestListener) => Promise<string>) {
  const asked: { method: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const url = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ method: request.method ?? '', headers: request.headers, body });
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('id: 7\ndata: a\n\n');
  });
  return { url, asked };
}

async function openForm(page: Page): Promise<void> {
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('summary', { hasText: 'Request' }).click();
}

/** Disconnects, so that a request can be sent again. */
async function disconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Not connected');
}

test('the form shows the request with masks for its secrets, and sends them unchanged', async ({ inspect, listen }) => {
  const { url, asked } = await noting(listen);
  const page = await inspect(
    `curl -X PUT ${url}?api_key=k-secret -H "X-Api-Key: h-secret" -H "Content-Type: application/json" -d '{"password":"b-secret","a":1}'`,
  );
  await openForm(page);
  await expect(page.locator('#method')).toHaveValue('PUT');
  await expect(page.locator('#url')).toHaveValue(`${url}?api_key=•••2`);
  await expect(page.locator('#headers')).toHaveValue('X-Api-Key: •••1\nContent-Type: application/json');
  await expect(page.locator('#body')).toHaveValue('{"password":"•••3","a":1}');
  expect(await page.content()).not.toMatch(/[khb]-secret/);
  await disconnect(page);
  await page.locator('#headers').fill('X-Api-Key: •••1\nContent-Type: application/a+json');
  await page.locator('#url').press('Enter');
  await expect.poll(() => asked.length).toBe(2);
  const sent = { 'x-api-key': 'h-secret', 'content-type': 'application/a+json' };
  expect(asked[1]).toMatchObject({ method: 'PUT', headers: sent, body: '{"password":"b-secret","a":1}' });
});

test('a typed secret is masked in the state that VS Code keeps, and in the form once it was sent', async ({
  editor,
  listen,
}) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(url);
  const page = await view.open();
  await openForm(page);
  await disconnect(page);
  await page.locator('#headers').fill('Authorization: Bearer typed-secret');
  await page.locator('#method').focus();
  await expect.poll(() => view.state).toMatchObject({ form: { headers: 'Authorization: Bearer •••1' } });
  expect(JSON.stringify(view.state)).not.toContain('typed-secret');
  // The text that is being typed stays.
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer typed-secret');
  await page.locator('#connect').click();
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer •••1');
  expect(asked[1]?.headers.authorization).toBe('Bearer typed-secret');
});

test('a form that can’t be sent shows the reason, and nothing is sent; once corrected, it is, and the reason is gone', async ({
  inspect,
  listen,
}) => {
  const { url, asked } = await noting(listen);
  const page = await inspect(url);
  await openForm(page);
  await disconnect(page);
  const problem = page.locator('#formProblem');
  for (const [field, text, reason] of [
    ['#url', 'ftp://example.com/', 'The URL must start with http:// or https://.'],
    ['#headers', 'no colon', '“no …” is not a header: write `Name: value`.'],
    ['#method', 'G E T', '“G E T” is not a valid HTTP method.'],
  ] as const) {
    const before = await page.locator(field).inputValue();
    await page.locator(field).fill(text);
    await page.locator('#connect').click();
    await expect(problem).toHaveText(reason);
    await page.locator(field).fill(before);
    await page.locator('#connect').click();
    await expect(problem).toBeEmpty();
    await disconnect(page);
  }
  // The first request, and one for each correction.
  expect(asked).toHaveLength(4);
});

test('a double click on Connect sends once', async ({ editor, listen }) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(`curl ${url} -d a`);
  const page = await view.open();
  await openForm(page);
  await disconnect(page);
  await page.locator('#connect').dblclick();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#connect')).toHaveText('Disconnect');
  // If there were two, the second request would replace the first, which may or may not have been sent.
  expect(view.said.filter(({ type }) => type === 'connect' || type === 'disconnect')).toEqual([
    { type: 'disconnect' },
    { type: 'connect', form: expect.objectContaining({ url, method: 'POST' }) },
  ]);
  expect(asked).toHaveLength(2);
});

test('Enter sends from the URL and from Last-Event-ID, and accepts a suggestion in the method', async ({
  inspect,
  listen,
}) => {
  const { url, asked } = await noting(listen);
  const page = await inspect(url);
  await openForm(page);
  await disconnect(page);
  // Connect has resumed from the last id.
  await expect(page.locator('#lastEventId')).toHaveValue('7');
  await page.locator('#lastEventId').fill('3');
  await page.locator('#method').press('Enter');
  await page.locator('#lastEventId').press('Enter');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]?.headers['last-event-id']).toBe('3');
  await expect(page.locator('#state')).toHaveText('Live');
  await disconnect(page);
  await page.locator('#url').press('Enter');
  await expect.poll(() => asked.length).toBe(3);
});

test('the Reconnect box follows the method, until the user sets it', async ({ inspect, listen }) => {
  const page = await inspect((await noting(listen)).url);
  await openForm(page);
  const box = page.getByRole('checkbox', { name: 'Reconnect when the stream ends or breaks' });
  await expect(box).toBeChecked();
  await page.locator('#method').fill('POST');
  await expect(box).not.toBeChecked();
  await page.locator('#method').fill('get');
  await expect(box).toBeChecked();
  await box.press('Space');
  await expect(box).not.toBeChecked();
  await page.locator('#method').fill('POST');
  await page.locator('#method').fill('GET');
  await expect(box).not.toBeChecked();
});

test('a click in the method’s field offers all methods, and its text comes back if none is chosen', async ({
  inspect,
  listen,
}) => {
  const { url, asked } = await noting(listen);
  const page = await inspect(`curl ${url} -d a`);
  await openForm(page);
  await disconnect(page);
  await page.locator('#method').click();
  await expect(page.locator('#method')).toHaveValue('');
  await expect(page.locator('#method')).toHaveAttribute('placeholder', 'POST');
  await page.locator('#url').press('Enter');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]?.method).toBe('POST');
  await expect(page.locator('#method')).toHaveValue('POST');
});

test('the method’s field accepts a hundred characters, whatever is pasted @long', async ({ inspect, listen }) => {
  const { url } = await noting(listen);
  const page = await inspect(url);
  await openForm(page);
  await page.evaluate((text) => navigator.clipboard.writeText(text), `a${'\u0301'.repeat(20_000)}`);
  await page.locator('#method').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
  await expect(page.locator('#method')).toHaveValue(`a${'\u0301'.repeat(99)}`);
});

for (const field of drawn(['#url', '#lastEventId', '#connect'], 1))
  test(`Enter held in ${field} sends once`, async ({ editor, listen }) => {
    const { url, asked } = await noting(listen);
    const view = await editor.inspect(`curl ${url} -d a`);
    const page = await view.open();
    await openForm(page);
    await disconnect(page);
    await page.locator(field).focus();
    // Each press after the first is a repetition.
    for (let time = 0; time < 10; time += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect(page.locator('#state')).toHaveText('Live');
    await expect.poll(() => asked.length).toBe(2);
    const sent = () => view.said.filter(({ type }) => type === 'connect' || type === 'disconnect').slice(1);
    expect(sent().map(({ type }) => type)).toEqual(['connect']);
    // After its release, the key works again.
    await page.locator('#url').press('Enter');
    await expect.poll(() => sent().length).toBe(2);
  });

test('Enter held on a button that is then hidden, or on one that opens a question, does nothing more', async ({
  editor,
  listen,
}) => {
  const url = await listen(endingOnce('retry: 60000\ndata: a\n\n').response);
  const view = await editor.inspect(url);
  const page = await view.open();
  const said = (type: string) => view.said.filter((message) => message.type === type).length;
  await page.locator('#rows .row').first().click();
  for (const [button, type] of [
    ['#record', 'record'],
    ['#copyEvent', 'copyEvent'],
    ['#openData', 'openData'],
    ['#copyCurl', 'copyCurl'],
    ['#pause', 'pause'],
  ] as const) {
    await page.locator(button).focus();
    for (let time = 0; time < 5; time += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(() => said(type)).toBe(1);
  }
  await page.locator('#reconnectNow').focus();
  await page.keyboard.down('Enter');
  // The button is hidden, and the focus isn't on a button that would end the stream.
  await expect(page.locator('#connection')).toBeFocused();
  for (let time = 0; time < 5; time += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.locator('#pause').press('Enter');
  await expect.poll(() => said('pause')).toBe(2);
  expect([said('reconnectNow'), said('disconnect'), said('connect')]).toEqual([1, 0, 0]);
});

test('Enter held in a field of several lines adds lines @long', async ({ inspect, listen }) => {
  const page = await inspect((await noting(listen)).url);
  await openForm(page);
  await page.locator('#headers').fill('');
  await page.locator('#headers').focus();
  for (let time = 0; time < 3; time += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(page.locator('#headers')).toHaveValue('\n\n\n');
});
