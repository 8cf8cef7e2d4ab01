import { once } from 'node:events';
import { createServer, Server } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { commands, type Extension, Uri, type WebviewPanel } from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { CounterSession } from '../../../src/extension/counter/counterSession';
import type { Log } from '../../../src/extension/shared/output/log';
import type { WindowPorts } from '../../../src/extension/shared/server/sessionServer';
import { Turns } from '../../../src/turns/turns';
import { ask, eventually, freePort, isListening, openStream, startServer } from '../../support/servers/testServer';
import { FakePanel, fake } from '../../support/vscode/index';

const ORIGIN = 'vscode-webview://page';
let defaultPort: number;

/** Returns the port of the settings, as a number. */
const port = () => Number(fake.settings['port']);
const address = () => `http://127.0.0.1:${port()}/event`;

beforeEach(async () => {
  defaultPort = await freePort();
  const settings = { port: defaultPort, maxConnections: 1000, allowedOrigins: [] };
  Object.assign(fake, { settings, panels: [], warnings: [], errors: [], contexts: {}, statusBarItems: [] });
  fake.asExternalUri = async (uri) => uri;
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface TestSession {
  session: CounterSession;
  panel: FakePanel;
  log: string[];
  /** Set when the panel was closed. */
  closed(): Promise<void> | undefined;
}

/** Returns package.json with a free port for the default. */
function packageJSON(): unknown {
  const properties: Record<string, object> = structuredClone(manifest.contributes.configuration.properties);
  properties['sseCounter.port'] = { ...properties['sseCounter.port'], default: defaultPort };
  return { contributes: { configuration: { properties } } };
}

function openSession(
  after: Promise<void> = Promise.resolve(),
  restored?: FakePanel,
  ports: WindowPorts = new Map(),
): TestSession {
  const log: string[] = [];
  const write = (message: string | Error) => void log.push(String(message));
  let closed: Promise<void> | undefined;
  const session = new CounterSession({
    extension: { extensionUri: Uri.parse('.'), packageJSON: packageJSON() } as Extension<unknown>,
    log: { info: write, warn: write, error: write } as unknown as Log,
    ports,
    turns: new Turns(),
    after,
    restored: restored as unknown as WebviewPanel | undefined,
    onClose: (closing) => {
      closed = closing;
    },
  });
  onTestFinished(() => session.close());
  const panel = restored ?? fake.panels.at(-1);
  if (!panel) throw new Error('The session has no panel.');
  return { session, panel, log, closed: () => closed };
}

/** Returns the URL of the panel's own stream, as posted to the page. */
function streamUrl(panel: FakePanel): string {
  const running = panel.posted.findLast((message) => message.type === 'running');
  if (!running) throw new Error('The page was not told that the server runs.');
  return `${running.streamUrl}.${running.firstAttempt}`;
}

test('after its start, it posts the address to the page once that is ready, and allows it to read', async () => {
  const { session, panel } = openSession();
  await session.start();
  expect(session.address?.url).toBe(address());
  expect(panel.posted).toEqual([]);
  const asPage = { method: 'HEAD', headers: { origin: ORIGIN } };
  expect((await ask(address(), asPage)).status).toBe(403);
  panel.load(ORIGIN);
  expect(panel.posted[0]).toMatchObject({ type: 'running', address: address() });
  const { status, headers } = await ask(streamUrl(panel), asPage);
  expect([status, headers['access-control-allow-origin']]).toEqual([200, ORIGIN]);
});

test('the page may connect to the address that VS Code resolves, but to nothing else', async () => {
  fake.asExternalUri = async () => Uri.parse('https://name-8080.app.github.dev/');
  const { session, panel } = openSession();
  expect(panel.webview.html).toContain(`connect-src 'none'`);
  await session.start();
  expect(panel.webview.html).toContain('connect-src https://name-8080.app.github.dev"');
  panel.load(ORIGIN);
  expect(streamUrl(panel)).toMatch(/^https:\/\/name-8080\.app\.github\.dev\/event\?panel=[0-9a-f]{32}\.1000000000$/);
  const { status } = await ask(address(), { method: 'HEAD', headers: { host: 'name-8080.app.github.dev' } });
  expect(status).toBe(200);
});

test('two starts at once result in one server', async () => {
  const { session, log } = openSession();
  await Promise.all([session.start(), session.start()]);
  expect(log.filter((line) => line.startsWith('Started'))).toHaveLength(1);
});

test('a stop during the start leaves it stopped, and nothing listening', async () => {
  const { session, panel } = openSession();
  const started = session.start();
  await session.stop();
  await started;
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'stopped' });
  expect(session.address).toBeUndefined();
  expect(await isListening(port())).toBe(false);
  expect(fake.errors).toEqual([]);
});

