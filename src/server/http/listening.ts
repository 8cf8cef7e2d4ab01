import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

const HOST = '127.0.0.1';

/** Where the server listens. */
export interface Listening {
  /** The server's root, with its closing slash: `http://127.0.0.1:8080/`. */
  url: string;
  port: number;
  /** Set when the wanted port was refused and `port` is the next free one. */
  instead?: { port: number; code: PortRefusal };
}

/** EADDRINUSE: another program listens there. EACCES: the system forbids it. */
export type PortRefusal = 'EADDRINUSE' | 'EACCES';

/** `listen` rejects with it when the server was closed first. */
export class ServerClosedError extends Error {
  override readonly name = 'ServerClosedError';
  constructor() {
    super('The server was closed before it listened.');
  }
}

/**
 * Listens on the loopback interface, on the port or where that is refused on the next free one.
 * @param wanted 0 to 65535; 0 stands for any free one
 * @throws {ServerClosedError} when `isClosed` became true; the server may listen by then. Else what the system says
 */
export async function listen(server: Server, wanted: number, isClosed: () => boolean): Promise<Listening> {
  let refusal: PortRefusal | undefined;
  for (let port = wanted; ; port = port === 65_535 ? 0 : port + 1) {
    if (isClosed()) throw new ServerClosedError();
    const code = (await isTaken(port)) ? 'EADDRINUSE' : await tryPort(server, port);
    if (code === undefined) break;
    refusal ??= code;
  }
  if (isClosed()) throw new ServerClosedError();
  const { port } = server.address() as AddressInfo;
  const url = `http://${HOST}:${port}/`;
  return refusal ? { url, port, instead: { port: wanted, code: refusal } } : { url, port };
}

/** Resolves with why the port is refused, or with nothing when the server has it now. */
function tryPort(server: Server, port: number): Promise<PortRefusal | undefined> {
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
    server.once('error', onError).once('listening', onListening).listen(port, HOST);
  });
}

/** A program that doesn't take a connection within this, in milliseconds, is there, but busy or stopped. */
const CONNECT_PATIENCE = 500;

/**
 * Whether a program answers on the port. macOS lets us listen on 127.0.0.1 beside one that listens on all addresses,
 * and we would get what its clients send. Windows doesn't, and takes two seconds to say that no one answers.
 */
function isTaken(port: number): Promise<boolean> {
  if (port === 0 || process.platform === 'win32') return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    const isThere = () => {
      socket.destroy();
      resolve(true);
    };
    socket.once('error', () => resolve(false));
    socket.once('connect', isThere).setTimeout(CONNECT_PATIENCE, isThere);
  });
}
