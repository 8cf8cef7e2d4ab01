import { Server } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { env } from 'vscode';
import { address, FILE, openSession, port, shown, showsConnections, useFakes } from '../../support/mock/mockSessions';
import { ask, eventually, isListening, openStream } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

useFakes();

test('after its start, it serves the file, and shows the address and the file’s facts', async () => {
  const { session, panel } = openSession();
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped' });
  await session.start();
  expect(session.address?.url).toBe(address());
  expect(shown(panel, 'server').server).toMatchObject({ state: 'serving', address: address() });
  const script = { events: 2, duration: 60_000, method: 'GET' };
  expect(shown(panel, 'file').file).toEqual({ name: 'ticks.sse', script });
  await (await openStream(address())).until('data: 1\n\n');
});

test('that headers are left out in Restricted Mode is shown until the workspace is trusted, and they are sent', async () => {
  fake.isTrusted = false;
  fake.files.write(FILE, ':@ header X-Own: 1\ndata: 1\n\n:@ end\n');
  const { session, panel } = openSession();
  await session.start();
  expect((await ask(address())).headers['x-own']).toBeUndefined();
  expect(shown(panel, 'file').file.note).toMatch(/^In Restricted Mode, the headers/);
  fake.isTrusted = true;
  fake.trusted.fire();
  expect((await ask(address())).headers['x-own']).toBe('1');
  expect(shown(panel, 'file').file.note).toBeUndefined();
});

test('the command that the panel shows is quoted for the shell, also when VS Code knows that only later', async () => {
  onTestFinished(() => void Object.assign(env, { shell: '' }));
  fake.files.write(FILE, ":@ path /a';id\ndata: 1\n\n");
  const { session, panel } = openSession();
  await session.start();
  Object.assign(env, { shell: '/usr/bin/pwsh' });
  fake.shellChanged.fire();
  expect(shown(panel, 'server').server).toMatchObject({
    state: 'serving',
    publish: expect.stringContaining("/a'';id'"),
  });
  panel.dispose();
  expect(fake.shellChanged.listenerCount).toBe(0);
});

test('its page is served at the root, like the counter’s', async () => {
  const { session } = openSession();
  await session.start();
  const { status, headers } = await ask(`http://127.0.0.1:${port()}/`);
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
});

test('the panel’s page may connect to nothing', async () => {
  const { session, panel } = openSession();
  await session.start();
  expect(panel.webview.html).toContain(`connect-src 'none'`);
});

test('after Stop, nothing listens, each stream has ended, and the panel is still there', async () => {
  const { session, panel, closed } = openSession();
  await session.start();
  const stream = await openStream(address());
  await showsConnections(panel, 1);
  await session.stop();
  await stream.whole;
  expect(await isListening(port())).toBe(false);
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped' });
  expect(shown(panel, 'play').play.connections).toEqual([]);
  expect(closed()).toBeUndefined();
});

test('closing the panel ends the server, and the file is no longer watched', async () => {
  const { session, panel, closed } = openSession();
  await session.start();
  const stream = await openStream(address());
  expect(fake.files.watched).toEqual(['ticks.sse']);
  panel.dispose();
  await closed();
  await stream.whole;
  expect(closed()).toBeInstanceOf(Promise);
  expect(await isListening(port())).toBe(false);
  expect(fake.files.watched).toEqual([]);
  expect([fake.files.changed.listenerCount, fake.files.saved.listenerCount]).toEqual([0, 0]);
});

test('closing the panel during the start leaves nothing listening, without an error', async () => {
  const { session, panel, closed } = openSession();
  const started = session.start();
  panel.dispose();
  await Promise.all([started, closed()]);
  expect(await isListening(port())).toBe(false);
  expect(fake.errors).toEqual([]);
});

