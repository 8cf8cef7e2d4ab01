// The inspector's page with a stream like that of an LLM's API. See test/e2e/inspector.spec.ts for what only VS Code can
// break.
import { violations } from '../../support/page/axe';
import { endingOnce, expect, stream, streamByHand, test } from '../support/fixtures';
import { SIZES } from '../support/theme';

const SECRET = 'sk-very-secret';

/** Returns a command as in an API's documentation, pasted into a single line. */
const curl = (url: string) => `curl ${url} \\ -H "Content-Type: application/json" \\ \
-H "Authorization: Bearer ${SECRET}" \\ -d '{"model": "m", "stream": true}'`;

/** Returns events as LlmServer sends them: every tenth is a `ping`. */
function tokens(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const event = (first + at) % 10 === 0 ? 'event: ping\n' : '';
    return `${event}id: ${first + at}\ndata: {"said":[{"delta":{"content":"token ${first + at}"}}]}\n\n`;
  }).join('');
}

test('filter and pause; an event’s JSON beside the table and for an editor; the wire as it came', async ({
  inspect,
  editor,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, `: ready\nretry: 300\n\n${tokens(1, 12)}`);
  const page = await inspect(curl(url));
  await expect(page.locator('#rows')).toContainText('token 12');
  await page.locator('#eventName').selectOption('ping');
  await expect(page.locator('#rows [role=row]').first()).toContainText('token 10');
  await page.locator('#eventName').selectOption('');
  await page.locator('#filter').fill('token 7"');
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '2');
  await page.locator('#filter').fill('token [34]"');
  await expect(page.locator('#empty')).toHaveText('No event passes the filter');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '3');
  await page.locator('#filter').fill('(');
  await expect(page.locator('#filterProblem')).toContainText('Unterminated group');
  await expect(page.locator('#filter')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#filter').fill('');
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '13');
  await expect(page.locator('#filterProblem')).toBeEmpty();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('#pause')).toHaveText('Resume');
  send(tokens(13, 14));
  await expect(page.locator('#pending')).toHaveText('2 held back');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('#pending')).toBeEmpty();

  await page.locator('#table').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('#summary')).toContainText('#1 ·');
  await expect(page.locator('#jsonTree')).toContainText('token 1');
  await page.getByRole('button', { name: 'Open Data in Editor' }).click();
  const content = '{"said":[{"delta":{"content":"token 1"}}]}';
  await expect
    .poll(() => editor.documents)
    .toEqual([{ content: JSON.stringify(JSON.parse(content), null, 2), language: 'json' }]);
  await page.getByRole('button', { name: 'Copy Event' }).click();
  await expect.poll(() => editor.done.at(-1)).toEqual(['copy', `id: 1\ndata: ${content}\n\n`]);

  await page.getByRole('tab', { name: 'Wire' }).click();
  // The view starts at the end: before that is drawn, it can't be scrolled.
  await expect(page.locator('#wireLines')).toContainText('data: ');
  await page.locator('#wireScroller').click();
  await page.keyboard.press('Home');
  await expect(page.locator('#wireLines')).toContainText(': ready');
  await expect(page.locator('#wireLines')).toContainText('retry: 300');
});

test('Clear empties the table and the wire view, and later events keep counting', async ({ inspect, listen }) => {
  const { url, send } = await streamByHand(listen, 'data: a\n\ndata: b\n\n');
  const page = await inspect(url);
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '3');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '1');
  await expect(page.locator('#rows .row')).toHaveCount(0);
  await expect(page.locator('#empty')).toHaveText('No events yet');
  send('data: c\n\n');
  await expect(page.locator('#rows .row .data')).toHaveText(['c']);
  await expect(page.locator('#rows .row .number')).toHaveText(['3']);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines > div')).toHaveText(['data: c', '', '']);
});

