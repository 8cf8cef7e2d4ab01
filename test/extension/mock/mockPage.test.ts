// Actions of the page's buttons, with a real server and real clients.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PROXY_CURES } from '../../../src/extension/mock/proxyCures';
import { address, FILE, openSession, port, shown, showsConnections, useFakes } from '../../support/mock/mockSessions';
import { ask, eventually, isListening, openStream } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

useFakes();

/** A script that counts every 10 ms. */
const COUNTING = Array.from({ length: 1000 }, (_, n) => `data: ${n}\n\n:@ wait 10ms\n`).join('');

async function started(text?: string) {
  if (text !== undefined) fake.files.write(FILE, text);
  const opened = openSession();
  await opened.session.start();
  return opened;
}

test('the connections are shown with client, event and time', async () => {
  const { panel } = await started('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
  const begun = Date.now();
  const headers = { 'user-agent': 'curl/8.5.0', 'last-event-id': '1' };
  const stream = await openStream(address(), { headers });
  await stream.until('data: b\n\n');
  await eventually(() => shown(panel, 'play').play.connections[0]?.state === 'over');
  const [connection] = await showsConnections(panel, 1);
  const remote = `127.0.0.1:${stream.response.socket.localPort}`;
  expect(connection).toMatchObject({ remote, userAgent: 'curl/8.5.0', client: 'curl 8.5.0', event: 2, events: 2 });
  expect(connection?.since).toBeGreaterThanOrEqual(begun - 50);
  expect(connection?.since).toBeLessThanOrEqual(Date.now());
});

test('of more than 200 connections the oldest 200 are shown, and the total number', async () => {
  const { panel } = await started();
  await Promise.all(Array.from({ length: 203 }, () => openStream(address())));
  await eventually(() => shown(panel, 'play').play.connectionCount === 203);
  expect(shown(panel, 'play').play.connections.map(({ id }) => id)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
});

test('Drop closes that connection, and no other', async () => {
  const { panel } = await started();
  const [one, other] = [await openStream(address()), await openStream(address())];
  const [first] = await showsConnections(panel, 2);
  panel.say({ type: 'drop', id: first?.id ?? 0 });
  await expect(one.whole).rejects.toThrow('aborted');
  const [left] = await showsConnections(panel, 1);
  expect(left?.id).not.toBe(first?.id);
  expect(other.response.destroyed).toBe(false);
});

test('Drop All closes each connection', async () => {
  const { panel } = await started();
  const streams = await Promise.all([1, 2, 3].map(() => openStream(address())));
  await showsConnections(panel, 3);
  panel.say({ type: 'dropAll' });
  await Promise.all(streams.map(({ whole }) => expect(whole).rejects.toThrow('aborted')));
  await showsConnections(panel, 0);
});

test('Pause stops the playback, Resume continues it, and the page shows the state', async () => {
  const { panel } = await started('data: 1\n\n:@ wait 50ms\ndata: 2\n\n');
  panel.say({ type: 'pause', paused: true });
  await eventually(() => shown(panel, 'play').play.paused);
  const stream = await openStream(address());
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(stream.text()).toBe('');
  panel.say({ type: 'pause', paused: false });
  await stream.until('data: 2\n\n');
  await eventually(() => !shown(panel, 'play').play.paused);
});

test('Restart plays the file from its beginning on each connection', async () => {
  const { panel } = await started();
  const stream = await openStream(address());
  await stream.until('data: 1\n\n');
  panel.say({ type: 'restart' });
  await stream.until('data: 1\n\ndata: 1\n\n');
});

test('the page’s number of requests is refused with 503; it shows how many are left', async () => {
  const { panel } = await started();
  panel.say({ type: 'refuse', times: 2 });
  await eventually(() => shown(panel, 'play').play.refusals === 2);
  expect((await ask(address())).status).toBe(503);
  await eventually(() => shown(panel, 'play').play.refusals === 1);
  expect((await ask(address())).status).toBe(503);
  expect((await openStream(address())).response.statusCode).toBe(200);
  await eventually(() => shown(panel, 'play').play.refusals === 0);
});

test('refusals can be taken back, and are limited to a hundred', async () => {
  const { panel } = await started();
  panel.say({ type: 'refuse', times: 1_000_000_000 });
  await eventually(() => shown(panel, 'play').play.refusals === 100);
  panel.say({ type: 'refuse', times: 0 });
  await eventually(() => shown(panel, 'play').play.refusals === 0);
  expect((await openStream(address())).response.statusCode).toBe(200);
});

test('on a shared timeline, a client that joins later starts where the others are; the switch survives Stop and Start', async () => {
  const { session, panel } = await started(COUNTING);
  panel.say({ type: 'share', shared: true });
  await eventually(() => shown(panel, 'play').play.shared);
  const begins = async () => {
    const first = await openStream(address());
    await eventually(() => /data: \d\d+\n\n/.test(first.text()));
    return (await openStream(address())).until('\n\n');
  };
  expect(await begins()).not.toContain('data: 0\n');
  await session.stop();
  expect(shown(panel, 'play').play.shared).toBe(true);
  expect(shown(panel, 'keep').state).toMatchObject({ file: FILE, stopped: true, shared: true });
  await session.start();
  expect(await begins()).not.toContain('data: 0\n');
});

test('the switch and the speed can be set while nothing is served, and take effect with the next start', async () => {
  fake.files.write(FILE, COUNTING);
  const { session, panel } = openSession();
  panel.say({ type: 'share', shared: true });
  panel.say({ type: 'speed', speed: 100 });
  expect(shown(panel, 'keep').state).toEqual({ file: FILE, stopped: true, shared: true, speed: 100 });
  await session.start();
  expect(shown(panel, 'play').play).toMatchObject({ shared: true, speed: 100 });
});

test('a speed holds for connections that are opened from then on, and survives Stop and Start', async () => {
  const { session, panel } = await started('data: a\n\n:@ wait 20s\ndata: b\n\n:@ wait 60s\n');
  const before = await openStream(address());
  await before.until('data: a\n\n');
  expect(shown(panel, 'play').play.speed).toBe(1);
  panel.say({ type: 'speed', speed: 100 });
  await (await openStream(address())).until('data: b\n\n');
  expect(before.text()).toBe('data: a\n\n');
  await eventually(() => shown(panel, 'play').play.speed === 100);
  expect(shown(panel, 'keep').state).toMatchObject({ stopped: false, speed: 100 });
  await session.stop();
  expect(shown(panel, 'play').play.speed).toBe(100);
  await session.start();
  await (await openStream(address())).until('data: b\n\n');
});

test('a speed restarts a shared timeline, on each connection', async () => {
  const { panel } = await started('data: a\n\n:@ wait 20s\ndata: b\n\n:@ wait 60s\n');
  panel.say({ type: 'share', shared: true });
  const stream = await openStream(address());
  panel.say({ type: 'speed', speed: 100 });
  await stream.until('data: b\n\n');
  expect(stream.text()).toMatch(/data: a\n\ndata: b\n\n$/);
});

test.each([0, 3, 1000, '1', null])('%j is no speed of the page’s, and changes nothing', async (speed) => {
  const { session, panel } = openSession();
  panel.say({ type: 'speed', speed } as never);
  await session.start();
  expect(shown(panel, 'play').play.speed).toBe(1);
});

test('Stop and Start on the page stop and start the server', async () => {
  const { panel } = await started();
  panel.say({ type: 'command', command: 'stop' });
  await eventually(() => shown(panel, 'server').server.state === 'stopped');
  panel.say({ type: 'command', command: 'start' });
  await eventually(() => shown(panel, 'server').server.state === 'serving');
  expect(await isListening(port())).toBe(true);
});

test('the buttons copy, run and open the stream’s URL and commands', async () => {
  const { panel } = await started();
  const names = ['copyUrl', 'copyCurl', 'runCurl', 'openInBrowser', 'inspect', 'copyPublish', 'openFile'] as const;
  for (const command of names) panel.say({ type: 'command', command });
  await eventually(() => fake.done.length === names.length);
  expect(fake.done).toEqual([
    ['copy', address()],
    ['copy', `curl -N ${address()}`],
    ['terminal', `curl -N ${address()}`],
    ['open', `http://127.0.0.1:${port()}/`],
    ['sseCounter.inspect', address()],
    ['copy', `curl -d hello ${address()}`],
    ['show', expect.objectContaining({ fsPath: FILE }), { viewColumn: -2 }],
  ]);
});

test('the code for a proxy is copied, which is posted to the page once, and not again after a rebuild', async () => {
  const { panel } = await started();
  const names = ['vite', 'webpack', 'middleware', 'httpProxy'] as const;
  for (const proxy of names) panel.say({ type: 'copyCure', proxy });
  await eventually(() => panel.posted.filter(({ type }) => type === 'copied').length === names.length);
  expect(fake.done).toEqual(names.map((name) => ['copy', `${PROXY_CURES[name].code}\n`]));
  expect(panel.posted.slice(-names.length)).toEqual(names.map((proxy) => ({ type: 'copied', proxy })));
  panel.posted.length = 0;
  panel.load();
  expect(panel.posted.map(({ type }) => type)).not.toContain('copied');
});

test('a stream for POST has POST in its commands, and is published to at another path', async () => {
  const { panel } = await started(':@ method POST\ndata: 1\n\n');
  const publish = `curl -d hello http://127.0.0.1:${port()}/publish`;
  expect(shown(panel, 'server').server).toEqual({ state: 'serving', address: address(), publish });
  for (const command of ['copyCurl', 'inspect', 'copyPublish'] as const) panel.say({ type: 'command', command });
  await eventually(() => fake.done.length === 3);
  const curl = `curl -N -X POST ${address()}`;
  expect(fake.done).toEqual([
    ['copy', curl],
    ['sseCounter.inspect', curl],
    ['copy', publish],
  ]);
});

test('a page out of control is limited: with a thousand connections, each event and each restart takes milliseconds', async () => {
  const { panel } = await started();
  for (let n = 0; n < 400; n += 1) panel.say({ type: 'publish', event: '', id: '', data: 'a' });
  expect(panel.posted.filter(({ type }) => type === 'published').length).toBeLessThan(40);
  const [kept] = [panel.posted.filter(({ type }) => type === 'keep').length];
  for (let n = 0; n < 90; n += 1) panel.say({ type: 'share', shared: n % 2 === 0 });
  expect(panel.posted.filter(({ type }) => type === 'keep').length - kept).toBeLessThan(20);
});

test('the publish command sends an event to every connection', async () => {
  const { panel } = await started();
  const streams = await Promise.all([openStream(address()), openStream(address())]);
  await showsConnections(panel, 2);
  const server = shown(panel, 'server').server;
  const [program = '', ...words] = server.state === 'serving' ? server.publish.split(' ') : [];
  const { stdout } = await promisify(execFile)(program, words);
  expect(stdout).toBe('Sent on 2 connections.\n');
  await Promise.all(streams.map(({ until }) => until('data: hello\n\n')));
});

test('an event of the page is sent to every connection, a client resumes behind its id, and the page is told of their number', async () => {
  const { panel } = await started();
  const stream = await openStream(address());
  await showsConnections(panel, 1);
  panel.say({ type: 'publish', event: 'order', id: '7', data: 'a\nb' });
  await stream.until('event: order\nid: 7\ndata: a\ndata: b\n\n');
  panel.say({ type: 'publish', event: '', id: '', data: '' });
  await stream.until('data: \n\n');
  expect(panel.posted.filter(({ type }) => type === 'published')).toEqual([
    { type: 'published', connections: 1 },
    { type: 'published', connections: 1 },
  ]);
  const again = await openStream(address(), { headers: { 'Last-Event-ID': '7' } });
  await again.until('data: \n\n');
});

test.each([
  { event: 'a\nb', id: '', data: '' },
  { event: '', id: '1\r2', data: '' },
  { event: '', id: '1\0', data: '' },
  { event: 'x'.repeat(101), id: '', data: '' },
  { event: '', id: '', data: 'x'.repeat(4001) },
])('an event that can’t be one isn’t published: %.60j', async (given) => {
  const { panel } = await started();
  panel.say({ type: 'publish', ...given });
  expect(panel.posted.filter(({ type }) => type === 'published')).toEqual([]);
});

test('messages of the page while nothing is served have no effect', async () => {
  const { session, panel } = openSession();
  panel.say({ type: 'refuse', times: 3 });
  panel.say({ type: 'pause', paused: true });
  for (const command of ['copyUrl', 'inspect', 'stop'] as const) panel.say({ type: 'command', command });
  await session.start();
  expect(shown(panel, 'play').play).toMatchObject({ refusals: 0, paused: false });
  expect(fake.done).toEqual([]);
});
