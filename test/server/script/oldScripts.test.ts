// Old versions of a saved file, with clients that are still played one of them.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Script } from '../../../src/script/script';
import { OldScripts } from '../../../src/server/script/oldScripts';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { drawn } from '../../support/random/drawn';
import { connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';
import { longTest } from '../../support/time/longRun';
import { memory } from '../../support/time/memory';

/** Returns a version of a file that is played for a day and takes the given memory. */
function version(number: number, memory: number): Script {
  return { ...scriptOf(`data: ${number}\n\n:@ wait 86400s\ndata: later\n\n`), memory };
}

/** Returns the bytes of a script's first step. */
function bytesOf({ steps: [step] }: Script): WeakRef<object> {
  if (step?.kind !== 'send') throw new Error('The script sends nothing.');
  return new WeakRef(step.bytes.buffer);
}

/** Serves a script with others, which share a limit on the memory of their old versions. */
async function serve(script: Script, oldScripts: OldScripts) {
  const turns = new Turns();
  const givenUp: number[] = [];
  const onGiveUp = (count: number) => void givenUp.push(count);
  const source = new ScriptSource(script, { turns, oldScripts, onGiveUp, onChange: () => undefined });
  // The default callbacks would keep every connection in memory.
  const [onOpen, onClose] = [() => undefined, () => undefined];
  const { url, port, server } = await startServer({ source, turns, onOpen, onClose });
  const stream = `${url}event`;
  /** Opens a stream. Resolves at its first event with a function that returns whether it has ended. */
  const open = async () => {
    const { until, response } = await openStream(stream);
    await until('\n\n');
    return () => response.destroyed;
  };
  return { source, server, port, open, givenUp };
}

test('if all old versions together take too much memory, only clients of the oldest are disconnected', async () => {
  const { source, open, givenUp, server } = await serve(version(1, 100), new OldScripts(250));
  const clients = [await open(), await open()];
  for (let number = 2; number <= 4; number += 1) {
    source.load(version(number, 100));
    clients.push(await open());
  }
  await eventually(() => clients.filter((isOver) => isOver()).length === 2);
  expect([clients.map((isOver) => isOver()), givenUp]).toEqual([[true, true, false, false, false], [2]]);
  expect(server.connectionCount).toBe(3);
});

test('a version that alone takes too much memory is given up at once, and the newest never is', async () => {
  const { source, open, givenUp } = await serve(version(1, 1000), new OldScripts(250));
  const old = await open();
  source.load(version(2, 1000));
  const current = await open();
  await eventually(old);
  source.load(source.script);
  expect([current(), givenUp]).toEqual([false, [1]]);
});

test('the old versions of all files count together, the oldest first', async () => {
  const oldScripts = new OldScripts(250);
  const [one, two] = [await serve(version(1, 100), oldScripts), await serve(version(1, 100), oldScripts)];
  const clients = [await one.open(), await two.open()];
  two.source.load(version(2, 100));
  one.source.load(version(2, 100));
  clients.push(await one.open());
  one.source.load(version(3, 100));
  await eventually(() => clients.some((isOver) => isOver()));
  expect(clients.map((isOver) => isOver())).toEqual([false, true, false]);
  expect([one.givenUp, two.givenUp]).toEqual([[], [1]]);
});

test('a version that is no longer played to any client doesn’t count', async () => {
  const { source, open, givenUp, server } = await serve(version(1, 100), new OldScripts(150));
  await open();
  void source.control.dropAll();
  await eventually(() => server.connectionCount === 0);
  source.load(version(2, 100));
  await open();
  source.load(version(3, 100));
  await open();
  // From now on, the newest is played to all.
  source.restart();
  await eventually(() => [...source.connections].every(({ player }) => player.plays(source.script)));
  source.load(version(4, 100));
  source.restart();
  source.load(version(5, 100));
  expect(givenUp).toEqual([]);
});

test('a client that has moved to a newer version keeps nothing of the first one in memory', async () => {
  const { source, open, server } = await serve(version(1, 100), new OldScripts());
  const first = new WeakRef(source.script);
  await open();
  source.load(version(2, 100));
  source.restart();
  await eventually(() => {
    memory();
    return first.deref() === undefined;
  });
  expect(server.connectionCount).toBe(1);
});

longTest('when a version is given up, nothing of it stays buffered for a client that doesn’t read', async () => {
  const { source, port } = await serve(scriptOf(`data: ${'x'.repeat(64 * 2 ** 20)}\n\n`), new OldScripts(2 ** 20));
  const bytes = bytesOf(source.script);
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await eventually(() => [...source.connections].some(({ connection }) => connection.isFull));
  const closed = once(socket, 'close');
  source.load(version(2, 100));
  // A drop would wait up to 5 s for the client.
  await eventually(() => [...source.connections].length === 0);
  socket.resume();
  await closed;
  await eventually(() => {
    memory();
    return bytes.deref() === undefined;
  });
});

/** Returns the memory in use, in bytes, after memory that is freed in the background is gone, too. */
async function memoryLater(): Promise<number> {
  memory();
  await after(50);
  return memory();
}

/** Files that take much memory for their size. */
const FILES: Record<string, (n: number) => string> = {
  'events with ids': (n) => `id:${n}\ndata\n\n`,
  'events with long ids': (n) => `id:${'é'.repeat(60)}${n}\ndata\n\n`,
  'ids with the number behind texts that differ': (n) => `${n === 0 ? ':@ fill\n' : ''}id:${n}-{{n}}\ndata\n\n`,
  'pauses': () => 'data\n\n:@ wait 1.5ms\n',
  'faults': () => ':@ stall\n',
  'answers': () => ':@ status 503 retry-after 1\n',
  'ids of invalid bytes': (n) => `id:${'\u00ff'.repeat(2000)}${n}\ndata\n\n`,
  'unknown fields': (n) => `${'\u00ff'.repeat(2000)}${n}\n`,
  'data': () => `data: ${'x'.repeat(1000)}\n\n`,
};

test.each(drawn(Object.entries(FILES), 3))(
  'a script’s estimate of its memory is never too low, and not much too high: %s',
  async (name, line) => {
    const count = name.includes('invalid') || name.includes('unknown') ? 5000 : 60_000;
    const file = Buffer.from(Array.from({ length: count }, (_, n) => line(n)).join(''), 'latin1');
    const before = await memoryLater();
    const script = scriptOf(file);
    const taken = (await memoryLater()) - before;
    expect(script.memory).toBeGreaterThan(0.9 * taken);
    expect(script.memory).toBeLessThan(3 * taken + 2 ** 20);
  },
);

longTest(
  'a file of many events that is saved again and again while a client stays with each version takes no more than is allowed',
  async () => {
    const parts = ['data: hi\n\n:@ wait 86400s\n', ...Array.from({ length: 100_000 }, (_, n) => `id:${n}\ndata\n\n`)];
    const file = Buffer.from(parts.join(''));
    const first = scriptOf(file);
    const { source, open, givenUp } = await serve(first, new OldScripts(2 * first.memory));
    const before = await memoryLater();
    for (let generation = 1; generation <= 8; generation += 1) {
      await open();
      source.load(scriptOf(file));
    }
    // Two old versions and the newest, in addition to the first.
    expect((await memoryLater()) - before).toBeLessThan(3.2 * first.memory);
    expect(givenUp).toEqual(Array(6).fill(1));
  },
);