test('a stop while VS Code resolves its address leaves it stopped', async () => {
  let resolve: (uri: Uri) => void = () => undefined;
  const asked = new Promise<void>((wasAsked) => {
    fake.asExternalUri = () => {
      wasAsked();
      return new Promise((resolveUri) => {
        resolve = resolveUri;
      });
    };
  });
  const { session } = openSession();
  const started = session.start();
  await asked;
  await session.stop();
  resolve(Uri.parse(`http://127.0.0.1:${port()}/`));
  await started;
  expect(session.address).toBeUndefined();
  expect(fake.contexts['sseCounter.running']).toBe(false);
});

test('crossing calls of stop and start result in the last one, on the same port', async () => {
  const { session } = openSession();
  await session.start();
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(session.address?.url ?? '')));
  const words: Promise<void>[] = [];
  for (let round = 0; round < 20; round += 1) words.push(session.stop(), session.start());
  await Promise.all(words);
  await Promise.all(streams.map(({ whole }) => whole));
  expect(session.address?.url).toBe(address());
  expect(fake.warnings).toEqual([]);
  expect(fake.contexts['sseCounter.running']).toBe(true);
});

test('closing the panel during the start leaves nothing listening', async () => {
  const { session, panel, closed } = openSession();
  const started = session.start();
  panel.dispose();
  await started;
  await closed();
  expect(closed()).toBeInstanceOf(Promise);
  expect(await isListening(port())).toBe(false);
  expect(fake.errors).toEqual([]);
});

test('a session waits for the end of the previous one, whose port it may want', async () => {
  let end: () => void = () => undefined;
  const { session } = openSession(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const started = session.start();
  // Much longer than a start takes that doesn't wait.
  await (await startServer()).server.close();
  expect(await isListening(port())).toBe(false);
  end();
  await started;
  expect(await isListening(port())).toBe(true);
});

test('a session that starts while the last one ends gets the same port', async () => {
  const first = openSession();
  await first.session.start();
  const stream = await openStream(first.session.address?.url ?? '');
  first.panel.dispose();
  const second = openSession(first.closed());
  await second.session.start();
  expect(second.session.address?.url).toBe(address());
  expect(fake.warnings).toEqual([]);
  await stream.whole;
});

test('after Stop and Start, the page that is still open may read the new server', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  await session.stop();
  await session.start();
  const { headers } = await ask(session.address?.url ?? '', { method: 'HEAD', headers: { origin: ORIGIN } });
  expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(panel.posted.at(-1)).toMatchObject({ type: 'running' });
});

test('the page receives the number of connections, and zero after Stop', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  await Promise.all([1, 2, 3].map(() => openStream(session.address?.url ?? '')));
  await eventually(() => panel.posted.some((message) => message.type === 'connections' && message.count === 3));
  await session.stop();
  expect(panel.posted.at(-1)).toEqual({ type: 'connections', count: 0 });
});

test('a failed start is reported in words, in the panel and as a message, and can be repeated', async () => {
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(() => {
    throw new Error('There is no network.');
  });
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'stopped', reason: 'There is no network.' });
  expect(fake.errors).toEqual(['SSE Counter could not start: There is no network.']);
  expect(await isListening(port())).toBe(false);
  await session.start();
  expect(session.address?.url).toBe(address());
});

