// Versions of a file that was saved again while clients stay with the one before.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Script } from '../../../src/script/script';
import { OldScripts } from '../../../src/server/script/oldScripts';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';
import { memory } from '../../support/time/memory';

/** A version of a file that is played for a day, and takes so much memory. */
function version(number: number, memory: number): Script {
  return { ...scriptOf(`data: ${number}\n\n:@ wait 86400s\ndata: later\n\n`), memory };
}

/** All that a script sends at first. */
function bytesOf({ steps: [step] }: Script): WeakRef<object> {
  if (step?.kind !== 'send') throw new Error('The script sends nothing.');
  return new WeakRef(step.bytes.buffer);
}

/** Serves a script beside others, of which the old versions may take so much together. */
async function serve(script: Script, oldScripts: OldScripts) {
  const turns = new Turns();
  const givenUp: number[] = [];
  const onGiveUp = (count: number) => void givenUp.push(count);
  const source = new ScriptSource(script, { turns, oldScripts, onGiveUp, onChange: () => undefined });
  // Else it would keep each connection.
  const [onOpen, onClose] = [() => undefined, () => undefined];
  const { url, port, server } = await startServer({ source, turns, onOpen, onClose });
  const stream = `${url}event`;
  /** Opens a stream, and resolves when it has its first event, with whether it has ended. */
  const open = async () => {
    const { until, response } = await openStream(stream);
    await until('\n\n');
    return () => response.destroyed;
  };
  return { source, server, port, open, givenUp };
}

test('clients of the oldest versions are dropped where all old ones together take too much, and those of no other', async () => {
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

test('a version of which alone the memory is too much is given up at once, and the newest never is', async () => {
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

test('a version that no one is played any more doesn’t count', async () => {
  const { source, open, givenUp, server } = await serve(version(1, 100), new OldScripts(150));
  await open();
  source.dropAll();
  await eventually(() => server.connectionCount === 0);
  source.load(version(2, 100));
  await open();
  source.load(version(3, 100));
  await open();
  // From here on, all are played the newest.
  source.restart();
  await eventually(() => [...source.connections].every(({ player }) => player.plays(source.script)));
  source.load(version(4, 100));
  source.restart();
  source.load(version(5, 100));
  expect(givenUp).toEqual([]);
});

test('a client that is played a newer version holds nothing of the one that it began with', async () => {
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

test('of a version that is given up, nothing waits for a client that doesn’t read', async () => {
  const { source, port } = await serve(scriptOf(`data: ${'x'.repeat(64 * 2 ** 20)}\n\n`), new OldScripts(2 ** 20));
  const bytes = bytesOf(source.script);
  const socket = await connectTo(port);
  onTestFinished(() => void socket.destroy());
  socket.pause().write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await eventually(() => [...source.connections].some(({ connection }) => connection.isFull));
  const closed = once(socket, 'close');
  source.load(version(2, 100));
  // A drop would wait for the client, for 5 s.
  await eventually(() => [...source.connections].length === 0);
  socket.resume();
  await closed;
  await eventually(() => {
    memory();
    return bytes.deref() === undefined;
  });
});

/** Bytes in use, when also what is freed beside the program is gone. */
async function memoryLater(): Promise<number> {
  memory();
  await after(50);
  return memory();
}

/** Files that take much memory for their size. */
const FILES: Record<string, (n: number) => string> = {
  'events with ids': (n) => `id:${n}\ndata\n\n`,
  'events with long ids': (n) => `id:${'é'.repeat(60)}${n}\ndata\n\n`,
  'pauses': () => 'data\n\n:@ wait 1.5ms\n',
  'faults': () => ':@ stall\n',
  'answers': () => ':@ status 503 retry-after 1\n',
  'ids of invalid bytes': (n) => `id:${'\u00ff'.repeat(2000)}${n}\ndata\n\n`,
  'unknown fields': (n) => `${'\u00ff'.repeat(2000)}${n}\n`,
  'data': () => `data: ${'x'.repeat(1000)}\n\n`,
};

test.each(Object.entries(FILES))(
  'a script says of itself what memory it takes, and not much more than it does: %s',
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

test('a file of many events that is saved again and again while a client stays with each version takes no more than is allowed', async () => {
  const parts = ['data: hi\n\n:@ wait 86400s\n', ...Array.from({ length: 100_000 }, (_, n) => `id:${n}\ndata\n\n`)];
  const file = Buffer.from(parts.join(''));
  const first = scriptOf(file);
  const { source, open, givenUp } = await serve(first, new OldScripts(2 * first.memory));
  const before = await memoryLater();
  for (let generation = 1; generation <= 8; generation += 1) {
    await open();
    source.load(scriptOf(file));
  }
  // Two old ones and the newest, beside the first.
  expect((await memoryLater()) - before).toBeLessThan(3.2 * first.memory);
  expect(givenUp).toEqual(Array(6).fill(1));
});
