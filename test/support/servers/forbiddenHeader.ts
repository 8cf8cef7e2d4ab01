// A server of HTTP/2 by hand: no library sends a header that is forbidden there.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

const [SETTINGS, HEADERS, DATA] = [4, 1, 0];
const [ACK, END_STREAM, END_HEADERS] = [1, 1, 4];
/** Field `:status: 200` of HPACK's static table. */
const STATUS_200 = 0x88;
/** Size of what a client sends first, before its frames. */
const PREFACE = 24;
const BODY = 'data: 1\n\n';

/**
 * Starts a TLS server with HTTP/2 and HTTP/1.1 that answers each request with a stream; it is closed with the test.
 * @param headers that it sends over HTTP/2 @returns its address
 */
export async function serveHttp2(headers: Record<string, string>): Promise<string> {
  const [key, cert] = ['key', 'pem'].map((kind) => readFileSync(`test/support/servers/localhost.${kind}`));
  const server = createServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', () => {});
    if (socket.alpnProtocol === 'h2') answerHttp2(socket, headers);
    else
      socket.once('data', () => {
        socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n${BODY}`);
      });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function answerHttp2(socket: TLSSocket, headers: Record<string, string>): void {
  socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)));
  let bytes = Buffer.alloc(0);
  let isBegun = false;
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!isBegun && bytes.length >= PREFACE) [isBegun, bytes] = [true, bytes.subarray(PREFACE)];
    while (isBegun && bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
      const [type, flags, stream] = [bytes[3], bytes[4], bytes.readUInt32BE(5)];
      bytes = bytes.subarray(9 + bytes.readUIntBE(0, 3));
      if (type === SETTINGS && flags !== ACK) socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
      if (type !== HEADERS) continue;
      socket.write(frame(HEADERS, END_HEADERS, stream, fields({ 'content-type': 'text/event-stream', ...headers })));
      socket.write(frame(DATA, END_STREAM, stream, Buffer.from(BODY)));
    }
  });
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Returns the fields as literals with names of their own, which need no table (RFC 7541 §6.2.2). */
function fields(headers: Record<string, string>): Buffer {
  const literals = Object.entries(headers).map(([name, value]) => {
    return Buffer.from([0, name.length, ...Buffer.from(name), value.length, ...Buffer.from(value)]);
  });
  return Buffer.concat([Buffer.from([STATUS_200]), ...literals]);
}

/** Asks over HTTP/2. Resolves with the protocol that TLS chose, and with the error's message if there is one. */
export async function askHttp2(url: string): Promise<{ alpn: string; error?: string | undefined }> {
  const session = connectHttp2(url, { rejectUnauthorized: false });
  onTestFinished(() => session.destroy());
  session.on('error', () => {});
  const stream = session.request({ ':path': '/', accept: 'text/event-stream' });
  const error = await new Promise<string | undefined>((resolve) => {
    stream.once('error', ({ message }: Error) => resolve(message)).once('end', () => resolve(undefined));
    stream.resume().end();
  });
  return { alpn: session.alpnProtocol ?? '', error };
}
