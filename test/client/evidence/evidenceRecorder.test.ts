import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { ConnectionEvidence, Evidence } from '../../../src/analysis/evidence/evidence';
import { EvidenceRecorder } from '../../../src/client/evidence/evidenceRecorder';
import { connection, evidenceOf, probe } from '../../support/evidence/evidence';
import { readEvidence } from '../../support/evidence/readEvidence';

const HEAD = { 'Content-Type': 'text/event-stream' };

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((...both) => void answer(...both)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Serves chunks one by one, each 20 ms behind the one before, and ends. */
function serveChunks(...chunks: (string | Buffer)[]): Promise<string> {
  return serve(async (_request, response) => {
    response.writeHead(200, HEAD).flushHeaders();
    for (const chunk of chunks) {
      await setTimeout(20);
      response.write(chunk);
    }
    response.end();
  });
}

/** Lets a server wait until its client has read so far: on a busy machine, two chunks may be read as one. */
function reader() {
  const seen = new EventEmitter();
  let latest: ConnectionEvidence | undefined;
  return {
    until: ({ connections: [connection] }: Evidence) => {
      latest = connection;
      return seen.emit('read') && false;
    },
    hasRead: async (isSo: (connection: ConnectionEvidence) => boolean) => {
      while (!latest || !isSo(latest)) await once(seen, 'read');
    },
  };
}

function first({ connections: [connection] }: Evidence): ConnectionEvidence {
  if (!connection) throw new Error('There was no connection.');
  return connection;
}

test('notes the request, the head and the end', async () => {
  const url = await serveChunks('data: 1\n\n');
  const request = { headers: [['Authorization', 'Bearer s3cret']] as [string, string][] };
  const evidence = await readEvidence(url, { request, lastEventId: '7' });
  const { request: asked, head, end } = first(evidence);
  expect(asked).toEqual({
    method: 'GET',
    origin: new URL(url).origin,
    hasBody: false,
    headers: ['authorization'],
    accept: 'text/event-stream',
    acceptEncoding: '',
    fromOrigin: '',
    lastEventId: '7',
  });
  expect(head).toMatchObject({ status: 200, httpVersion: '1.1', contentType: 'text/event-stream', isStream: true });
  expect(end).toMatchObject({ cause: 'end', unfinished: false });
  expect(head?.at).toBeLessThan(end?.at ?? 0);
  expect(JSON.stringify(evidence)).not.toContain('s3cret');
});

test('notes each chunk before its coding is undone, with its first and last bytes', async () => {
  const { hasRead, until } = reader();
  const url = await serve(async (_request, response) => {
    response.writeHead(200, { ...HEAD, 'Content-Encoding': 'gzip' }).flushHeaders();
    const gzip = createGzip();
    gzip.pipe(response);
    for (const data of [1, 2]) {
      gzip.write(`data: ${data}\n\n`);
      gzip.flush();
      await hasRead(({ eventCount }) => eventCount === data);
    }
    gzip.end();
  });
  const { chunks, received, eventCount, head } = first(await readEvidence(url, { until }));
  expect(head?.encoding).toBe('gzip');
  expect(chunks[0]?.first).toMatch(/^1f8b/);
  expect(chunks.filter(({ last }) => last === '0000ffff')).toHaveLength(2);
  expect(chunks.map(({ number }) => number)).toEqual(chunks.map((_, index) => index + 1));
  expect(received).toEqual({ chunks: chunks.length, bytes: chunks.reduce((sum, { size }) => sum + size, 0) });
  expect(eventCount).toBe(2);
});

test('keeps the first 4,096 chunks and the last 4,096, each with its number', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, HEAD);
    response.socket?.setNoDelay();
    for (let n = 1; n <= 10_000; n += 1) response.write(`data: ${n}\n\n`);
    response.end();
  });
  const { chunks, received, events, eventCount } = first(await readEvidence(url));
  expect(received.chunks).toBe(10_000);
  expect(chunks).toHaveLength(8192);
  expect(chunks.map(({ number }) => number)).toEqual(
    Array.from({ length: 8192 }, (_, index) => (index < 4096 ? index + 1 : index + 1 + 10_000 - 8192)),
  );
  expect(chunks.at(-1)).toMatchObject({ size: 'data: 10000\n\n'.length, first: '64617461', last: '30300a0a' });
  expect([eventCount, events.length, events.at(-1)?.number]).toEqual([10_000, 1000, 10_000]);
});

