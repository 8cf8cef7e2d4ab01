// A session's server: its clients in the log, its reports to the session, and access to it.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Extension, Uri } from 'vscode';
import manifest from '../../../../package.json' with { type: 'json' };
import type { Log } from '../../../../src/extension/shared/output/log';
import {
  SessionServer,
  type SessionServerOptions,
  type WindowPorts,
} from '../../../../src/extension/shared/server/sessionServer';
import { newCounter } from '../../../../src/server/counter/counterSource';
import { oneStream } from '../../../../src/server/oneStream';
import { Turns } from '../../../../src/turns/turns';
import { ask, eventually, isListening, openStream } from '../../../support/servers/testServer';
import { fake } from '../../../support/vscode/index';

beforeEach(() => {
  fake.settings = { port: 0, maxConnections: 1, allowedOrigins: [] };
  fake.warnings.length = 0;
  fake.asExternalUri = async (uri) => uri;
});

async function serve(more: Partial<SessionServerOptions> = {}) {
  const log: string[] = [];
  const counts: number[] = [];
  const ports: WindowPorts = new Map();
  const turns = new Turns();
  const write = (text: unknown) => void log.push(String(text));
  const server = new SessionServer({
    extension: { extensionUri: Uri.parse('.'), packageJSON: manifest } as unknown as Extension<unknown>,
    log: { info: write, warn: write, error: write } as unknown as Log,
    title: 'Stream of b.sse',
    source: oneStream(newCounter(turns)),
    ports,
    turns,
    onConnections: (count) => counts.push(count),
    ...more,
  });
  onTestFinished(() => server.close());
  await server.listen();
  return { server, log, counts, ports, url: `${server.root}event` };
}

test('the address is logged at the start, and the port is known while it listens', async () => {
  const { server, log, ports, url } = await serve();
  expect(log).toEqual([`Started on ${url}`]);
  const port = server.port?.port ?? 0;
  expect([server.port?.setting, await isListening(port), ports.get(port)?.title]).toEqual([0, true, 'Stream of b.sse']);
  await server.close();
  expect([await isListening(port), [...ports]]).toEqual([false, []]);
});

test.each(['Stream of c.sse', 'Stream of b.sse'])(
  'a port that another panel, %s, has taken before all clients have left stays that panel’s',
  async (title) => {
    const { server, ports } = await serve();
    const port = server.port?.port ?? 0;
    const closed = server.close();
    const other = { title };
    ports.set(port, other);
    await closed;
    expect(ports.get(port)).toBe(other);
  },
);

test('a connection is logged when it opens and closes, and the number of connections is reported', async () => {
  const { log, counts, url, server } = await serve();
  const stream = await openStream(url);
  await stream.until('data: 1\n\n');
  expect(log[1]).toMatch(/^Connection from 127\.0\.0\.1:\d+ opened$/);
  await eventually(() => counts.at(-1) === 1);
  expect(server.connectionCount).toBe(1);
  stream.response.destroy();
  await eventually(() => counts.at(-1) === 0);
  expect(log[2]).toMatch(/^Connection from 127\.0\.0\.1:\d+ closed after \d+\.\d s, events sent: [1-9]\d*$/);
});

test('a hundred refusals are logged, and then that further ones are not', async () => {
  const { log, url } = await serve();
  for (let time = 0; time < 102; time += 1)
    expect((await ask(url, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
  // What masks secrets is loaded by the first refusal, which may take longer than all of them.
  await vi.waitFor(() => expect(log).toHaveLength(1 + 100 + 1), { timeout: 10_000 });
  expect(log.slice(1, 101).every((line) => line.includes('https://evil.example'))).toBe(true);
  expect(log.at(-1)).toBe('Further refusals are not logged');
});

test('the panel’s page may read its own stream as soon as it is allowed to, beyond the limit for others', async () => {
  const { server, url } = await serve();
  const other = await openStream(url);
  await other.until('\n\n');
  const headers = { Origin: 'vscode-webview://page' };
  const ownUrl = `${server.localStreamUrl}.1`;
  expect((await ask(ownUrl, { headers })).status).toBe(403);
  server.allowPage('vscode-webview://page');
  const own = await openStream(ownUrl, { headers });
  expect(own.response.headers['access-control-allow-origin']).toBe('vscode-webview://page');
});

test('the page gets the address that VS Code resolves; if that fails, the local one, which is logged', async () => {
  const { server, log } = await serve();
  const [, token] = server.localStreamUrl.split('?');
  fake.asExternalUri = async () => Uri.parse('https://tunnel.example/') as never;
  expect(await server.resolve()).toBe(`https://tunnel.example/event?${token}`);
  fake.asExternalUri = async () => Promise.reject(new Error('There is no tunnel.'));
  expect(await server.resolve()).toBe(`https://tunnel.example/event?${token}`);
  expect(log.at(-1)).toBe('The panel’s way to the server can’t be found: There is no tunnel.');
  const last = await server.resolve();
  // An address that no page could ask for is a failure, too.
  fake.asExternalUri = async () => Uri.parse('mailto:a') as never;
  expect(await server.resolve()).toBe(last);
  expect(log.at(-1)).toMatch(/^The panel’s way to the server can’t be found: .*URL/);
  const fresh = await serve();
  expect(await fresh.server.resolve()).toBe(fresh.server.localStreamUrl);
});

test('a session’s previous port is tried first, if the setting is the same', async () => {
  const first = await serve();
  const kept = first.server.port;
  if (!kept) throw new Error('It has no port.');
  await first.server.close();
  const second = await serve({ kept });
  expect(second.server.port).toEqual(kept);
  await second.server.close();
  const third = await serve({ kept: { ...kept, setting: 5 } });
  expect(third.server.port?.setting).toBe(0);
});

test('a session’s previous port is waited for if the host of before a reload still holds it', async () => {
  const holder = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const starting = serve({ kept: { port, setting: 0 } });
  for (const _ of ['first', 'second']) await once(holder, 'connection');
  holder.close();
  expect((await starting).server.port?.port).toBe(port);
});

test('a previous port that another panel of this window has isn’t waited for', async () => {
  const ports: WindowPorts = new Map();
  const first = await serve({ ports });
  const port = first.server.port?.port ?? 0;
  const begun = performance.now();
  const second = await serve({ ports, kept: { port, setting: 0 } });
  expect([second.server.port?.port === port, performance.now() - begun < 4000]).toEqual([false, true]);
});

test('a port in use by another program is reported, with a button', async () => {
  const first = await serve();
  const taken = first.server.port?.port ?? 0;
  fake.settings['port'] = taken;
  const other = await serve();
  const used = other.server.port?.port;
  const message = `Port ${taken} is in use by another program (another VS Code window, perhaps). SSE Counter uses port ${used} instead.`;
  expect(fake.warnings).toEqual([message]);
  expect(other.log).toEqual([`Started on ${other.url}`, message]);
  expect(other.server.note).toBeUndefined();
});

test('a port in use by another panel is in the server’s note, with that panel’s title, but not in a message', async () => {
  const ports: WindowPorts = new Map();
  const first = await serve({ ports, title: 'Stream of a.sse' });
  const taken = first.server.port?.port ?? 0;
  fake.settings['port'] = taken;
  const others = [await serve({ ports }), await serve({ ports, title: 'SSE Counter' })];
  for (const { server } of others) {
    const used = server.port?.port;
    expect(server.note).toBe(
      `Port ${taken} was in use by the panel “Stream of a.sse”, so port ${used} is used instead.`,
    );
  }
  expect([first.server.note, fake.warnings]).toEqual([undefined, []]);
});
