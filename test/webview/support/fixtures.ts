import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Page } from '@playwright/test';
import { LlmServer } from '../../support/servers/llmServer';
import { EditorWindow } from './editorWindow';
import { PanelServer } from './panelServer';
import { SIZES, type ThemeName } from './theme';

export { expect };

export interface PanelOptions {
  /** Theme in which panels are shown. */
  theme: ThemeName;
}

interface TestFixtures extends PanelOptions {
  editor: EditorWindow;
  /** Inspects a pasted text, and shows the panel. */
  inspect(text: string): Promise<Page>;
  llm: { server: LlmServer; url: string };
  /** Starts a server that ends with the test. Resolves with its URL. */
  listen(response: RequestListener): Promise<string>;
}

export const test = base.extend<TestFixtures, { panelServer: PanelServer }>({
  theme: ['Dark Modern', { option: true }],
  viewport: SIZES.wide,
  permissions: ['clipboard-read', 'clipboard-write'],

  panelServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright requires an object pattern.
    async ({}, use) => {
      const server = new PanelServer();
      await server.listen();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],

  editor: async ({ panelServer, context, theme }, use) => {
    const editor = new EditorWindow({ server: panelServer, context, theme });
    await use(editor);
    expect(await editor.close()).toEqual([]);
  },

  inspect: async ({ editor }, use) => {
    await use(async (text) => (await editor.inspect(text)).open());
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright requires an object pattern.
  llm: async ({}, use) => {
    const server = new LlmServer(50);
    await use({ server, url: await server.listen() });
    await server.close();
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright requires an object pattern.
  listen: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (response) => {
      const server = createServer(response);
      servers.push(server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  },
});

/** Serves an event stream that begins with the text, and stays open. */
export function stream(text: string): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(text);
  };
}

/** Serves a stream of the text for each request, but ends the first one at once; `asked` returns the number of requests. */
export function endingOnce(text: string) {
  let asked = 0;
  const response: RequestListener = (request, response) => {
    asked += 1;
    stream(text)(request, response);
    if (asked === 1) response.end();
  };
  return { response, asked: () => asked };
}

/** Serves a stream that begins with the text, for each request; `send` continues the latest one. */
export async function streamByHand(listen: (response: RequestListener) => Promise<string>, text: string) {
  let last: ServerResponse | undefined;
  const send = (more: string) => void last?.write(more);
  const url = await listen((request, response) => {
    last = response;
    stream(text)(request, response);
  });
  return { url, send };
}