test('a connection that breaks is reconnected, with its Last-Event-ID, if the user has said so', async ({
  inspect,
  llm,
}) => {
  const page = await inspect(llm.url);
  await expect(page.locator('#rows')).toContainText('token 3');
  llm.server.completions[0]?.break();
  await expect(page.locator('#facts')).toContainText('reconnected once');
  await expect.poll(() => llm.server.completions.length).toBe(2);
  const lastEventId = Number(llm.server.completions[1]?.headers['last-event-id']);
  expect(lastEventId).toBeGreaterThanOrEqual(3);
  // The row may be out of view by now.
  await page.locator('#filter').fill(`token ${lastEventId + 1}"`);
  await expect(page.locator('#rows')).toContainText(`token ${lastEventId + 1}`);
});

test('while it waits to reconnect, it counts down; Reconnect Now doesn’t wait, and moves the focus', async ({
  inspect,
  listen,
}) => {
  const { response, asked } = endingOnce('retry: 60000\ndata: a\n\n');
  const url = await listen(response);
  const page = await inspect(url);
  await expect(page.locator('#countdown')).toHaveText(/^Reconnecting in (60|59|58) s$/);
  await expect(page.locator('#countdown')).toHaveText(/^Reconnecting in 5\d s$/);
  await page.locator('#reconnectNow').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#waiting')).toBeHidden();
  await expect(page.locator('#connection')).toBeFocused();
  // The second press of a double click doesn't end the stream.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.locator('#pause').press('Enter');
  await expect(page.locator('#pause')).toHaveText('Resume');
  await expect(page.locator('#state')).toHaveText('Live');
  expect(asked()).toBe(2);
});

test('the countdown doesn’t depend on the window’s clock, which may differ from the extension host’s @long', async ({
  editor,
  listen,
}) => {
  const url = await listen((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('retry: 60000\ndata: a\n\n'),
  );
  const view = await editor.inspect(url);
  const page = await view.open(({ clock }) => clock.install({ time: Date.now() - 600_000 }));
  await page.clock.resume();
  await expect(page.locator('#countdown')).toHaveText(/^Reconnecting in (60|59|58) s$/);
  await page.clock.setSystemTime(Date.now() + 600_000);
  await expect(page.locator('#countdown')).toHaveText(/^Reconnecting in 5\d s$/);
});

test('a POST that breaks is not repeated automatically', async ({ inspect, llm }) => {
  const page = await inspect(curl(llm.url));
  await expect(page.locator('#rows')).toContainText('token 3');
  llm.server.completions[0]?.break();
  await expect(page.locator('#state')).toHaveText('Failed');
  await expect(page.locator('#reason')).toContainText('The connection broke');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.locator('#state')).toHaveText('Live');
  expect(llm.server.completions).toHaveLength(2);
});

test('a response that is no event stream is shown as it is, without a click', async ({ inspect, listen }) => {
  const url = await listen((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"alive"}'),
  );
  const page = await inspect(url);
  await expect(page.locator('#state')).toHaveText('Not an event stream');
  await expect(page.locator('#reason')).toContainText('application/json');
  await expect(page.locator('#responseBody')).toContainText('status');
  await expect(page.getByRole('tab', { name: 'Response' })).toHaveAttribute('aria-selected', 'true');
});

test('a response of another type is read as a stream by the button, using the keyboard, with a note that browsers refuse it', async ({
  inspect,
  listen,
}) => {
  const url = await listen((_request, response) => {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.write(tokens(1, 3));
  });
  const page = await inspect(url);
  await expect(page.locator('#state')).toHaveText('Not an event stream');
  await expect(page.locator('#facts')).toContainText('200 · text/plain; charset=utf-8');
  await page.setViewportSize(SIZES.narrowest);
  await expect(page.locator('#nextStep')).toBeInViewport({ ratio: 1 });
  await page.setViewportSize(SIZES.wide);
  await page.getByRole('button', { name: 'Read as Event Stream Anyway' }).press('Enter');
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#reason')).toHaveText(/^A browser refuses it\. The response is not an event stream/);
  await expect(page.locator('#rows')).toContainText('token 3');
  await expect(page.locator('#nextStep')).toBeHidden();
  await expect(page.locator('#connection')).toBeFocused();
});

