// Websites that are open in the user's browser try to read the counter, in a real browser. To prove that each attack can
// succeed, it is also made on a server as tutorials write it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Page } from '@playwright/test';
import manifest from '../../package.json' with { type: 'json' };
import { RequestGuard } from '../../src/server/guard/requestGuard';
import { newServer } from '../support/servers/newServer';

interface Target {
  url: string;
  /** Number of streams opened; `refused` is the number of requests refused. */
  opened: number;
  refused: number;
  close(): Promise<unknown>;
}

async function startOurs(): Promise<Target> {
  const target: Target = { url: '', opened: 0, refused: 0, close: () => server.close() };
  const server = newServer({
    guard: new RequestGuard(manifest.contributes.configuration.properties['sseCounter.allowedOrigins'].default),
    onOpen: () => {
      target.opened += 1;
    },
    onRefuse: () => {
      target.refused += 1;
    },
  });
  target.url = (await server.listen(0)).url;
  return target;
}

/** Starts a server that responds to every client, as in tutorials. */
async function startNaive(): Promise<Target> {
  const server = createServer((request, response) => {
    target.opened += 1;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', request.url === '/event' ? 'text/event-stream' : 'text/html');
    response.end(request.url === '/event' ? 'data: 1\n\n' : '<p id="count">1</p>');
  });
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  const target: Target = { url: await listen(server), opened: 0, refused: 0, close };
  return target;
}

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const test = base.extend<{ ours: Target; naive: Target; evil: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  ours: async ({}, use) => {
    const target = await startOurs();
    await use(target);
    await target.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  naive: async ({}, use) => {
    const target = await startNaive();
    await use(target);
    await target.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  evil: async ({}, use) => {
    const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('evil'));
    const { port } = new URL(await listen(server));
    await use(`http://evil.test:${port}/`);
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  },
});

/** Attacks, which run in the evil page; each resolves with the text that it could read, or with an empty one. */
const ATTACKS: Record<string, (url: string) => Promise<string>> = {
  'an EventSource': (url) =>
    new Promise((resolve) => {
      const source = new EventSource(`${url}event`);
      source.onmessage = ({ data }) => resolve(data);
      source.onerror = () => resolve('');
    }),
  'fetch of the stream': (url) =>
    fetch(`${url}event`)
      .then((response) => response.text())
      .catch(() => ''),
  'fetch of the page': (url) =>
    fetch(url)
      .then((response) => response.text())
      .catch(() => ''),
  'fetch without CORS': (url) =>
    fetch(url, { mode: 'no-cors' })
      .then((response) => response.type)
      .catch(() => ''),
};

for (const [name, attack] of Object.entries(ATTACKS)) {
  test(`${name} of another site learns nothing`, async ({ page, evil, ours, naive }) => {
    await page.goto(evil);
    expect(await page.evaluate(attack, naive.url)).not.toBe('');
    expect(await page.evaluate(attack, ours.url)).toBe('');
    expect(ours).toMatchObject({ opened: 0, refused: 1 });
  });
}

// Chromium blocks these by itself, but the server must refuse them, too: other and older browsers may not block them.
for (const element of ['img', 'script'] as const) {
  test(`<${element}> of another site is refused`, async ({ page, evil, ours }) => {
    await page.goto(evil);
    const outcome = await page.evaluate(
      ([tag, url]) =>
        new Promise((resolve) => {
          const loading = document.createElement(tag);
          loading.onload = () => resolve('loaded');
          loading.onerror = () => resolve('');
          loading.src = `${url}event`;
          document.body.append(loading);
        }),
      [element, ours.url] as const,
    );
    expect(outcome).toBe('');
    expect(ours).toMatchObject({ opened: 0, refused: 1 });
  });
}

