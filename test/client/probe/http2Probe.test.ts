// The probe that asks for a stream over HTTP/2, by servers that speak it well, not at all, or with forbidden headers.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { environmentProxy } from '../../../src/client/http/proxy/environmentProxy';
import { http2Probe } from '../../../src/client/probe/http2Probe';
import { probeStream } from '../../../src/client/probe/probeStream';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { serveHttp2 as serveByHand } from '../../support/servers/forbiddenHeader';
import { setProxies, startProxy } from '../../support/servers/proxyServer';

const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));
const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };

async function portOf(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Starts a server of HTTP/2 and HTTP/1.1 that keeps its requests and counts its sockets. */
async function serveHttp2(answer: (response: Http2ServerResponse) => void) {
  const told = { url: '', requests: [] as Http2ServerRequest[], sockets: 0 };
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    told.requests.push(request);
    answer(response);
  });
  server.on('secureConnection', (socket: Socket) => {
    told.sockets += 1;
    socket.once('close', () => {
      told.sockets -= 1;
    });
  });
  told.url = `https://127.0.0.1:${await portOf(server)}/events?a=1#part`;
  return told;
}

function requestFor(url: string, more: Partial<StreamRequest> = {}): StreamRequest {
  return { method: 'GET', url, headers: [], insecure: true, ...more };
}

function probe(url: string, more: Partial<StreamRequest> = {}, signal = new AbortController().signal, time = 5000) {
  return http2Probe(requestFor(url, more), { signal, proxyFor: environmentProxy }, time, performance.now());
}

test('a server of HTTP/2 is asked once, with the request’s headers but those that are forbidden', async () => {
  const server = await serveHttp2((response) => void response.writeHead(200, STREAM).write('data: 1\n\n'));
  const headers: [string, string][] = [
    ['X-Token', 'é'],
    ['Connection', 'keep-alive'],
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ];
  const { connection, http2 } = await probe(server.url, { headers });
  expect(http2).toEqual({ alpn: 'h2', error: undefined });
  expect(connection).toMatchObject({
    head: { status: 200, httpVersion: '2.0', contentType: 'text/event-stream', charset: 'utf-8', isStream: true },
    end: { cause: 'left' },
  });
  expect(connection.head?.tls?.alpn).toBe('h2');
  expect(connection.head?.headers.map(([name]) => name)).not.toContain(':status');
  const [request] = server.requests;
  expect([request?.method, request?.url, request?.httpVersion, request?.headers.cookie]).toEqual([
    'GET',
    '/events?a=1',
    '2.0',
    'a=1; b=2',
  ]);
  expect(Buffer.from(String(request?.headers['x-token']), 'latin1').toString()).toBe('é');
  expect([request?.headers.accept, request?.headers.connection]).toEqual(['text/event-stream', undefined]);
  await expect.poll(() => server.sockets).toBe(0);
});

test('user and password of the URL are sent as Authorization', async () => {
  const server = await serveHttp2((response) => void response.writeHead(401).end());
  const { connection } = await probe(server.url.replace('://', '://me:s%C3%A9cret@'));
  const [request] = server.requests;
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('me:sécret').toString('base64')}`);
  expect(connection.head).toMatchObject({ status: 401, isStream: false });
  expect(JSON.stringify(connection)).not.toContain('cret');
});

test('a server without HTTP/2 says so, and gets no request', async () => {
  let requests = 0;
  const port = await portOf(createTlsServer({ key, cert }, () => (requests += 1)));
  const { connection, http2 } = await probe(`https://127.0.0.1:${port}/`);
  expect([http2, connection.head, requests]).toEqual([{ alpn: 'http/1.1' }, undefined, 0]);
});

