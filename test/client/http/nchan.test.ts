import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { findNchan } from '../../../scripts/install/nginx.mjs';
import type { Inspection } from '../../../src/client/inspection';
import { dataOf, inspect, openInspection } from '../../support/client/inspectStream';
import { expectSameAgain, saved } from '../../support/mock/rerecording';
import { isListening } from '../../support/servers/testServer';

const COUNT = 20;

/** Configuration with one process, and nothing outside of its folder. `/brief` ends a stream after a second. */
const configuration = (module: string, port: number) => `
  load_module "${module}";
  daemon off;
  master_process off;
  pid nginx.pid;
  error_log stderr;
  events {}
  http {
    access_log off;
    client_body_temp_path temp;
    proxy_temp_path temp;
    fastcgi_temp_path temp;
    uwsgi_temp_path temp;
    scgi_temp_path temp;
    server {
      listen 127.0.0.1:${port};
      nchan_subscriber_first_message oldest;
      nchan_message_buffer_length ${COUNT};
      location = /publish { nchan_channel_id test; nchan_publisher; }
      location = /subscribe { nchan_channel_id test; nchan_subscriber eventsource; }
      location = /brief { nchan_channel_id test; nchan_subscriber eventsource; nchan_subscriber_timeout 1; }
    }
  }`;

/** Starts an nginx with nchan on a free port, which is stopped after the test. */
async function startNginx(): Promise<{ port: number; url: string }> {
  const nchan = findNchan();
  if (!nchan) throw new Error('nginx with nchan is not here yet: `npm test` fetches it.');
  const folder = mkdtempSync(join(tmpdir(), 'nchan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(nchan.module, port));
  const env = { ...process.env, LD_LIBRARY_PATH: nchan.libraries };
  const nginx = spawn(nchan.nginx, ['-p', folder, '-c', file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  nginx.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(nginx, 'close');
  onTestFinished(async () => {
    // When asked to stop, nchan in a single process frees its memory twice.
    nginx.kill('SIGKILL');
    await ended;
  });
  while (!(await isListening(port))) {
    const early = await Promise.race([ended, delay(10)]);
    if (early) throw new Error(`nginx has ended: ${errors}`);
  }
  return { port, url: `http://127.0.0.1:${port}/` };
}

/** Returns a free port for the configuration: nginx can't let the system choose one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The status of nchan's channel. */
interface Channel {
  subscribers: number;
  last_message_id: string;
}

async function askChannel(url: string, options: RequestInit = {}): Promise<Channel> {
  const headers = { ...options.headers, Accept: 'text/json' };
  const response = await fetch(`${url}publish`, { ...options, headers });
  expect(response.ok).toBe(true);
  return (await response.json()) as Channel;
}

/** Publishes an event. @returns the id that nchan gave it */
async function publish(url: string, data: string, event?: string): Promise<string> {
  const headers = event === undefined ? {} : { 'X-EventSource-Event': event };
  return (await askChannel(url, { method: 'POST', headers, body: data })).last_message_id;
}

/** Publishes these numbers. @returns the ids */
async function publishNumbers(url: string, first: number, last: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = first; n <= last; n += 1) ids.push(await publish(url, `${n}\nof ${COUNT}`, 'tick'));
  return ids;
}

function expectNumbers(inspection: Inspection, ids: string[]): void {
  expect(dataOf(inspection)).toEqual(ids.map((_, index) => `${index + 1}\nof ${COUNT}`));
  const events = ids.map((_, index) => inspection.history.get(index + 1));
  expect(events.map((event) => event?.id)).toEqual(ids);
  expect(new Set(events.map((event) => event?.event))).toEqual(new Set(['tick']));
}

/** Resolves with everything up to the end of a text. */
async function* upTo(text: string, chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let all = '';
  for await (const chunk of chunks) {
    const sent = all.length;
    all += chunk;
    const found = all.indexOf(text);
    yield all.slice(sent, found === -1 ? undefined : found + text.length);
    if (found !== -1) return;
  }
}

/** Starts a proxy to the port; it breaks the first connection as soon as a text has come. @returns its URL */
async function startBreaking(port: number, text: string): Promise<string> {
  let connections = 0;
  const server = createServer((client) => {
    const nginx = connect(port, '127.0.0.1').setEncoding('utf8');
    client.pipe(nginx);
    connections += 1;
    const source = connections === 1 ? upTo(text, nginx) : nginx;
    // When one side ends, in any way, the other does, too.
    pipeline(source, client, () => nginx.destroy());
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a stream of nchan is read: type, id, and data of several lines', async () => {
  const { url } = await startNginx();
  const ids = await publishNumbers(url, 1, COUNT);
  expectNumbers(await inspect(`${url}subscribe`, COUNT), ids);
});

test('an event without a type from nchan is a message, and comes while the stream is open', async () => {
  const { url } = await startNginx();
  await publish(url, 'before');
  const { inspection, until } = openInspection(`${url}subscribe`);
  await until(() => inspection.history.count === 1);
  const id = await publish(url, 'after');
  await until(() => inspection.history.count === 2);
  expect(dataOf(inspection)).toEqual(['before', 'after']);
  expect(inspection.history.get(2)).toMatchObject({ event: 'message', id });
});

test('no event is lost or repeated after nchan has ended the stream', async () => {
  const { url } = await startNginx();
  const ids = await publishNumbers(url, 1, 7);
  const { inspection, until } = openInspection(`${url}brief`, { reconnect: true });
  await until(() => inspection.status.state === 'waiting');
  expect(inspection.status).toMatchObject({ end: { cause: 'end' }, unfinished: false, lastEventId: ids[6] });
  ids.push(...(await publishNumbers(url, 8, COUNT)));
  inspection.reconnectNow();
  await until(() => inspection.history.count >= COUNT);
  expectNumbers(inspection, ids);
});

test('no event is lost or repeated after a stream of nchan has broken in the middle of an event', async () => {
  const { port, url } = await startNginx();
  const ids = await publishNumbers(url, 1, 7);
  const breaking = await startBreaking(port, 'data: 7\ndata: o');
  const { inspection, until } = openInspection(`${breaking}subscribe`, { reconnect: true });
  await until(() => inspection.status.state === 'waiting');
  expect(inspection.status).toMatchObject({ unfinished: true, lastEventId: ids[5] });
  ids.push(...(await publishNumbers(url, 8, COUNT)));
  inspection.reconnectNow();
  await until(() => inspection.history.count >= COUNT);
  expectNumbers(inspection, ids);
});

test('a closed inspection ends its request: nchan has no subscriber left', async () => {
  const { url } = await startNginx();
  await publish(url, 'one');
  const inspection = await inspect(`${url}subscribe`, 1);
  expect(await askChannel(url)).toMatchObject({ subscribers: 1 });
  inspection.close();
  while ((await askChannel(url)).subscribers > 0) await delay(5);
});

test('a recording of nchan is the same when it is served by the mock and recorded again', async () => {
  const { url } = await startNginx();
  const { inspection, until } = openInspection(`${url}subscribe`);
  await until(() => inspection.status.state === 'open');
  for (let n = 1; n <= COUNT; n += 1) {
    await publish(url, `${n}\nof ${COUNT}`, 'tick');
    await delay(10);
  }
  await until(() => inspection.history.count === COUNT);
  await expectSameAgain(saved(inspection));
});
