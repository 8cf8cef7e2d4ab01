// `serve` and `play` with Redis.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCommand, startCommand, startServe } from '../support/programs/commandLine';
import { startRedis } from '../support/servers/redis';
import { openClient } from '../support/servers/streamClient';

const SECRET = 's3cret%25pass';

test('two processes serve one stream, and a file that is played reaches the clients of both', async () => {
  const redis = await startRedis();
  const url = redis.streamUrl('orders');
  const [one, other] = [await startServe(url), await startServe(url, '--from-start')];
  expect(one.stdout()).toMatch(/^Serving redis:\/\/127\.0\.0\.1:\d+\/orders on http:\/\/127\.0\.0\.1:\d+\/event\n$/);
  const clients = [await openClient(one.url), await openClient(other.url)];
  const file = `${folderWith({ 'a.sse': 'data: 1\n\n:@ drop\ndata: 2\n\n' })}/a.sse`;
  const { code, stdout, stderr } = await runCommand(['play', file, '--to', url]);
  expect([code, stdout]).toEqual([0, `Playing ${file} to ${url}\nPublished 2 events\n`]);
  expect(stderr).toContain('left out, as no part of a shared stream: drop');
  for (const client of clients) {
    await client.until(() => client.events.length === 2);
    expect(client.data).toEqual(['1', '2']);
  }
  one.process.kill('SIGTERM');
  expect(await one.ended).toMatchObject({ code: 0 });
});

test('user and password are masked wherever something is shown: ready line, log, errors', async () => {
  const redis = await startRedis([
    '--save',
    '',
    '--user',
    'bob',
    'on',
    `>${decodeURIComponent(SECRET)}`,
    '~*',
    '+@all',
    '--user',
    'default',
    'off',
  ]);
  const url = `redis://bob:${SECRET}@127.0.0.1:${redis.port}/orders`;
  const served = startCommand(['serve', url, '--port', '0', '--json']);
  await served.said(/"type":"ready"/);
  expect(served.stdout()).toContain(`"file":"redis://127.0.0.1:${redis.port}/orders"`);
  await redis.kill();
  await served.said(/"type":"redis".+is gone/);
  const failed = await runCommand(['serve', url]);
  const refused = await runCommand(['serve', `redis://bob:wrong-one@127.0.0.1:${redis.port}/orders`]);
  const wrong = await runCommand(['serve', `redis://bob:${SECRET}@127.0.0.1:${redis.port}/orders?x=${SECRET}`]);
  expect([failed.code, refused.code, wrong.code]).toEqual([1, 1, 2]);
  const shown = [
    served.stdout(),
    served.stderr(),
    ...[failed, refused, wrong].flatMap(({ stdout, stderr }) => [stdout, stderr]),
  ];
  expect(shown.join('\n')).not.toMatch(/s3cret|bob|wrong-one/);
});

test('REDIS_URL has the password for its own host and port, and all of it for redis:///STREAM', async () => {
  const redis = await startRedis(['--save', '', '--requirepass', 'abc']);
  const env = { REDIS_URL: `redis://:abc@127.0.0.1:${redis.port}` };
  for (const url of [redis.streamUrl('orders'), 'redis:///orders']) {
    const running = startCommand(['serve', url, '--port', '0'], env);
    await running.said(new RegExp(`Serving redis://127\\.0\\.0\\.1:${redis.port}/orders on`));
    running.process.kill('SIGTERM');
    await running.ended;
  }
  const without = await runCommand(['serve', redis.streamUrl('orders')], { REDIS_URL: '' });
  expect(without.stderr).toMatch(/can’t be used: NOAUTH Authentication required/);
});

test('rediss:// speaks TLS, with a certificate that Node trusts, and with no other', async () => {
  const [cert = '', key = ''] = ['localhost.pem', 'localhost.key'].map((file) => resolve('test/support/servers', file));
  const tls = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert, '--tls-auth-clients', 'no'];
  const redis = await startRedis((port) => ['--save', '', '--port', '0', '--tls-port', String(port), ...tls]);
  const url = `rediss://localhost:${redis.port}/orders`;
  const running = startCommand(['serve', url, '--port', '0'], { NODE_EXTRA_CA_CERTS: cert });
  const [, served = ''] = await running.said(/Serving rediss:\/\/\S+ on (http:\S+)\n/);
  const client = await openClient(served);
  await fetch(served, { method: 'POST', body: 'a' });
  await client.until(() => client.events.length === 1);
  expect((await runCommand(['serve', url])).stderr).toMatch(/can’t be used: .*self.signed certificate/);
});

test.each([
  [['serve', 'redis://localhost:6379'], 'There is no stream. It is a name such as orders: redis://HOST:6379/orders.'],
  [['serve', 'redis://localhost/a', 'b.sse'], 'A Redis stream is served alone.'],
  [['serve', 'redis://localhost/a', '--watch'], '--watch is for files.'],
  [['serve', 'a.sse', '--keep', '5'], '--keep is for a Redis stream: redis://HOST:6379/STREAM.'],
  [['serve', 'redis://localhost/a', '--keep', '0'], '--keep takes a whole number from 1 to 1000000000, not "0".'],
  [['check', 'redis://bob:s3cret@localhost/a'], 'It takes files, and no URL.'],
  [['check', 'valkey://bob:s3cret@localhost/a'], 'It takes files, and no URL.'],
  [
    ['serve', 'valkey://bob:s3cret@localhost/a'],
    'It serves files, folders and redis://HOST:6379/STREAM, also of a Valkey; no other URL.',
  ],
  [
    ['serve', 'a.sse', 'rediss+sentinel://bob:s3cret@localhost/a'],
    'It serves files, folders and redis://HOST:6379/STREAM, also of a Valkey; no other URL.',
  ],
  [
    ['serve', 'redis//bob:s3cret@localhost/a'],
    'It serves files, folders and redis://HOST:6379/STREAM, also of a Valkey; no other URL.',
  ],
  [['play', 'valkey://:s3cret@localhost/a'], 'It takes a FILE; the Redis stream comes behind --to.'],
  [['play', 'redis://bob:s3cret@localhost/a'], 'It takes a FILE; the Redis stream comes behind --to.'],
  [['play', 'a.sse'], '--to takes redis://HOST:6379/STREAM.'],
  [['play', 'a.sse', '--to', 'http://x'], '--to takes redis://HOST:6379/STREAM.'],
])('%j is refused with a sentence', async (words, sentence) => {
  const { code, stderr } = await runCommand(words);
  expect([code, stderr]).toEqual([2, `${sentence} See: sse-counter help ${words[0]}\n`]);
});
