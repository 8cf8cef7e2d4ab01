// A served file as a mock for front ends: in a real browser, from a page of another port.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import manifest from '../../package.json' with { type: 'json' };
import { parseScript } from '../../src/script/parseScript';
import { RequestGuard } from '../../src/server/guard/requestGuard';
import { ScriptSource } from '../../src/server/script/scriptSource';
import { Turns } from '../../src/turns/turns';
import { type Got, SCENARIOS, TYPES } from '../support/mock/scenarios';
import { drawn } from '../support/random/drawn';
import { newServer } from '../support/servers/newServer';

const ORIGINS = manifest.contributes.configuration.properties['sseCounter.allowedOrigins'].default;

const run = promisify(execFile);

let vite: ViteDevServer;
let frontEnd: string;
const closing: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  vite = await createServer({ root: 'test/e2e/frontEnd', configFile: false, logLevel: 'error', server: { port: 0 } });
  await vite.listen();
  frontEnd = vite.resolvedUrls?.local[0] ?? '';
});

test.afterAll(() => vite.close());

test.afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Serves the text of a file; resolves with the address of its stream. */
async function serve(file: string): Promise<{ stream: string; source: ScriptSource }> {
  const source = new ScriptSource(parseScript(Buffer.from(file)), { turns: new Turns(), onChange: () => undefined });
  const server = newServer({ source, guard: new RequestGuard(ORIGINS) });
  closing.push(() => server.close());
  const { url } = await server.listen(0);
  return { stream: `${url}event`, source };
}

test('a front end on Vite’s dev server gets every event once, despite drops within events, resets, an end and a pause', async ({
  page,
}) => {
  const count = 40;
  const faults = [':@ drop\n', ':@ reset\n', ':@ end\n'];
  const orders = Array.from({ length: count }, (_, n) => {
    const fault = n % 4 === 3 ? `:@ wait 5ms\n${faults[(n >> 2) % faults.length]}` : '';
    return `event: order\nid: ${n + 1}\ndata: {"number": ${n + 1},\n${fault}data: "status": "packed"}\n\n:@ wait 10ms\n`;
  });
  const { stream } = await serve(`retry: 30\n\n${orders.join('')}:@ end\n`);
  await page.goto(`${frontEnd}?stream=${encodeURIComponent(stream)}`);
  // All events are sent: 204 has stopped the EventSource.
  await expect(page.locator('#state')).toHaveText('Closed', { timeout: 30_000 });
  const all = Array.from({ length: count }, (_, n) => `Order ${n + 1}: packed`);
  expect(await page.locator('#orders li').allTextContents()).toEqual(all);
});

test('an event published by curl is in the front end at once', async ({ page }) => {
  const { stream } = await serve('retry: 30\n\n');
  await page.goto(`${frontEnd}?stream=${encodeURIComponent(stream)}`);
  await expect(page.locator('#state')).toHaveText('Live');
  const { stdout } = await run('curl', ['-s', '-d', '{"number": 7, "status": "sent"}', `${stream}?event=order`]);
  expect(stdout).toBe('Sent on 1 connection.\n');
  await expect(page.locator('#orders li')).toHaveText(['Order 7: sent']);
});