test('50 starts and stops with a stream each leave no socket, timer or listener behind', async () => {
  const { session, panel } = openSession();
  const count = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|Pipe/.test(kind)).length;
  const listeners = () => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const [resources, listening] = [count(), listeners()];
  for (let round = 0; round < 50; round += 1) {
    await session.start();
    panel.load(ORIGIN);
    const { whole } = await openStream(streamUrl(panel));
    await session.stop();
    await whole;
  }
  await eventually(() => count() <= resources);
  expect(listeners()).toBe(listening);
  expect(fake.statusBarItems.filter(({ shown }) => shown)).toEqual([]);
});

test('a port that another program took while the counter was stopped is left to it, and the user is told', async () => {
  const { session } = openSession();
  await session.start();
  await session.stop();
  const thief = createServer().listen(port(), '127.0.0.1');
  await once(thief, 'listening');
  await session.start();
  expect(session.address?.url).not.toBe(address());
  expect(fake.warnings).toEqual([expect.stringContaining(`Port ${port()} is in use by another program`)]);
  await session.stop();
  await new Promise((resolve) => thief.close(resolve));
  await session.start();
  expect(session.address?.url).toBe(address());
});

test('a busy port: the user is told which and why', async () => {
  const { server, port } = await startServer();
  fake.settings['port'] = port;
  const { session } = openSession();
  await session.start();
  expect(fake.warnings).toEqual([
    expect.stringMatching(new RegExp(`^Port ${port} is in use by another program .* uses port \\d+ instead\\.$`)),
  ]);
  await server.close();
});

test.each([99_999, -1, 80.5, '8080', null])('a port setting of %j is named, and the default used', async (port) => {
  fake.settings['port'] = port;
  const { session } = openSession();
  await session.start();
  expect(session.address?.url).toBe(`http://127.0.0.1:${defaultPort}/event`);
  expect(fake.warnings).toEqual([
    `The setting sseCounter.port must be a whole number from 0 to 65535, not ${JSON.stringify(port)}; ${defaultPort} is used.`,
  ]);
});

test.each([
  [['http://localhost:5173/path']],
  [['*']],
  [['null']],
  [['localhost:5173']],
  [['http://*:80']],
  [['http://a b']],
  [[5173]],
  ['http://localhost:5173'],
])('an allowedOrigins setting of %j is named, and the default used: pages on this machine', async (origins) => {
  fake.settings['allowedOrigins'] = origins;
  const { session } = openSession();
  await session.start();
  expect(fake.warnings).toEqual([expect.stringContaining(`not ${JSON.stringify(origins)}; the default is used.`)]);
  const status = async (origin: string) => (await ask(address(), { method: 'HEAD', headers: { origin } })).status;
  expect(await status('http://localhost:5173')).toBe(200);
  expect(await status('http://example.com')).toBe(403);
});

test('all invalid settings are named in one message', async () => {
  Object.assign(fake.settings, { port: 99_999, maxConnections: 0, allowedOrigins: ['http://a/b'] });
  await openSession().session.start();
  expect(fake.warnings).toHaveLength(1);
  for (const name of ['port', 'maxConnections', 'allowedOrigins']) {
    expect(fake.warnings[0]).toContain(`sseCounter.${name} must be`);
  }
});

test('an origin that the user allows may read, but no other', async () => {
  fake.settings['allowedOrigins'] = ['https://dev.example.com:*'];
  await openSession().session.start();
  const status = async (origin: string) => (await ask(address(), { method: 'HEAD', headers: { origin } })).status;
  expect(await status('https://dev.example.com:8443')).toBe(200);
  expect(await status('http://localhost:5173')).toBe(403);
});