test('https to a server without TLS: Try http:// is offered, and changes the form', async ({ inspect, listen }) => {
  const url = await listen(stream(tokens(1, 2)));
  const page = await inspect(url.replace('http:', 'https:'));
  await expect(page.locator('#reason')).toContainText('doesn’t speak TLS');
  await page.getByRole('button', { name: 'Try http://' }).click();
  await expect(page.locator('#rows')).toContainText('token 2');
  await expect(page.locator('#url')).toHaveValue(url);
});

test('once there is a stream again, its events are shown in place of the previous response', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen((_request, response) => response.writeHead(404).end('none')));
  await expect(page.locator('#statusLine')).toHaveText('404 Not Found');
  await page.locator('#url').fill(await listen(stream(tokens(1, 2))));
  await page.locator('#url').press('Enter');
  await expect(page.locator('#rows')).toContainText('token 2');
  await expect(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('#response')).toBeHidden();
});

test('a redirect is shown with the removed headers; a body with a secret is sent on only by the button', async ({
  inspect,
  editor,
  llm,
  listen,
}) => {
  const moved = await listen((request, response) => {
    request.resume().on('end', () => response.writeHead(307, { Location: llm.url }).end());
  });
  const { host } = new URL(llm.url);
  const page = await inspect(`curl ${moved} -H "Authorization: Bearer ${SECRET}" -d '{"api_key":"${SECRET}"}'`);
  await expect(page.locator('#reason')).toContainText('the body holds a secret. It was not sent there.');
  const send = page.getByRole('button', { name: `Send to ${host}` });
  expect(await violations(page.locator('main'))).toEqual([]);
  expect(llm.server.completions).toHaveLength(0);
  await send.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#rows')).toContainText('token 2');
  expect(editor.questions).toEqual([
    `Send the body of the request, which holds a secret, to ${new URL(llm.url).origin}?`,
  ]);
  await expect(send).toBeHidden();
  await expect(page.locator('#connection')).toBeFocused();
  expect(llm.server.completions[0]?.body).toBe(`{"api_key":"${SECRET}"}`);
  expect(llm.server.completions[0]?.headers.authorization).toBeUndefined();
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(page.locator('#redirects li')).toHaveText([
    `307 → ${llm.url} · Not sent along, because they are secrets: Authorization`,
  ]);
  expect(await violations(page.locator('main'))).toEqual([]);
});

test('each redirect has its line, in order, and they are removed by the next request', async ({ inspect, listen }) => {
  const url = await listen(({ url }, response) => {
    const next = { '/a': '/b', '/b': '/c' }[url ?? ''];
    if (next) response.writeHead(302, { Location: next }).end();
    else response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: a\n\n');
  });
  const page = await inspect(`${url}a`);
  await expect(page.locator('#state')).toHaveText('Live');
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(page.getByRole('list', { name: 'Redirects' }).locator('li')).toHaveText([
    `302 → ${url}b`,
    `302 → ${url}c`,
  ]);
  await page.locator('#connect').click();
  await expect(page.locator('#state')).toHaveText('Not connected');
  await page.locator('#url').fill(`${url}c`);
  await page.locator('#connect').click();
  await expect(page.locator('#state')).toHaveText('Live');
  // An empty list is invisible, but a screen reader would announce it.
  await expect(page.getByRole('list', { name: 'Redirects' })).toHaveCount(0);
});

test('a second Enter on “Read as Event Stream Anyway” doesn’t end the stream that the first started @long', async ({
  editor,
  listen,
}) => {
  const url = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('data: a\n\n');
  });
  const view = await editor.inspect(url);
  const page = await view.open();
  await page.getByRole('button', { name: 'Read as Event Stream Anyway' }).press('Enter');
  await expect(page.locator('#connection')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('#pause').press('Enter');
  await expect.poll(() => view.said.at(-1)?.type).toBe('pause');
  expect(view.said.filter(({ type }) => type === 'nextStep' || type === 'disconnect')).toHaveLength(1);
});