test('the front end itself can’t publish: a web page may read, not write', async ({ page }) => {
  const { stream } = await serve('retry: 30\n\n');
  await page.goto(`${frontEnd}?stream=${encodeURIComponent(stream)}`);
  await expect(page.locator('#state')).toHaveText('Live');
  const statuses = await page.evaluate(async (url) => {
    const post = (address: string, init: RequestInit) =>
      fetch(address, { method: 'POST', body: '{"number": 1}', ...init }).then(({ status }) => status, String);
    const publish = url.replace(/event$/, 'publish');
    return [await post(`${url}?event=order`, {}), await post(publish, { headers: { 'X-Any': '1' } })];
  }, stream);
  expect(statuses[0]).toBe(403);
  expect(String(statuses[1])).toContain('TypeError');
  // A form's POST needs no preflight.
  await page.evaluate((url) => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<iframe name="f"></iframe><form method="post" target="f" action="${url}?event=order"><input name="x" value="1"></form>`,
    );
    document.querySelector('form')?.submit();
  }, stream);
  await page.waitForTimeout(300);
  expect(await page.locator('#orders li').count()).toBe(0);
});

test('a stream that is requested by POST is read by fetch, as the clients of LLM APIs do', async ({ page }) => {
  const { stream } = await serve(
    ':@ method POST\ndata: {"delta": "Hel"}\n\n:@ wait 20ms\ndata: {"delta": "lo"}\n\n:@ end\n',
  );
  await page.goto(`${frontEnd}?stream=about:blank`);
  const text = await page.evaluate(async (url) => {
    const headers = { 'Content-Type': 'application/json', 'Authorization': 'Bearer none', 'X-Api-Version': '1' };
    const response = await fetch(url, { method: 'POST', headers, body: '{"stream": true}' });
    return `${response.headers.get('Content-Type')}\n${await response.text()}`;
  }, stream);
  expect(text).toBe('text/event-stream\ndata: {"delta": "Hel"}\n\ndata: {"delta": "lo"}\n\n');
});

test('the page on / shows the events of each type, or, if the stream is requested by POST, the curl line for it', async ({
  page,
}) => {
  const { stream, source } = await serve('event: order\ndata: {"number": 7}\n\n');
  const root = stream.replace(/event$/, '');
  await page.goto(root);
  await expect(page.locator('#data')).toHaveText('{"number": 7}');
  await expect(page.locator('#heading')).toBeHidden();
  source.load(parseScript(Buffer.from(':@ method POST\ndata: 1\n\n')));
  await page.goto(root);
  await expect(page.locator('#state')).toHaveText('This stream is asked for by POST');
  await expect(page.locator('#curl')).toHaveText(`curl -N -X POST ${stream}`);
});

test('the page on / shows events of the types error and open like any other, and still shows its own state', async ({
  page,
}) => {
  const { stream, source } = await serve(
    'retry: 60000\n\nevent: open\ndata: 1\n\nevent: error\ndata: {"type": "overloaded"}\n\n',
  );
  await page.goto(stream.replace(/event$/, ''));
  await expect(page.locator('#data')).toHaveText('{"type": "overloaded"}');
  await expect(page.locator('#state')).toHaveText('Live');
  void source.control.dropAll();
  await expect(page.locator('#state')).toHaveText('Reconnecting');
  await expect(page.locator('#data')).toHaveText('{"type": "overloaded"}');
});

for (const { name, file, events, end } of drawn(SCENARIOS, 4)) {
  test(`the browser’s EventSource: ${name}`, async ({ page }) => {
    const { stream } = await serve(file);
    await page.goto(`${frontEnd}?stream=about:blank`);
    const result = await readInPage(page, stream, end === 'open' ? events.length : undefined);
    expect(result.events.slice(0, events.length)).toEqual(events);
    expect(result.end).toBe(end);
  });
}

/** Reads until the EventSource is closed for good, or, if `count` is given, until shortly after that number of events. */
function readInPage(page: Page, url: string, count?: number): Promise<{ events: Got[]; end: 'closed' | 'open' }> {
  return page.evaluate(
    ([address, types, wanted]) =>
      new Promise((resolve) => {
        const got: Got[] = [];
        const source = new EventSource(address);
        const finish = () => {
          const state = source.readyState === EventSource.CLOSED ? 'closed' : 'open';
          source.close();
          resolve({ events: got, end: state });
        };
        for (const type of types)
          source.addEventListener(type, ({ data, lastEventId }) => {
            got.push({ type, data, lastEventId });
            if (got.length === wanted) setTimeout(finish, 150);
          });
        source.onerror = () => source.readyState === EventSource.CLOSED && finish();
      }),
    [url, TYPES, count] as const,
  );
}

/** Opens the page on / with a fake clock. Resolves with a function that returns the number of its stream requests. */
async function openPage(page: Page, stream: string): Promise<() => number> {
  let asked = 0;
  page.on('request', (request) => {
    if (request.url() === stream && request.method() === 'GET') asked += 1;
  });
  await page.clock.install();
  await page.goto(new URL('/', stream).href);
  return () => asked;
}

test('the page on / says Ended when a file has been read to its end, and plays it again only by a click', async ({
  page,
}) => {
  const { stream } = await serve('retry: 30\n\nid: 1 é\ndata: one\n\n:@ end\n\nid: 2 \u{1f600}\ndata: two\n\n:@ end\n');
  const asked = await openPage(page, stream);
  await expect(page.locator('#state')).toHaveText('Ended');
  await expect(page.locator('#data')).toHaveText('two');
  // Two requests for its two connections, and one that gets 204.
  expect(asked()).toBe(3);
  await page.clock.runFor(60_000);
  await expect(page.locator('#state')).toHaveText('Ended');
  expect(asked()).toBe(3);
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect.poll(asked).toBe(6);
  await expect(page.locator('#state')).toHaveText('Ended');
});

test('the page on / says Ended if it is opened after the end of a shared timeline', async ({ page }) => {
  const { stream, source } = await serve('data: one\n\n:@ end\n');
  source.share(true);
  const asked = await openPage(page, stream);
  await expect(page.locator('#state')).toHaveText('Ended');
  await page.clock.runFor(60_000);
  expect(asked()).toBe(1);
});

test('the page on / that is refused after it was live says so, and retries by itself', async ({ page }) => {
  const { stream, source } = await serve('retry: 30\n\nid: 1\ndata: one\n\n:@ wait 60s\n');
  await openPage(page, stream);
  await expect(page.locator('#data')).toHaveText('one');
  source.refuse(1000);
  void source.control.dropAll();
  await expect(page.locator('#state')).toHaveText('The server refused the stream. Trying again in 5 s');
  source.refuse(0);
  await page.clock.runFor(5000);
  await expect(page.locator('#state')).toHaveText('Live');
});
