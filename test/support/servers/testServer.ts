import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, createServer as createNetServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Connection } from '../../../src/server/http/connection';
import type { SseServer } from '../../../src/server/sseServer';
import { newServer, type ServerOptions } from './newServer';

export interface TestServer {
  server: SseServer;
  port: number;
  url: string;
  /** Connections reported by the server's callbacks, in order. */
  opened: Connection[];
  closed: Connection[];
  refusals: string[];
  errors: unknown[];
}

export function createServer(options: ServerOptions = {}): Omit<TestServer, 'port' | 'url'> {
  const [opened, closed]: [Connection[], Connection[]] = [[], []];
  const [refusals, errors]: [string[], unknown[]] = [[], []];
  const server = newServer({
    onOpen: (connection) => opened.push(connection),
    onClose: (connection) => closed.push(connection),
    onRefuse: ({ reason }) => refusals.push(reason),
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => server.close());
  return { server, opened, closed, refusals, errors };
}

/** Starts a server on a free port; it is closed when the test is over. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const test = createServer(options);
  const { port, url } = await test.server.listen(0);
  return { ...test, port, url };
}

/**
 * Resolves with a port on which nothing listens. It is outside of the range from which systems assign ports, so that the
 * many sockets of concurrent tests don't get it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const probe = createNetServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

/** Options of a request. Default: GET, without a body. */
export type Question = RequestOptions & { body?: string | Uint8Array };

export interface Stream {
  response: IncomingMessage;
  /** Returns the text received so far. */
  text(): string;
  /** Resolves with the text received up to and including `end`, as soon as that has been received. */
  until(end: string): Promise<string>;
  /** Resolves with the whole body when the server has ended it properly. */
  whole: Promise<string>;
}

/** Opens a stream and resolves when its headers have been received. */
export async function openStream(url: string, { body, ...options }: Question = {}): Promise<Stream> {
  const asked = request(url, { agent: false, ...options }).end(body);
  asked.on('error', () => asked.destroy());
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const whole = new Promise<string>((resolve, reject) => {
    response.once('end', () => resolve(text)).once('error', reject);
  });
  // A test that abandons a stream ignores its end.
  whole.catch(() => undefined);
  const until = async (end: string) => {
    while (!text.includes(end)) {
      if (response.complete || response.destroyed) throw new Error(`The stream ended with ${JSON.stringify(text)}.`);
      await Promise.race([once(response, 'data'), whole]);
    }
    return text.slice(0, text.indexOf(end) + end.length);
  };
  return { response, text: () => text, until, whole };
}

/** Makes a request and resolves with the complete response. */
export async function ask(
  url: string,
  { body: sent, ...options }: Question = {},
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: string }> {
  const asked = request(url, { agent: false, ...options }).end(sent);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** Sends raw bytes, and resolves with everything received until the server closes the connection. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = await connectTo(port);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.end(text, 'latin1');
  await once(socket, 'close');
  return answer;
}

export async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Whether something listens on the port. */
export async function isListening(port: number): Promise<boolean> {
  try {
    (await connectTo(port)).destroy();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
    throw error;
  }
}

/** Resolves when the condition holds; limited only by the test's own timeout. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
