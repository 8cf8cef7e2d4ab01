import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const HOST = '127.0.0.1';
/**
 * Maximum number of connections that wait to be accepted; the system may have a lower limit. All clients come back at once
 * after a restart: with Node's default, 511, the last of 2,000 had its headers after 1.4 s, as it tried again after a
 * second; with this after 0.45 s. Of 8,000 within a second, Linux reset some.
 */
const BACKLOG = 4096;

/** The address that the server listens on. */
export interface Listening {
  /** The server's root, with its trailing slash: `http://127.0.0.1:8080/`. */
  url: string;
  port: number;
  /** The wanted port and the reason, if it was refused and `port` is the next free one. */
  instead?: { port: number; code: PortRefusal };
}

/** Reason why a port can't be used: another program listens on it (EADDRINUSE), or the system forbids it (EACCES). */
export type PortRefusal = 'EADDRINUSE' | 'EACCES';

/** Returns which port is refused, and why, without a full stop. */
export function refusalText(port: number, code: PortRefusal): string {
  return `Port ${port} ${code === 'EADDRINUSE' ? 'is in use by another program' : 'is not allowed to you by the system'}`;
}

/** Error for a port that can't be used, where no other may take its place. Its message is a sentence that says what to do. */
export class PortRefusedError extends Error {
  override readonly name = 'PortRefusedError';
  constructor(
    readonly port: number,
    readonly code: PortRefusal,
  ) {
    super(`${refusalText(port, code)}. Choose another, or 0 for any free port.`);
  }
}

/** Options of listening. */
export interface ListenOptions {
  /** Whether a refused port is an error; else the next free one takes its place. Default: false. */
  exact?: boolean;
  /** Time for which the wanted port is tried again while it is in use, in milliseconds. Default: 0. */
  retryTime?: number;
}

/** Delay before a port in use is tried again, in milliseconds. */
const RETRY_DELAY = 100;

/** Error that `listen` rejects with if the server was closed first. */
export class ServerClosedError extends Error {
  override readonly name = 'ServerClosedError';
  constructor() {
    super('The server was closed before it listened.');
  }
}

/**
 * Listens on the loopback interface, on the wanted port or, if that is refused, on the next free one.
 * @param wanted 0 to 65535; 0 stands for any free port
 * @throws {ServerClosedError} if `isClosed` became true; the server may be listening by then
 * @throws {PortRefusedError} if the port is refused, with the option `exact`; else the system's error
 */
export async function listen(
  server: Server,
  wanted: number,
  isClosed: () => boolean,
  { exact = false, retryTime = 0 }: ListenOptions = {},
): Promise<Listening> {
  const end = performance.now() + retryTime;
  let refusal: PortRefusal | undefined;
  for (let port = wanted; ; port = port === 65_535 ? 0 : port + 1) {
    let code = await tryPort(server, port, isClosed);
    while (code === 'EADDRINUSE' && port === wanted && performance.now() < end) {
      await pause(RETRY_DELAY);
      code = await tryPort(server, port, isClosed);
    }
    if (code === undefined) break;
    if (exact) throw new PortRefusedError(port, code);
    refusal ??= code;
  }
  if (isClosed()) throw new ServerClosedError();
  const { port } = server.address() as AddressInfo;
  const url = `http://${HOST}:${port}/`;
  return refusal ? { url, port, instead: { port: wanted, code: refusal } } : { url, port };
}

/** Resolves with the reason why the port is refused; undefined if the server listens on it now. */
async function tryPort(server: Server, port: number, isClosed: () => boolean): Promise<PortRefusal | undefined> {
  if (isClosed()) throw new ServerClosedError();
  if (await isTaken(port)) return 'EADDRINUSE';
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      // Any free port (0) refused: there is no next one to try.
      if (port > 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(error.code);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(undefined);
    };
    server.once('error', onError).once('listening', onListening).listen({ port, host: HOST, backlog: BACKLOG });
  });
}

/** Time after which a program that doesn't accept a connection is assumed to be busy or stopped, in milliseconds. */
const CONNECT_TIMEOUT = 500;

/**
 * Whether a program answers on the port. macOS lets us listen on 127.0.0.1 although another program listens on all
 * addresses, and we would get the requests of its clients. Windows doesn't, and takes two seconds to report that nothing
 * answers.
 */
function isTaken(port: number): Promise<boolean> {
  if (port === 0 || process.platform === 'win32') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    const onAnswer = () => {
      socket.destroy();
      resolve(true);
    };
    socket.once('error', () => resolve(false));
    socket.once('connect', onAnswer).setTimeout(CONNECT_TIMEOUT, onAnswer);
  });
}
