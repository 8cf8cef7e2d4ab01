// Third-party clients read a mock in a browser, from a page of another local origin, with the app's own query, headers and
// credentials, through a drop. They are @long, because they are many and rarely change.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import manifest from '../../../package.json' with { type: 'json' };
import { parseScript } from '../../../src/script/parseScript';
import type { RefusedRequest } from '../../../src/server/guard/refusedRequest';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { newServer } from '../../support/servers/newServer';

const ORIGINS = manifest.contributes.configuration.properties['sseCounter.allowedOrigins'].default;

/** A script whose connection drops in the middle of the third event: the client reconnects and resumes. */
const FILE = [
  'retry: 50\n\nid: 1\ndata: one\n\nid: 2\ndata: two\n\n:@ wait 20ms\nid: 3\ndata: th\n:@ drop\n',
  'data: ree\n\n:@ wait 20ms\nid: 4\ndata: four\n\n',
].join('');

const closing: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Serves a file to pages of the origins that the setting allows by default. */
async function serve(file: string) {
  const refused: RefusedRequest[] = [];
  const source = new ScriptSource(parseScript(Buffer.from(file)), { turns: new Turns(), onChange: () => undefined });
  const guard = new RequestGuard(ORIGINS);
  const server = newServer({ source, guard, onRefuse: (request) => refused.push(request) });
  closing.push(() => server.close());
  const { url } = await server.listen(0);
  return { stream: `${url}event?user=7&channel=orders`, refused };
}

/** Opens a page of another origin, with a client's script and the app that uses it. */
async function openApp(page: Page, client: string, app: string, body = ''): Promise<void> {
  const html = `<!doctype html><body>${body}<script>${client.replaceAll('</script', '<\\/script')}</script><script>
    globalThis.got = []; globalThis.failed = [];
    (async () => { ${app} })().catch((error) => failed.push(String(error)));</script></body>`;
  const host = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  closing.push(async () => host.close().closeAllConnections());
  const { port } = host.address() as { port: number };
  await page.goto(`http://localhost:${port}/`);
}

const got = (page: Page) => page.evaluate('globalThis.got');

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: 'test' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome132',
  });
  return outputFiles[0]?.text ?? '';
}

const CLIENTS: { name: string; module: string; app(stream: string): string }[] = [
  {
    name: 'event-source-polyfill, with a token and credentials',
    module: `import { EventSourcePolyfill } from 'event-source-polyfill'; globalThis.Client = EventSourcePolyfill;`,
    app: (stream) => `
      const source = new Client('${stream}', { withCredentials: true, headers: { Authorization: 'Bearer x', 'X-Tenant': '7' } });
      source.onmessage = ({ data }) => got.push(data);`,
  },
  {
    name: 'reconnecting-eventsource',
    module: `import Client from 'reconnecting-eventsource'; globalThis.Client = Client;`,
    app: (stream) => `
      const source = new Client('${stream}', { withCredentials: true, max_retry_time: 200 });
      source.onmessage = ({ data }) => got.push(data);`,
  },
  {
    name: 'the browser’s own EventSource, with credentials',
    module: '',
    app: (stream) => `
      const source = new EventSource('${stream}', { withCredentials: true });
      source.onmessage = ({ data }) => got.push(data);`,
  },
];

for (const { name, module, app } of CLIENTS)
  test(`${name}, gets every event once, through a drop @long`, async ({ page }) => {
    const { stream, refused } = await serve(FILE);
    await openApp(page, await bundle(module), app(stream));
    await expect.poll(() => got(page)).toEqual(['one', 'two', 'th\nree', 'four']);
    expect(refused).toEqual([]);
  });

test('@microsoft/fetch-event-source gets every event by GET and by POST, with a token, JSON and credentials @long', async ({
  page,
}) => {
  const client = await bundle(
    `import { fetchEventSource } from '@microsoft/fetch-event-source'; globalThis.fetchEventSource = fetchEventSource;`,
  );
  for (const method of ['GET', 'POST']) {
    // This client remembers an id as soon as its line comes, and so loses an event cut by a drop: here, none
    // is cut.
    const whole = FILE.replace('id: 3\ndata: th\n:@ drop\n', ':@ drop\nid: 3\ndata: th\n');
    const { stream, refused } = await serve(`${method === 'POST' ? ':@ method POST\n' : ''}${whole}`);
    const body = method === 'POST' ? `body: JSON.stringify({ stream: true }),` : '';
    await openApp(
      page,
      client,
      `await fetchEventSource('${stream}', {
        method: '${method}', ${body} credentials: 'include', openWhenHidden: true,
        headers: { 'Authorization': 'Bearer x', 'Content-Type': 'application/json' },
        onmessage: ({ data }) => { if (data) got.push(data); },
      });`,
    );
    await expect.poll(() => got(page), method).toEqual(['one', 'two', 'th\nree', 'four']);
    expect(refused).toEqual([]);
  }
});

test('htmx with its sse extension, which asks with credentials, swaps each event in @long', async ({ page }) => {
  const { stream, refused } = await serve(
    'retry: 50\nevent: order\nid: 1\ndata: <b>first</b>\n\n:@ wait 20ms\n:@ drop\nevent: order\nid: 2\ndata: <i>second</i>\n\n',
  );
  const client = await bundle(`import htmx from 'htmx.org'; globalThis.htmx = htmx;`);
  const extension = await bundle(`import 'htmx-ext-sse/dist/sse.js';`);
  const body = `<div hx-ext="sse" sse-connect="${stream.replaceAll('&', '&amp;')}"><p sse-swap="order" hx-swap="beforeend"></p></div>`;
  await openApp(page, `${client};${extension}`, '', body);
  await expect(page.locator('p')).toHaveText('firstsecond');
  await expect(page.locator('p > i')).toHaveText('second');
  expect(refused).toEqual([]);
});

test('Datastar, which sends its signals in the query and a header of its own, merges the fragments @long', async ({
  page,
}) => {
  const { stream, refused } = await serve(
    'event: datastar-merge-fragments\nid: 1\ndata: fragments <p id="orders">12 orders</p>\n\n:@ end\n',
  );
  const client = await readFile('test/node_modules/@starfederation/datastar/dist/datastar.js', 'utf8');
  const html = `<div data-signals-user="7" data-on-load="@get('${stream.replaceAll('&', '&amp;')}')"><p id="orders">none</p></div>`;
  await openApp(page, await bundle(client), '', html);
  await expect(page.locator('#orders')).toHaveText('12 orders');
  expect(refused).toEqual([]);
});