test('a header that HTTP/2 forbids is an error that only HTTP/2 has', async () => {
  const url = await serveByHand({ connection: 'keep-alive' });
  const { connection, http2 } = await probe(url);
  expect(http2).toEqual({ alpn: 'h2', error: 'NGHTTP2_PROTOCOL_ERROR' });
  expect(connection).toMatchObject({ end: { cause: 'failed', code: 'ERR_HTTP2_STREAM_ERROR' } });
  const { evidence } = await probeStream(requestFor(url));
  expect(findingsOf(evidence)).toContainEqual(
    expect.objectContaining({ id: 'forbidden-in-http2', confidence: 'proven' }),
  );
});

test('the same server without that header raises nothing', async () => {
  expect((await probe(await serveByHand({}))).http2).toEqual({ alpn: 'h2', error: undefined });
});

test('a certificate that is not trusted says nothing about HTTP/2', async () => {
  const server = await serveHttp2((response) => void response.end());
  const { connection, http2 } = await probe(server.url, { insecure: false });
  expect([http2, connection.end?.cause, connection.end?.code]).toEqual([
    undefined,
    'failed',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ]);
});

test('a silent server is closed when the time is over', async () => {
  const sockets = new Set<Socket>();
  const silent = createTcpServer((socket) => {
    sockets.add(socket);
    // Read, since the end of one that isn't read goes unnoticed.
    socket.on('close', () => sockets.delete(socket)).resume();
  });
  const port = await portOf(silent);
  const { connection, http2 } = await probe(`https://127.0.0.1:${port}/`, {}, undefined, 200);
  expect([http2, connection.end?.cause]).toEqual([undefined, 'left']);
  await expect.poll(() => sockets.size).toBe(0);
});

test('an abort closes it at once', async () => {
  const controller = new AbortController();
  const server = await serveHttp2(() => controller.abort());
  const { connection } = await probe(server.url, {}, controller.signal, 60_000);
  expect(connection.end?.cause).toBe('left');
  await expect.poll(() => server.sockets).toBe(0);
});

test('it goes through the proxy of the environment', async () => {
  const server = await serveHttp2((response) => void response.writeHead(200, STREAM).write(':\n'));
  const proxy = await startProxy();
  setProxies({ HTTPS_PROXY: `http://${proxy.host}` });
  const { http2, connection } = await probe(server.url.replace('127.0.0.1', 'events.example'));
  expect([http2?.alpn, connection.head?.status]).toEqual(['h2', 200]);
  expect(proxy.asked).toEqual([expect.stringMatching(/^CONNECT events\.example:\d+$/)]);
});

test('a server that ends the connection in place of a response has failed', async () => {
  const server = await serveHttp2((response) => response.stream?.session?.destroy());
  const { connection, http2 } = await probe(server.url);
  expect([http2?.alpn, connection.end?.cause]).toEqual(['h2', 'failed']);
});

test('informational responses are passed over, but not without end', async () => {
  let early = 50;
  const { url } = await serveHttp2(({ stream }) => {
    for (let sent = 0; sent < early; sent += 1) stream.additionalHeaders({ ':status': 103, link: `</${sent}>` });
    if (early < 1000) stream.respond({ ':status': 200, ...STREAM });
  });
  const asked = () => probe(url, {}, undefined, 60_000);
  expect((await asked()).connection.head?.status).toBe(200);
  early = 1000;
  // The server sends nothing more, and the probe would wait for a minute.
  expect((await asked()).connection).toMatchObject({ end: { cause: 'failed', code: 'ECONNRESET' } });
});

test.each([
  ['lists of origins', (session: ServerHttp2Session, sent: number) => session.origin(`https://h${sent}.example`)],
  ['announcements of an end', (session: ServerHttp2Session) => session.goaway()],
])('so are %s, which Node would keep', async (_, send) => {
  let early = 50;
  const { url } = await serveHttp2(({ stream }) => {
    for (let sent = 0; sent < early; sent += 1) send(stream.session as ServerHttp2Session, sent);
    if (early < 1000) stream.respond({ ':status': 200, ...STREAM });
  });
  const asked = () => probe(url, {}, undefined, 60_000);
  expect((await asked()).connection.head?.status).toBe(200);
  early = 1000;
  expect((await asked()).connection.end?.cause).toBe('failed');
});
