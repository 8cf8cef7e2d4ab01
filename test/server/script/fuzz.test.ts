import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseScript } from '../../../src/script/parseScript';
import { type ScriptServer, scriptOf, serveScript } from '../../support/mock/scriptServer';
import { fuzz } from '../../support/random/fuzz';
import { pick } from '../../support/random/random';
import { eventually, openStream } from '../../support/servers/testServer';

const SERVERS = 8;

const PIECES = [
  ...['data: a\n', 'data\r', 'data: b\r\n', 'event: x\n', 'id: 1\n', 'id: 2\n', 'id\n', 'id: \0\n', 'retry: 10\n'],
  ...['retry: x\n', ': comment\n', ':@@ no directive\n', 'hello\n', '\n', '\n', '\r\n', '\r', '\ufeff', 'data: 数\n'],
  ...[':@ wait 1ms\n', ':@ wait 0.01ms\n', ':@ wait 2s\r\n', ':@ wait 24h\n', ':@ wait 99999999s\n', ':@wait 5ms\r'],
  ...[':@ drop\n', ':@ reset\n', ':@ end\n', ':@ stall\n', ':@ loop\n', ':@ loop\n', ':@ connection\n'],
  ...[':@ path /a\n', ':@ header X: 1\n', ':@ head 1ms\n', ':@ unknown-id resync\n', ':@ method POST, GET\n'],
  ...[':@ wait 0ms..2ms\n', ':@ wait 1ms..2ms\n'],
  ...[':@ body {}\n', ':@ cut 1 1ms\n', ':@ cut 3 0ms\n', ':@ cut 9 2ms\n', ':@ status 409\n:@ body x\n'],
  ...[':@ no-newline\n', ':@ status 503\n', ':@ status 204\n', ':@ status 99\n', ':@ method POST\n', ':@ method GET\n'],
  ...[
    ':@\n',
    ':@ \n',
    ':@ constructor\n',
    ':@ __proto__ 1\n',
    '\ufeff:@ wait 1ms\n',
    ':@ wait -1s\n',
    'x'.repeat(5000),
  ],
];

function randomFile(random: () => number): Buffer {
  const length = Math.floor(random() * 40);
  const pieces = Array.from({ length }, () =>
    random() < 0.1
      ? Buffer.from(Array.from({ length: Math.floor(random() * 30) }, () => Math.floor(random() * 256)))
      : Buffer.from(pick(PIECES, random)),
  );
  return Buffer.concat(pieces);
}

/** Loads a file, reads it for a moment as a client that may resume, and does what a user may do with it. */
async function playOne({ source, stream }: ScriptServer, random: () => number): Promise<void> {
  const script = parseScript(randomFile(random));
  source.load(script);
  if (random() < 0.1) source.share(!source.shared);
  const headers = random() < 0.5 ? { 'Last-Event-ID': pick(['1', '2', 'x'], random) } : {};
  const speed = source.shared ? '' : `?speed=${pick(['0.1', '1', '1000'], random)}`;
  const asked = get(`${stream}${speed}`, { agent: false, headers, method: script.method });
  asked.on('error', () => asked.destroy());
  const response = await Promise.race([once(asked, 'response'), once(asked, 'close')]);
  const [answer] = response as [IncomingMessage | undefined];
  // Errors of dropped connections are tested elsewhere.
  answer?.on('error', () => undefined).resume();
  await delay(random() * 4);
  if (random() < 0.2) source.publish({ bytes: Buffer.from('data: published\n\n'), events: 1, ids: [] });
  if (random() < 0.1) source.restart();
  if (random() < 0.1) source.pause(!source.paused);
  asked.destroy();
}

test('fuzzed files neither hang nor crash the server', async () => {
  const servers = await Promise.all(Array.from({ length: SERVERS }, () => serveScript('')));
  const idle = [...servers];
  await fuzz(
    1000,
    async (random) => {
      const server = idle.pop() ?? expect.fail();
      await playOne(server, random);
      idle.push(server);
    },
    { atOnce: SERVERS },
  );
  for (const { source, server, stream, errors } of servers) {
    await eventually(() => server.connectionCount === 0);
    source.pause(false);
    source.share(false);
    source.refuse(0);
    source.load(scriptOf('data: still here\n\n:@ end\n'));
    expect(await (await openStream(stream)).whole).toBe('data: still here\n\n');
    expect([...source.connections]).toEqual([]);
    expect(errors).toEqual([]);
  }
});