test('crossing calls of stop and start result in the last one, on the same port', async () => {
  const { session, panel } = openSession();
  await session.start();
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(address())));
  const words: Promise<void>[] = [];
  for (let round = 0; round < 20; round += 1) words.push(session.stop(), session.start());
  await Promise.all(words);
  await Promise.all(streams.map(({ whole }) => whole));
  expect(session.address?.url).toBe(address());
  expect(shown(panel, 'server').server).toMatchObject({ state: 'serving', address: address() });
  expect(fake.warnings).toEqual([]);
});

test('a stop during the start leaves it stopped', async () => {
  const { session, panel } = openSession();
  const started = session.start();
  expect(shown(panel, 'server').server).toEqual({ state: 'starting' });
  await session.stop();
  await started;
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped' });
  expect(session.address).toBeUndefined();
  expect(await isListening(port())).toBe(false);
});

test('100 starts and stops with a stream each leave no socket or timer behind', async () => {
  const { session } = openSession();
  const count = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|Pipe/.test(kind)).length;
  const resources = count();
  for (let round = 0; round < 100; round += 1) {
    await session.start();
    const { whole } = await openStream(address());
    await session.stop();
    await whole;
  }
  await eventually(() => count() <= resources);
});

test('a failed start is reported in words, in the panel and as a message, and can be repeated', async () => {
  const failing = vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(() => {
    throw new Error('There is no network.');
  });
  const { session, panel } = openSession();
  await session.start();
  failing.mockRestore();
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason: 'There is no network.' });
  expect(fake.errors).toEqual(['SSE Counter could not start: There is no network.']);
  await session.start();
  expect(session.address?.url).toBe(address());
});

test('when the extension ends, the port is freed, and the panel is left to the window unchanged', async () => {
  const { session, panel, closed } = openSession();
  await session.start();
  const kept = shown(panel, 'keep');
  await session.close();
  expect(await isListening(port())).toBe(false);
  expect(panel.posted.at(-1)).toEqual({ type: 'ended' });
  expect(shown(panel, 'keep')).toBe(kept);
  expect(kept.state).toMatchObject({ file: FILE, stopped: false, shared: false });
  expect(closed()).toBeUndefined();
});

test('a page that VS Code rebuilds receives everything again', async () => {
  const { session, panel } = openSession();
  await session.start();
  await openStream(address());
  await showsConnections(panel, 1);
  panel.posted.length = 0;
  panel.load();
  expect(shown(panel, 'server').server.state).toBe('serving');
  expect(shown(panel, 'file').file.name).toBe('ticks.sse');
  expect(shown(panel, 'play').play.connectionCount).toBe(1);
  expect(shown(panel, 'keep').state.stopped).toBe(false);
});

test('a page with other HTML than the panel’s receives nothing', () => {
  const { panel } = openSession();
  panel.posted.length = 0;
  panel.say({ type: 'ready', page: 'another' });
  expect(panel.posted).toEqual([]);
});

test('a hidden panel receives the playback when it is shown again', async () => {
  const { session, panel } = openSession();
  await session.start();
  panel.show(false);
  panel.posted.length = 0;
  const { until } = await openStream(address());
  await until('data: 1\n\n');
  await session.stop();
  await session.start();
  await openStream(address());
  expect(panel.posted.map(({ type }) => type)).not.toContain('play');
  panel.show(true);
  await showsConnections(panel, 1);
});

test('the playback is shown at most ten times a second, however often it changes', async () => {
  fake.files.write(FILE, Array.from({ length: 500 }, (_, n) => `data: ${n}\n\n:@ wait 2ms\n`).join(''));
  const { session, panel } = openSession();
  await session.start();
  panel.posted.length = 0;
  const begun = performance.now();
  const stream = await openStream(address());
  await stream.until('data: 499\n\n');
  const seconds = (performance.now() - begun) / 1000;
  await eventually(() => shown(panel, 'play').play.connections[0]?.event === 500);
  expect(panel.posted.filter(({ type }) => type === 'play').length).toBeLessThanOrEqual(10 * seconds + 2);
});