test('a hundred refused requests are logged, without the panel’s token', async () => {
  const { session, panel, log } = openSession();
  await session.start();
  panel.load(ORIGIN);
  const headers = { origin: 'http://evil.example' };
  for (let asked = 0; asked < 110; asked += 1) await ask(streamUrl(panel), { headers });
  const refused = () => log.filter((line) => line.includes('http://evil.example'));
  // What masks secrets is loaded by the first refusal, which may take longer than all of them.
  await vi.waitFor(() => expect(refused()).toHaveLength(100), { timeout: 10_000 });
  expect(log.join()).not.toContain(/=(\w+)\./.exec(streamUrl(panel))?.[1]);
  expect(log.at(-1)).toBe('Further refusals are not logged');
});

test('the user’s limit of open streams applies, except to the panel’s own', async () => {
  fake.settings['maxConnections'] = 1;
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  const first = await openStream(address());
  expect(first.response.statusCode).toBe(200);
  expect((await openStream(address())).response.statusCode).toBe(503);
  const own = await openStream(streamUrl(panel), { headers: { origin: ORIGIN } });
  expect(own.response.statusCode).toBe(200);
});

test('the external address is resolved again when the page has lost the server', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  fake.asExternalUri = async () => Uri.parse('http://127.0.0.1:40000/');
  panel.say({ type: 'lost' });
  await eventually(() => panel.webview.html.includes('connect-src http://127.0.0.1:40000"'));
  panel.load(ORIGIN);
  expect(streamUrl(panel)).toMatch(/^http:\/\/127\.0\.0\.1:40000\/event\?panel=/);
});

test('if VS Code finds no external address, the server runs all the same: the page will ask for the relay', async () => {
  fake.asExternalUri = () => Promise.reject(new Error('The tunnel is down.'));
  const { session, panel, log } = openSession();
  await session.start();
  panel.load(ORIGIN);
  expect(log).toContainEqual('The panel’s way to the server can’t be found: The tunnel is down.');
  expect(streamUrl(panel)).toContain(`${address()}?panel=`);
  panel.say({ type: 'relay', attempt: 1_000_000_000 });
  await eventually(() => relayed(panel).length === 2);
});

test('an external address that VS Code doesn’t resolve in 10 s is not waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const asked = new Promise<void>((wasAsked) => {
    fake.asExternalUri = () => {
      wasAsked();
      return new Promise(() => undefined);
    };
  });
  const { session, panel } = openSession();
  const started = session.start();
  await asked;
  await vi.advanceTimersByTimeAsync(9999);
  expect(session.address).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await started;
  panel.load(ORIGIN);
  expect(streamUrl(panel)).toContain(`${address()}?panel=`);
});

test('a second start during the first one resolves when the server runs', async () => {
  const { session } = openSession();
  void session.start();
  await session.start();
  expect(session.address?.url).toBe(address());
});

test('a failure to resolve the external address again is logged, and leaves the page its address', async () => {
  const { session, panel, log } = openSession();
  await session.start();
  panel.load(ORIGIN);
  const posted = panel.posted.length;
  fake.asExternalUri = () => Promise.reject(new Error('The tunnel is down.'));
  panel.say({ type: 'lost' });
  await eventually(() => log.some((line) => line.includes('can’t be found: The tunnel is down.')));
  expect(panel.posted).toHaveLength(posted);
});

const relayed = (panel: FakePanel) =>
  panel.posted.flatMap((message) => (message.type === 'relay' ? [message.event] : []));

test('the extension host relays the stream to a page that asks for it, until it stops asking', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  panel.say({ type: 'relay', attempt: 1_000_000_001 });
  await eventually(() => relayed(panel).length === 3);
  expect(relayed(panel)).toEqual([{ name: 'open' }, { name: 'message', data: '1' }, { name: 'message', data: '2' }]);
  panel.say({ type: 'relay' });
  await eventually(() => panel.posted.some((message) => message.type === 'connections' && message.count === 0));
  expect(relayed(panel)).toHaveLength(3);
});

