// Hostile files, and clients of every kind, must not harm a server that plays a file.
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ScriptSource } from '../../../src/server/script/scriptSource';
import { requestOf, scriptOf, serveScript } from '../../support/mock/scriptServer';
import { ask, connectTo, eventually, openStream } from '../../support/servers/testServer';
import { lateness } from '../../support/time/lateness';
import { longTest } from '../../support/time/longRun';
import { ownTime } from '../../support/time/ownTime';

/** Size of more than the system buffers for a client that doesn't read, in bytes. */
const LARGE = 16 * 1024 * 1024;
const ASKED = 'GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/** Opens a stream and reads nothing of it. */
async function openUnread(port: number, asked = ASKED) {
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write(asked);
  return socket;
}

/** Resolves when the socket of one of its connections is full; works with a fake clock, too. */
async function isFull(source: ScriptSource): Promise<void> {
  while (![...source.connections].some(({ connection }) => connection.isFull)) await setImmediate();
}

/** Serves the text, and opens a stream that isn't read, until its socket is full. */
async function serveUnread(file: string) {
  const served = await serveScript(file);
  const socket = await openUnread(served.port);
  await isFull(served.source);
  return { ...served, socket };
}

/** Resolves when a text that matches has been received; the text includes the sizes of chunks. */
function readTo(socket: Awaited<ReturnType<typeof connectTo>>, wanted: RegExp): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (wanted.test(text)) resolve();
      // Only after the test: much may follow the match in the same chunk.
      text = text.slice(-1000);
    });
    socket.resume();
  });
}

test('a publication doesn’t cut off a client that hasn’t read everything yet, and comes after the rest', async () => {
  const { source, socket } = await serveUnread(`data: ${'x'.repeat(LARGE)}\n\n`);
  expect(source.publish({ bytes: Buffer.from('data: hello\n\n'), events: 1, ids: [] })).toBe(1);
  await readTo(socket, /xxx\n\n[^x]*data: hello\n\n/);
});

test('a restart in the middle of an event doesn’t cut off a client that hasn’t read everything yet', async () => {
  const { source, socket } = await serveUnread(
    `: first\n:@ wait 100ms\ndata: ${'x'.repeat(LARGE)}\n:@ wait 60s\ndata: ${'y'.repeat(1e5)}\n:@ wait 60s\ndata: z\n\n`,
  );
  source.restart();
  await readTo(socket, /yyy\n[^y]*data: z\n\n[^y]*: first\n/);
});

test('a client that doesn’t read is cut off after 30 s, even if the file was paused and restarted meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { source, port } = await serveScript(`data: ${'x'.repeat(LARGE)}\n\n:@ wait 1ms\ndata: b\n\n`);
  await openUnread(port);
  await isFull(source);
  source.pause(true);
  source.pause(false);
  source.restart();
  const [played] = source.connections;
  await vi.advanceTimersByTimeAsync(29_000);
  expect(played?.connection.wasCutOff).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(played?.connection.wasCutOff).toBe(true);
});

test('a client that reads a large event slowly gets it whole', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { port, source } = await serveScript(`data: ${'x'.repeat(2 * LARGE)}\n\n`);
  const socket = await openUnread(port);
  await isFull(source);
  let size = 0;
  while (size < 2 * LARGE) {
    await vi.advanceTimersByTimeAsync(1000);
    const chunk = socket.read() as Buffer | null;
    size += chunk?.length ?? 0;
    if (!chunk) await once(socket, 'readable');
  }
  expect([...source.connections].map(({ connection }) => connection.wasCutOff)).toEqual([false]);
});

test('queued publications are in memory once, not once per connection', async () => {
  const { port, source } = await serveScript('data: a\n:@ wait 500ms\ndata: b\n\n');
  const count = 100;
  await Promise.all(Array.from({ length: count }, () => openUnread(port)));
  await eventually(() => [...source.connections].length === count);
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 0; n < 4; n += 1)
    expect(source.publish({ bytes: Buffer.alloc(1e6, '\n'), events: 1, ids: [] })).toBe(count);
  await eventually(() => [...source.connections].every(({ player }) => player.event === 1));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e7);
});

