// How a stream is read that comes faster than it can be taken in, from a server in a process of its own.
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../src/inspector/inspection';
import type { SubscriptionOptions } from '../../src/inspector/subscription';
import { ReadingLimit } from '../../src/turns/readingLimit';
import { Turns } from '../../src/turns/turns';
import { runScript } from './clientProcess';

/** Maximum processor time of one go, in milliseconds: without a limit it is 180 to 650. */
const MAX_GO = 120;

/** Sends what its path asks for: pieces of text so many times, or random events of that seed, coded or not. */
const SERVER = `
  const { gzipSync } = require('node:zlib');
  const crypto = require('node:crypto');
  const [key, cert] = ['key', 'pem'].map((end) => require('node:fs').readFileSync(process.argv[1] + '/localhost.' + end));
  const HEAD = 'HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Type: text/event-stream\\r\\n';
  const CHUNKED = HEAD + 'Transfer-Encoding: chunked\\r\\n\\r\\n';
  const all = {
    chunks: () => CHUNKED + '6\\r\\ndata\\n\\n\\r\\n'.repeat(600000) + '0\\r\\n\\r\\n',
    halves: () => CHUNKED + '5\\r\\ndata\\n\\r\\n1\\r\\n\\n\\r\\n'.repeat(200000) + '0\\r\\n\\r\\n',
    bytes: () => CHUNKED + '1\\r\\n:\\r\\n'.repeat(600000) + '0\\r\\n\\r\\n',
    whole: () => HEAD + '\\r\\n' + 'data\\n\\n'.repeat(600000),
    early: () => 'HTTP/1.1 103 Early Hints\\r\\n\\r\\n'.repeat(200000) + CHUNKED + '0\\r\\n\\r\\n',
    large: () => HEAD + '\\r\\n' + ('data:' + 'x'.repeat(1e6) + '\\n\\n').repeat(20),
    random: (seed) => {
      let random = seed + 1;
      const next = (below) => (random = (random * 48271) % 2147483647) % below;
      let text = '';
      for (let n = 0; n < 10000; n += 1) text += 'id:' + n + '\\ndata:' + 'x'.repeat(next(40)) + '\\n\\n';
      const coded = seed % 2 === 1;
      const body = coded ? gzipSync(text, { level: seed % 10 }) : Buffer.from(text);
      const pieces = [Buffer.from(coded ? HEAD + 'Content-Encoding: gzip\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n' : CHUNKED)];
      for (let at = 0; at < body.length; ) {
        const size = 1 + next(30);
        const piece = body.subarray(at, (at += size));
        pieces.push(Buffer.from(piece.length.toString(16) + '\\r\\n'), piece, Buffer.from('\\r\\n'));
      }
      return Buffer.concat([...pieces, Buffer.from('0\\r\\n\\r\\n')]);
    },
  };
  const answer = (socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      const [name, seed] = /GET .(.*) HTTP/.exec(request)[1].split('-');
      socket.end(Buffer.from(all[name](Number(seed))));
    });
  };
  const servers = [require('node:net').createServer(answer), require('node:tls').createServer({ key, cert }, answer)];
  let listening = 0;
  for (const server of servers)
    server.listen(0, '127.0.0.1', () => (listening += 1) === 2 && process.send(servers.map((one) => one.address().port)));
`;

/** @returns the roots, one for HTTP and one for HTTPS */
async function serve(): Promise<[plain: string, secure: string]> {
  const [[plain, secure]] = (await once(runScript(SERVER, import.meta.dirname), 'message')) as [number[]];
  return [`http://127.0.0.1:${plain}/`, `https://127.0.0.1:${secure}/`];
}

/** Reads the stream to its end. */
async function read(url: string, options: Pick<SubscriptionOptions, 'reading'> = {}): Promise<Inspection> {
  let changed = () => {};
  const inspection = new Inspection(() => changed());
  onTestFinished(() => inspection.close());
  inspection.connect(
    { method: 'GET', url, headers: [], insecure: true },
    { reconnect: false, lastEventId: '', ...options },
  );
  while (inspection.running)
    await new Promise<void>((resolve) => {
      changed = resolve;
    });
  return inspection;
}

/** @returns how long the others had to wait for their turn at the most, in milliseconds of the processor */
async function longestGo(action: Promise<unknown>): Promise<number> {
  let [longest, isOver] = [0, false];
  const whole = action.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const [before, begun] = [process.cpuUsage(), performance.now()];
    await setImmediate();
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, Math.min((user + system) / 1000, performance.now() - begun));
  }
  await whole;
  return longest;
}

/** On a busy machine, one of three tries may have a go that is longer than it would be alone. */
async function expectShortGoes(action: () => Promise<void>): Promise<void> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && shortest >= MAX_GO; tries += 1)
    shortest = Math.min(shortest, await longestGo(action()));
  expect(shortest).toBeLessThan(MAX_GO);
}

test.each([
  ['events that are each a chunk', 'chunks', 600_000],
  ['events of two chunks', 'halves', 200_000],
  ['chunks of a byte', 'bytes', 0],
  ['events of a few bytes', 'whole', 600_000],
  ['answers before the answer', 'early', 0],
])(
  'others have their turn while %s come as fast as they can',
  async (_, path, events) => {
    for (const root of await serve())
      await expectShortGoes(async () => expect((await read(`${root}${path}`)).history.count).toBe(events));
  },
  120_000,
);

test('so they have while several streams are read within one limit, and all come to their end', async () => {
  const [plain, secure] = await serve();
  const reading = new ReadingLimit(new Turns());
  const paths = [`${plain}halves`, `${secure}halves`, `${plain}whole`, `${plain}large`];
  await expectShortGoes(async () => {
    const all = await Promise.all(paths.map((url) => read(url, { reading })));
    expect(all.map(({ history }) => history.count)).toEqual([200_000, 200_000, 600_000, 20]);
  });
}, 120_000);

test('nothing of 20 random streams is lost, coded or not, over TLS or not', async () => {
  const roots = await serve();
  for (let seed = 0; seed < 20; seed += 1) {
    const { history, status } = await read(`${roots[(seed >> 1) % 2]}random-${seed}`);
    let random = seed + 1;
    const data = Array.from({ length: history.count }, () => {
      random = (random * 48271) % 2147483647;
      return 'x'.repeat(random % 40);
    });
    expect([history.count, status.end]).toEqual([10_000, { cause: 'end' }]);
    const got = data.map((_, index) => history.data(history.get(index + 1) ?? expect.fail()));
    expect(got.every((text, index) => text === data[index])).toBe(true);
  }
}, 120_000);

test('a request that is ended while its socket waits calls no one any more', async () => {
  const [plain] = await serve();
  let changes = 0;
  const inspection = new Inspection(() => {
    changes += 1;
  });
  onTestFinished(() => inspection.close());
  inspection.connect(
    { method: 'GET', url: `${plain}chunks`, headers: [], insecure: false },
    { reconnect: false, lastEventId: '' },
  );
  while (inspection.history.count === 0) await setImmediate();
  inspection.close();
  const [before, events] = [changes, inspection.history.count];
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  expect([changes, inspection.history.count]).toEqual([before, events]);
});