test('notes lines and blocks that clients ignore, each with its position', async () => {
  const before = 'data: 1\n\n';
  const url = await serveChunks(
    before,
    '{"error":{"code":-32603}}\n\nevent: complete\n\nretry: 3s\nretry: 1500\nid: a\0b\n\nid\n\n: comment\n',
  );
  const { text } = first(await readEvidence(url));
  expect(text.ignored).toEqual({ count: 1, first: [{ position: before.length, text: '{"error":{"code":-32603}}' }] });
  expect(text.withoutData).toMatchObject({ count: 1, first: [{ text: 'complete' }] });
  expect(text.badRetry).toMatchObject({ count: 1, first: [{ text: '3s' }] });
  expect(text.retries).toEqual([1500]);
  expect([text.nulIds.count, text.emptyIds.count, text.comments.count, text.nuls.count]).toEqual([1, 1, 1, 1]);
});

test('notes lines that were lost from a JSON text', async () => {
  const before = '{"error":1}\n\n';
  const url = await serveChunks(before, 'data: {\n"a": 1\n}\n\n', 'data: {"b":2}\nx\n\n', 'trace: 1\ndata: {c}\n\n');
  const { lost, ignored } = first(await readEvidence(url)).text;
  expect(lost).toEqual({ count: 1, lines: 2, first: [{ position: before.length, text: '{' }] });
  expect(ignored.count).toBe(5);
});

test('notes events that tell of an error, and none that say there is no error', async () => {
  const url = await serveChunks(
    'event: error\ndata: Too many requests\n\n',
    'data: {"error":{"message":"The model is overloaded"}}\n\n',
    'data: {"error":null,"text":"a"}\n\ndata: {"errors":0,"error":false}\n\ndata: {"text":"\\"error\\""}\n\n',
  );
  const { errors } = first(await readEvidence(url)).text;
  expect(errors.first.map(({ text }) => text)).toEqual(['Too many requests', 'The model is overloaded']);
});

test('notes bytes that are not UTF-8, also at the end of a chunk, but no character that a chunk cuts', async () => {
  const euro = Buffer.from('€');
  const fine = await serveChunks('data: ', euro.subarray(0, 1), euro.subarray(1), '\n\n');
  expect(first(await readEvidence(fine)).text.notUtf8.count).toBe(0);
  const latin = await serveChunks('data: caf', Buffer.from([0xe9]), '\n\n');
  expect(first(await readEvidence(latin)).text.notUtf8).toEqual({ count: 1, first: [{ position: 9, text: 'e90a0a' }] });
});

test('tells when a blank line comes later than the fields that it ends', async () => {
  const { hasRead, until } = reader();
  const url = await serve(async (_request, response) => {
    response.writeHead(200, HEAD);
    let sent = 0;
    for (const chunk of ['data: 1\n', '\ndata: 2\n', '\n', 'data: 3\n\n']) {
      response.write(chunk);
      sent += chunk.length;
      await hasRead(({ received }) => received.bytes === sent);
      await setTimeout(20);
    }
    response.end();
  });
  const { events } = first(await readEvidence(url, { until }));
  expect(events.map(({ endLateBy }) => endLateBy !== undefined)).toEqual([true, true, false]);
  expect(events[0]?.endLateBy).toBeGreaterThan(10);
});

