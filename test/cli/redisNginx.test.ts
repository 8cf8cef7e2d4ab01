// examples/scale-out: two processes behind nginx, as docs/scale-out.md says.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startServe } from '../support/programs/commandLine';
import { startNginx } from '../support/servers/nginx';
import { startRedis } from '../support/servers/redis';
import { openClient } from '../support/servers/streamClient';
import { freePort } from '../support/servers/testServer';

test('behind the example’s nginx, a client resumes at the other process when its own is killed', async () => {
  const redis = await startRedis();
  const servers = [await startServe(redis.streamUrl('orders')), await startServe(redis.streamUrl('orders'))];
  const port = await freePort();
  const ports = new Map([
    ['8080', String(port)],
    ...['8081', '8082'].map((name, n): [string, string] => [name, new URL(servers[n]?.url ?? '').port]),
  ]);
  const example = readFileSync('examples/scale-out/nginx.conf', 'utf8');
  const nginx = await startNginx(
    '',
    example.replace(/\b808[012]\b/g, (name) => ports.get(name) ?? name),
  );
  onTestFinished(() => nginx.stop());
  const url = `http://127.0.0.1:${port}/event`;
  const publish = async (data: string) => expect((await fetch(url, { method: 'POST', body: data })).status).toBe(200);

  const clients = [await openClient(url), await openClient(url)];
  await publish('1');
  await Promise.all(clients.map((client) => client.until(() => client.events.length === 1)));
  const [first] = servers;
  const killed = first && once(first.process, 'exit');
  first?.process.kill('SIGKILL');
  // A publication that is on its way to it would get 502 from nginx, as it may have been published.
  await killed;
  // The connections are spread: one of the two has lost its own.
  await Promise.race(clients.map((client) => client.until(() => !client.isOpen)));
  expect(clients.filter(({ isOpen }) => isOpen).length).toBe(1);
  await publish('2');
  await Promise.all(clients.filter(({ isOpen }) => !isOpen).map((client) => client.open(url)));
  await publish('3');
  for (const client of clients) {
    await client.until(() => client.events.length === 3);
    expect(client.data).toEqual(['1', '2', '3']);
  }
});
