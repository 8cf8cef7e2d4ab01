import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Types of frames (RFC 9113 §6). */
const [HEADERS, SETTINGS] = [1, 4];
const [ACK, END_HEADERS] = [1, 4];
/** First bytes of a client. */
const PREFACE = 24;
const FRAME_HEAD = 9;

const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));

/**
 * Starts a server that speaks HTTP/2 with the given headers, even those that are forbidden there, and over HTTP/1.1 passes on to
 * another. It is closed with the test.
 * @param behind URL of a server with the stream
 * @returns its URL
 */
export async function serveIllHttp2(headers: [string, string][], behind: string): Promise<string> {
  const server = createServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (socket.alpnProtocol === 'h2') speak(socket, headers);
    else pass(socket, behind);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
}

function speak(socket: TLSSocket, headers: [string, string][]): void {
  let bytes = Buffer.alloc(0);
  let isBegun = false;
  socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)));
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!isBegun && bytes.length < PREFACE) return;
    if (!isBegun) bytes = bytes.subarray(PREFACE);
    isBegun = true;
    while (bytes.length >= FRAME_HEAD && bytes.length >= FRAME_HEAD + bytes.readUIntBE(0, 3)) {
      const [type, flags, stream] = [bytes[3], bytes[4] ?? 0, bytes.readUInt32BE(5)];
      bytes = bytes.subarray(FRAME_HEAD + bytes.readUIntBE(0, 3));
      if (type === SETTINGS && (flags & ACK) === 0) socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
      // 0x88: `:status: 200` of HPACK's static table (RFC 7541, appendix A).
      const head = Buffer.concat([Buffer.from([0x88]), ...headers.map(literal)]);
      if (type === HEADERS) socket.write(frame(HEADERS, END_HEADERS, stream, head));
    }
  });
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUIntBE(payload.length, 0, 3);
  [head[3], head[4]] = [type, flags];
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Returns a header that isn't indexed (RFC 7541 §6.2.2), of less than 127 bytes each. */
function literal([name, value]: [string, string]): Buffer {
  const text = (part: string) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]);
  return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

/** Answers a request of HTTP/1.1 as the other server does. */
function pass(socket: Socket, behind: string): void {
  socket.once('data', (chunk: Buffer) => {
    const [method = 'GET'] = chunk.toString().split(' ');
    const onward = request(behind, { method, headers: { Accept: 'text/event-stream' } }, (response) => {
      socket.write(`HTTP/1.1 ${response.statusCode} OK\r\nContent-Type: ${response.headers['content-type']}\r\n`);
      socket.write('Connection: close\r\n\r\n');
      response.pipe(socket);
    });
    socket.once('close', () => onward.destroy());
    onward.on('error', () => socket.destroy()).end();
  });
}