test('reads the time at which an event was made from its data or id', async () => {
  const [iso, milliseconds] = ['2026-11-27T09:00:00.000Z', Date.UTC(2026, 10, 27, 9)];
  const url = await serveChunks(
    `data: ${iso}\n\ndata: {"ts":${milliseconds / 1000}}\n\nid: ${milliseconds}-0\ndata: x\n\ndata: {"time":"${iso}"}\n\ndata: 1\n\n`,
  );
  const { events } = first(await readEvidence(url));
  expect(events.map(({ madeAt }) => madeAt)).toEqual([...Array(4).fill(milliseconds), undefined]);
});

test('tells how long the block in progress has been waiting for its blank line', async () => {
  const url = await serve(
    (_request, response) => void response.writeHead(200, HEAD).write('data: 1\n\ndata: 2\ndata: 3\n'),
  );
  const { text, end } = first(await readEvidence(url, { until: (evidence) => first(evidence).text.open.lines === 2 }));
  expect(text.open).toMatchObject({ lines: 2, bytes: 16 });
  expect(end).toMatchObject({ cause: 'left', unfinished: true });
});

test('tells a cut from an end, and positions go on over connections', async () => {
  let count = 0;
  const url = await serve((_request, response) => {
    count += 1;
    if (count === 3) return void response.writeHead(204).end();
    response.writeHead(200, HEAD).write(`retry: 1\nid: ${count}\ndata\n\n`, () => {
      if (count === 1) response.destroy();
      else response.end();
    });
  });
  const { connections } = await readEvidence(url, { reconnect: true });
  expect(connections.map(({ end }) => end?.cause)).toEqual(['cut', 'end', 'end']);
  expect(connections.map(({ request }) => request.lastEventId)).toEqual(['', '1', '2']);
  const size = 'retry: 1\nid: 1\ndata\n\n'.length;
  expect(connections.map(({ text }) => text.start)).toEqual([0, size, 2 * size]);
});

test('keeps the first connection and the latest 31', async () => {
  let count = 0;
  const url = await serve((_request, response) => {
    count += 1;
    if (count > 40) response.writeHead(204).end();
    else response.writeHead(200, HEAD).end('retry: 1\n\n');
  });
  const { connections, omitted } = await readEvidence(url, { reconnect: true });
  expect([connections.length, omitted]).toEqual([32, 9]);
  expect(connections.map(({ number }) => number)).toEqual([1, ...Array.from({ length: 31 }, (_, index) => index + 11)]);
});

test('names the issuer of the certificate', async () => {
  const [key, cert] = ['key', 'pem'].map((end) =>
    readFileSync(new URL(`../../support/servers/localhost.${end}`, import.meta.url)),
  );
  const server = createSecureServer({ key, cert }, (_request, response) => void response.writeHead(200, HEAD).end());
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { head } = first(await readEvidence(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  expect(head?.tls).toEqual({ issuer: expect.stringMatching(/./), alpn: 'http/1.1' });
});

test('notes the times at which our own event loop was blocked', async () => {
  const url = await serve((_request, response) => void response.writeHead(200, HEAD).write('data\n\n'));
  const evidence = await readEvidence(url, {
    within: 800,
    until: ({ connections, stalls }) => {
      if (stalls.length === 0 && (connections[0]?.eventCount ?? 0) > 0) {
        const until = performance.now() + 300;
        while (performance.now() < until);
      }
      return false;
    },
  });
  const longest = Math.max(...evidence.stalls.map(({ length }) => length));
  expect(longest).toBeGreaterThan(150);
});

test('takes over what probes have found, with their times on its own clock', () => {
  const recorder = new EvidenceRecorder({ method: 'GET', url: 'http://localhost/', headers: [], insecure: false });
  onTestFinished(() => recorder.close());
  const { startedAt } = recorder.snapshot();
  const second = probe('second', connection({ requestedAt: 300 }));
  recorder.addProbes({ ...evidenceOf([connection()], { probes: [second] }), startedAt: startedAt + 20_000 });
  const { probes } = recorder.snapshot();
  expect(probes.map(({ kind, connection: { requestedAt } }) => [kind, requestedAt])).toEqual([
    ['again', 20_000],
    ['second', 20_300],
  ]);
});