test('clients that resume before a cut-off event share the memory of the large event after it', async () => {
  const cut = 'id: 0\ndata: 0\n\ndata: a\n\ndata: b\n:@ connection\n';
  const { port, source } = await serveScript(`${cut}data: ${'x'.repeat(LARGE)}\nid: 1\n\n`);
  const count = 10;
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 0; n < count; n += 1) await openUnread(port, ASKED.replace('\r\n\r\n', '\r\nLast-Event-ID: 0\r\n\r\n'));
  await eventually(() => [...source.connections].filter(({ connection }) => connection.isFull).length === count);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(LARGE);
});

test.each([
  ['nothing', 0],
  ['a single byte', 1],
])('however often %s is published behind an event that doesn’t end, the queue is limited', async (_, size) => {
  const { stream, source } = await serveScript('data: a\n:@ wait 60s\ndata: b\n\n');
  await (await openStream(stream)).until('data: a\n');
  let count = 0;
  while (count < 10_000 && source.publish({ bytes: new Uint8Array(size), events: 1, ids: [] }) === 1) count += 1;
  expect(count).toBeLessThan(10_000);
});

test('a status refuses only one request, however often a loop plays it', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 1ms\n:@ status 503\n:@ loop\n');
  const one = await openStream(stream);
  await one.until('data: a\n\n'.repeat(20));
  expect(source.refusals).toBe(1);
  expect((await ask(stream)).status).toBe(503);
});

test('the number of pending refusals of a file is limited', async () => {
  const many = ':@ status 503\n'.repeat(5000);
  const { stream, source } = await serveScript(`data: a\n\n${many}`);
  await openStream(stream);
  await eventually(() => source.refusals === 1000);
  const { source: top } = await serveScript(`${many}data: a\n\n`);
  expect(top.refusals).toBe(1000);
});

test('a round of a loop takes at least a millisecond, at any speed', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 1ms\n:@ loop\n');
  const start = performance.now();
  const one = await openStream(`${stream}?speed=1000`);
  await one.until('data: a\n\n'.repeat(100));
  const [played] = source.connections;
  expect(played?.connection.eventsSent).toBeLessThan(performance.now() - start + 50);
});

test('a file that can’t be sent as fast as its loop demands doesn’t block the process', async () => {
  const file = `data: a\n\n${':@ status 503\n'.repeat(100_000)}:@ wait 1ms\n:@ loop\n`;
  const { stream } = await serveScript(file);
  const one = await openStream(stream);
  const late = await lateness(() => one.until('data: a\n\n'.repeat(50)));
  expect(late.max).toBeLessThan(200);
});

longTest('a long file is played in pieces, between which other clients are served', async () => {
  const { stream } = await serveScript(`${'data\n\n:@ wait 0.001ms\n'.repeat(500_000)}:@ end\n`);
  const one = await openStream(stream);
  const late = await lateness(() => one.whole);
  expect(late.max).toBeLessThan(150);
});

test('pauses of more than 24 days, the maximum of a timer, work without frequent wake-ups', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  onTestFinished(() => timers.mockRestore());
  const { stream } = await serveScript(`data: a\n\n${':@ wait 86400s\n'.repeat(26)}data: b\n\n`);
  await (await openStream(stream)).until('data: a\n\n');
  const delays = timers.mock.calls.map(([, delay]) => delay ?? 0);
  expect(Math.max(...delays)).toBeGreaterThan(2 ** 30);
  expect(Math.max(...delays)).toBeLessThan(2 ** 31);
});

longTest('a client that resumes in a file of half a million events is answered at once', async () => {
  const text = Array.from({ length: 500_000 }, (_, n) => `id:${n}\n\n`).join('');
  const { source } = await serveScript('');
  source.load(scriptOf(`${text}:@ end\n`));
  const time = (act: () => void) =>
    ownTime(() => {
      for (let n = 0; n < 50; n += 1) act();
    });
  expect(time(() => source.main?.openStream(requestOf('499998')))).toBeLessThan(100);
  expect(time(() => source.main?.openStream(requestOf('0')))).toBeLessThan(100);
});