test('a relay replaces a stream that a proxy has kept open', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  const zombie = await openStream(streamUrl(panel));
  panel.say({ type: 'relay', attempt: 1_000_000_001 });
  await zombie.whole;
  await eventually(() => panel.posted.some((message) => message.type === 'connections' && message.count === 1));
  await session.stop();
  expect(relayed(panel).filter(({ name }) => name === 'error')).toEqual([]);
});

test('a page that VS Code rebuilds is no longer relayed to', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  panel.say({ type: 'relay', attempt: 1_000_000_001 });
  await eventually(() => relayed(panel).length > 0);
  panel.load(ORIGIN);
  await eventually(() => panel.posted.some((message) => message.type === 'connections' && message.count === 0));
});

test('if a panel of this window has the port, the counter’s shows that next to its address, without a message', async () => {
  const { port: taken } = await startServer();
  fake.settings['port'] = taken;
  const { session, panel } = openSession(undefined, undefined, new Map([[taken, { title: 'Stream of a.sse' }]]));
  await session.start();
  panel.load(ORIGIN);
  const shown = panel.posted.findLast((message) => message.type === 'running');
  const used = new URL(session.address?.url ?? '').port;
  expect(shown).toMatchObject({
    address: session.address?.url,
    note: `Port ${taken} was in use by the panel “Stream of a.sse”, so port ${used} is used instead.`,
  });
  expect(fake.warnings).toEqual([]);
});

test('the page’s buttons run their commands; only Inspect gets the stream’s URL', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  fake.done.length = 0;
  for (const command of ['start', 'copyUrl', 'inspect'] as const) panel.say({ type: 'command', command });
  expect(fake.done).toEqual([
    ['sseCounter.start', undefined],
    ['sseCounter.copyUrl', undefined],
    ['sseCounter.inspect', address()],
  ]);
});

test('the page says what a button has copied, and nothing where that failed', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  const copied = () => panel.posted.filter(({ type }) => type === 'copied');
  const execute = vi.spyOn(commands, 'executeCommand').mockResolvedValueOnce(undefined);
  panel.say({ type: 'command', command: 'copyUrl' });
  execute.mockResolvedValueOnce('curl -N http://127.0.0.1:8080/event');
  panel.say({ type: 'command', command: 'copyCurl' });
  await vi.waitFor(() =>
    expect(copied()).toEqual([{ type: 'copied', note: 'Copied: curl -N http://127.0.0.1:8080/event' }]),
  );
  execute.mockRestore();
});

test('the status bar shows port and connections while the server runs, and a click shows the panel', async () => {
  const { session } = openSession();
  expect(fake.statusBarItems).toEqual([]);
  await session.start();
  const [item] = fake.statusBarItems;
  expect(item).toMatchObject({ text: `$(broadcast) ${port()} · 0`, command: 'sseCounter.start', shown: true });
  await openStream(address());
  await eventually(() => item?.text === `$(broadcast) ${port()} · 1`);
  await session.stop();
  expect(item?.shown).toBe(false);
});

test('when the extension ends, the port is freed and the panel is left to the window, which may restore it', async () => {
  const { session, panel, closed } = openSession();
  await session.start();
  panel.load(ORIGIN);
  await session.close();
  expect(await isListening(port())).toBe(false);
  expect(panel.posted.at(-1)).toEqual({ type: 'ended' });
  expect(closed()).toBeUndefined();
});

test('a restored panel is the session’s own: no second one opens, and it counts', async () => {
  const restored = new FakePanel();
  const { session, panel } = openSession(undefined, restored);
  expect(fake.panels).toEqual([]);
  expect(restored.webview.options).toMatchObject({ enableScripts: true });
  await session.start();
  panel.load(ORIGIN);
  expect((await ask(streamUrl(panel), { method: 'HEAD', headers: { origin: ORIGIN } })).status).toBe(200);
});

test('a panel restored in the stopped state shows that, and nothing listens', async () => {
  const { panel } = openSession(undefined, new FakePanel());
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'stopped' });
  expect(await isListening(port())).toBe(false);
});
