import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type LogOutputChannel, Uri } from 'vscode';
import { CounterSession } from '../../src/editor/counterSession';
import { ask, eventually, isListening, openStream, startServer } from './testServer';
import { type FakePanel, fake } from './vscode';

const ORIGIN = 'vscode-webview://page';

beforeEach(async () => {
  // A port that was free a moment ago.
  const { port, server } = await startServer();
  await server.close();
  Object.assign(fake, { port, defaultPort: port, panels: [], warnings: [], errors: [], contexts: {} });
  fake.asExternalUri = async (uri) => uri;
});

interface TestSession {
  session: CounterSession;
  panel: FakePanel;
  log: string[];
  /** Set when the panel was closed. */
  closed(): Promise<void> | undefined;
}

function openSession(after: Promise<void> = Promise.resolve()): TestSession {
  const log: string[] = [];
  const write = (message: string | Error) => void log.push(String(message));
  let closed: Promise<void> | undefined;
  const session = new CounterSession({
    extensionUri: Uri.parse('.'),
    log: { info: write, warn: write, error: write } as unknown as LogOutputChannel,
    after,
    onClose: (closing) => {
      closed = closing;
    },
  });
  onTestFinished(() => session.close());
  const panel = fake.panels.at(-1);
  if (!panel) throw new Error('The session has no panel.');
  return { session, panel, log, closed: () => closed };
}

test('started, it shows the page the address, once the page is there, and lets that page read', async () => {
  const { session, panel } = openSession();
  await session.start();
  const address = `http://127.0.0.1:${fake.port}/event`;
  expect(session.address?.url).toBe(address);
  expect(panel.posted).toEqual([]);
  expect((await ask(address, { method: 'HEAD', headers: { origin: ORIGIN } })).headers).not.toHaveProperty(
    'access-control-allow-origin',
  );
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'running', address, streamUrl: address });
  const { headers } = await ask(address, { method: 'HEAD', headers: { origin: ORIGIN } });
  expect(headers['access-control-allow-origin']).toBe(ORIGIN);
});

test('the page may connect to the address that VS Code resolves, and to nothing else', async () => {
  fake.asExternalUri = async () => Uri.parse('https://name-8080.app.github.dev/');
  const { session, panel } = openSession();
  expect(panel.webview.html).toContain(`connect-src 'none'`);
  await session.start();
  expect(panel.webview.html).toContain('connect-src https://name-8080.app.github.dev"');
  panel.load(ORIGIN);
  expect(panel.posted[0]).toMatchObject({ streamUrl: 'https://name-8080.app.github.dev/event' });
});

test('started twice at once, it has one server', async () => {
  const { session, log } = openSession();
  await Promise.all([session.start(), session.start()]);
  expect(log.filter((line) => line.startsWith('Started'))).toHaveLength(1);
});

test('stopped while it starts, it ends up stopped, and nothing listens', async () => {
  const { session, panel } = openSession();
  const started = session.start();
  await session.stop();
  await started;
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'stopped' });
  expect(session.address).toBeUndefined();
  expect(await isListening(Number(fake.port))).toBe(false);
  expect(fake.errors).toEqual([]);
});

test('stopped while VS Code resolves its address, it ends up stopped', async () => {
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
  resolve(Uri.parse(`http://127.0.0.1:${fake.port}/`));
  await started;
  expect(session.address).toBeUndefined();
  expect(fake.contexts['sseCounter.running']).toBe(false);
});

test('stop and start crossing each other end with the last word, on the same port', async () => {
  const { session } = openSession();
  await session.start();
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(session.address?.url ?? '')));
  const words: Promise<void>[] = [];
  for (let round = 0; round < 20; round += 1) words.push(session.stop(), session.start());
  await Promise.all(words);
  await Promise.all(streams.map(({ whole }) => whole));
  expect(session.address?.url).toBe(`http://127.0.0.1:${fake.port}/event`);
  expect(fake.warnings).toEqual([]);
  expect(fake.contexts['sseCounter.running']).toBe(true);
});

test('the panel closed while it starts, nothing listens when that is over', async () => {
  const { session, panel, closed } = openSession();
  const started = session.start();
  panel.dispose();
  await started;
  await closed();
  expect(closed()).toBeInstanceOf(Promise);
  expect(await isListening(Number(fake.port))).toBe(false);
  expect(fake.errors).toEqual([]);
});

test('a session waits for the end of the one before, whose port it may want', async () => {
  let end: () => void = () => undefined;
  const { session } = openSession(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const started = session.start();
  // Far longer than a start takes that doesn't wait.
  await (await startServer()).server.close();
  expect(await isListening(Number(fake.port))).toBe(false);
  end();
  await started;
  expect(await isListening(Number(fake.port))).toBe(true);
});

test('a session that begins while the last one ends gets the same port', async () => {
  const first = openSession();
  await first.session.start();
  const stream = await openStream(first.session.address?.url ?? '');
  first.panel.dispose();
  const second = openSession(first.closed());
  await second.session.start();
  expect(second.session.address?.url).toBe(`http://127.0.0.1:${fake.port}/event`);
  expect(fake.warnings).toEqual([]);
  await stream.whole;
});

test('after Stop and Start, the page that is still there may read the new server', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  await session.stop();
  await session.start();
  const { headers } = await ask(session.address?.url ?? '', { method: 'HEAD', headers: { origin: ORIGIN } });
  expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(panel.posted.at(-1)).toMatchObject({ type: 'running' });
});

test('the page is told how many connections there are, and that there are none when it is stopped', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  await Promise.all([1, 2, 3].map(() => openStream(session.address?.url ?? '')));
  await eventually(() => panel.posted.some((message) => message.type === 'connections' && message.count === 3));
  await session.stop();
  expect(panel.posted.at(-1)).toEqual({ type: 'connections', count: 0 });
});

test('a start that fails is told in words, in the panel and as a message, and can be tried again', async () => {
  fake.asExternalUri = () => Promise.reject(new Error('The tunnel is down.'));
  const { session, panel } = openSession();
  await session.start();
  panel.load(ORIGIN);
  expect(panel.posted[0]).toEqual({ type: 'stopped', reason: 'The tunnel is down.' });
  expect(fake.errors).toEqual(['SSE Counter could not start: The tunnel is down.']);
  expect(await isListening(Number(fake.port))).toBe(false);
  fake.asExternalUri = async (uri) => uri;
  await session.start();
  expect(session.address?.url).toBe(`http://127.0.0.1:${fake.port}/event`);
});

test('a busy port: the user is told which and why', async () => {
  const { server, port } = await startServer();
  fake.port = port;
  const { session } = openSession();
  await session.start();
  expect(fake.warnings).toEqual([
    expect.stringMatching(new RegExp(`^Port ${port} is in use by another program .* uses port \\d+ instead\\.$`)),
  ]);
  await server.close();
});

test.each([99_999, -1, 80.5, '8080', null])('a port setting of %j is named, and the default used', async (port) => {
  fake.port = port;
  const { session } = openSession();
  await session.start();
  expect(session.address?.url).toBe(`http://127.0.0.1:${fake.defaultPort}/event`);
  expect(fake.warnings).toEqual([
    `The setting sseCounter.port must be a whole number from 0 to 65535, not ${JSON.stringify(port)}; ${fake.defaultPort} is used.`,
  ]);
});