test('a frame of another site doesn’t show the page', async ({ page, evil, ours, naive }) => {
  await page.goto(evil);
  const embed = async (url: string) => {
    await page.setContent(`<iframe src="${url}"></iframe>`);
    return page.frameLocator('iframe').locator('#count').count();
  };
  expect(await embed(naive.url)).toBe(1);
  expect(await embed(ours.url)).toBe(0);
  expect(ours).toMatchObject({ opened: 0, refused: 1 });
});

test('a sandboxed frame, whose origin is null, learns nothing', async ({ page, evil, ours, naive }) => {
  await page.goto(evil);
  const learn = async (url: string) => {
    const script = `fetch('${url}').then((response) => response.text()).catch(() => '').then((text) => parent.postMessage(text, '*'))`;
    const answer = page.evaluate(
      () => new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data))),
    );
    await page.evaluate((html) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.srcdoc = html;
      document.body.append(frame);
    }, `<script>${script}</script>`);
    return answer;
  };
  expect(await learn(naive.url)).not.toBe('');
  expect(await learn(ours.url)).toBe('');
  expect(ours).toMatchObject({ opened: 0, refused: 1 });
});

test('a form that another site sends is refused', async ({ page, evil, ours }) => {
  await page.goto(evil);
  await page.setContent(`<form method="post" action="${ours.url}event"><input name="data" value="1"></form>`);
  const [response] = await Promise.all([
    page.waitForNavigation(),
    page.evaluate(() => document.querySelector('form')?.submit()),
  ]);
  expect(response?.status()).toBe(403);
  expect(ours.opened).toBe(0);
  // The browser may ask for an icon of the page that it was sent to, too.
  expect(ours.refused).toBeGreaterThan(0);
});

test('DNS rebinding: a name of another site that leads to this machine learns nothing', async ({
  page,
  ours,
  naive,
}) => {
  const rebound = async ({ url }: Target) => {
    const { port } = new URL(url);
    await page.goto(`http://rebound.test:${port}/`);
    const counted = await page.locator('#count').count();
    const stream = await page.evaluate(() => fetch('/event').then((response) => response.text()));
    return { counted, hasEvents: stream.includes('data:') };
  };
  expect(await rebound(naive)).toEqual({ counted: 1, hasEvents: true });
  expect(await rebound(ours)).toEqual({ counted: 0, hasEvents: false });
  expect(ours.opened).toBe(0);
});

test('a WebSocket of another site gets nowhere', async ({ page, evil, ours }) => {
  await page.goto(evil);
  const attempt = (url: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}event`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('');
    });
  expect(await page.evaluate(attempt, ours.url)).toBe('');
  expect(ours).toMatchObject({ opened: 0, refused: 1 });
});

test('a window opened by another site shows the page to the user, but not to the site', async ({
  page,
  evil,
  ours,
}) => {
  await page.goto(evil);
  const [opened] = await Promise.all([page.waitForEvent('popup'), openAndPeek(page, ours.url)]);
  await expect(opened.locator('#state')).toHaveText('Live');
  expect(await page.evaluate(() => (window as unknown as { peek(): string }).peek())).toBe('SecurityError');
});

/** Opens a window, and defines a function that tries to read it. */
function openAndPeek(page: Page, url: string): Promise<void> {
  return page.evaluate((address) => {
    const opened = window.open(address);
    Object.assign(window, {
      peek: () => {
        try {
          return opened?.document.body.innerText;
        } catch (error) {
          return (error as DOMException).name;
        }
      },
    });
  }, url);
}

test('a page of this machine on another port may read, for front-end development', async ({ page, ours }) => {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end('dev server'),
  );
  await page.goto((await listen(server)).replace('127.0.0.1', 'localhost'));
  const first = (url: string) =>
    new Promise<string>((resolve) => {
      const source = new EventSource(`${url}event?interval=10`);
      source.onmessage = ({ data }) => resolve(data);
      source.onerror = () => resolve('refused');
    });
  expect(await page.evaluate(first, ours.url)).toBe('1');
  await page.close();
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
});
