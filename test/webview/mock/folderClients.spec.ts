// Third-party clients on one page of another local origin, all fed by one folder of mocks.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { FolderContent } from '../../../src/api/mock/folderContent';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { Turns } from '../../../src/turns/turns';
import { newServer } from '../../support/servers/newServer';

const CLIENTS = `
  import htmx from 'htmx.org';
  import { fetchEventSource } from '@microsoft/fetch-event-source';
  import { EventSourcePolyfill } from 'event-source-polyfill';
  Object.assign(globalThis, { htmx, fetchEventSource, EventSourcePolyfill });`;

/** Reads with each client what ends by itself, or has four events. */
const APP = (root: string) => `
  globalThis.got = { jobs: [], polyfill: [], own: [] };
  fetchEventSource('${root}jobs', {
    method: 'POST', body: '{"stream": true}', credentials: 'include', openWhenHidden: true,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' },
    onmessage: ({ data }) => { if (data) got.jobs.push(data); },
  });
  const polyfill = new EventSourcePolyfill('${root}orders', { headers: { Authorization: 'Bearer x' } });
  polyfill.addEventListener('order', ({ data }) => got.polyfill.push(data));
  new EventSource('${root}orders').addEventListener('order', ({ data }) => got.own.push(data));`;

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: 'test' };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'iife', target: 'chrome132' });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}

/** Serves a page on another port; resolves with its address. */
async function host(html: string): Promise<{ address: string; close(): void }> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { address: `http://localhost:${port}/`, close: () => server.close().closeAllConnections() };
}

test('htmx, Datastar, fetch clients and EventSources of one page get all their events of one folder, through drops', async ({
  page,
}) => {
  const refused: unknown[] = [];
  const turns = new Turns();
  const content = await FolderContent.read('test/clients/mocks', turns, false);
  const source = content.newSource({ turns, speed: 50, onChange: () => undefined });
  const guard = new RequestGuard(['http://localhost:*']);
  const server = newServer({ source, guard, onRefuse: (request) => refused.push(request) });
  const { url } = await server.listen(0);
  const datastar = await readFile('test/node_modules/@starfederation/datastar/dist/datastar.js', 'utf8');
  const scripts = [
    await bundle(CLIENTS),
    await bundle(`import 'htmx-ext-sse/dist/sse.js';`),
    await bundle(datastar),
    APP(url),
  ];
  const { address, close } = await host(`<!doctype html><body>
    <div hx-ext="sse" sse-connect="${url}htmx"><p id="swapped" sse-swap="order" hx-swap="beforeend"></p></div>
    <div data-signals-user="7" data-on-load="@get('${url}datastar')"><p id="orders">none</p><p id="user" data-text="$user"></p></div>
    ${scripts.map((script) => `<script>${script}</script>`).join('\n')}</body>`);
  try {
    await page.goto(address);
    await expect(page.locator('#swapped')).toHaveText('firstsecond');
    await expect(page.locator('#swapped > i')).toHaveText('second');
    await expect(page.locator('#orders')).toHaveText('12 orders');
    await expect(page.locator('#user')).toHaveText('8');
    const orders = ['one', 'two', 'th\nree', 'four'];
    const all = { jobs: ['one', 'two', 'three'], polyfill: orders, own: orders };
    await expect.poll(() => page.evaluate('globalThis.got')).toEqual(all);
    expect(refused).toEqual([]);
  } finally {
    await server.close();
    close();
  }
});
