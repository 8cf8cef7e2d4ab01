import { EventEmitter, once } from 'node:events';
import { copyFile, mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';

/** The packed extension, as VS Code installs it. */
export const BRIDGE_VSIX = 'test-results/test-bridge.vsix';
/** Maximum time until a window's extension host is there, in milliseconds. */
const TIMEOUT = 60_000;

/** Builds and packs the extension; called by Playwright once, before all tests. */
export default async function packBridge(): Promise<void> {
  const folder = 'test-results/bridge';
  await mkdir(folder, { recursive: true });
  await copyFile('test/e2e/bridge/package.json', `${folder}/package.json`);
  await build({
    entryPoints: ['test/e2e/bridge/extension.ts'],
    outfile: `${folder}/extension.cjs`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
  });
  const flags = { dependencies: false, allowMissingRepository: true, skipLicense: true, allowStarActivation: true };
  await createVSIX({ cwd: folder, packagePath: resolve(BRIDGE_VSIX), ...flags });
}

interface Answer {
  id: number;
  error?: string;
}

/** A connection to the windows of a VS Code with the test's extension, for running commands. */
export class Bridge {
  readonly #server: Server;
  /** The running extension hosts, with their windows' folders; two windows may show the same folder. */
  #hosts: { folder: string; socket: Socket }[] = [];
  readonly #sockets = new Set<Socket>();
  /** The commands in progress, with the sockets of their hosts. */
  readonly #running = new Map<number, Socket>();
  /** Emits `host` when one has connected, and the number of each command that is done, with its result. */
  readonly #events = new EventEmitter();
  #commands = 0;

  private constructor(server: Server) {
    this.#server = server.on('connection', (socket) => this.#welcome(socket));
  }

  static async open(): Promise<Bridge> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Bridge(server);
  }

  /** Environment variables of VS Code by which the extension finds this process. */
  get env(): Record<string, string> {
    return { TEST_BRIDGE_PORT: String((this.#server.address() as AddressInfo).port) };
  }

  /** Resolves with the newest extension host of the folder as soon as there is one other than `before`. */
  async host(folder: string, before?: Socket): Promise<Socket> {
    const signal = AbortSignal.timeout(TIMEOUT);
    for (;;) {
      const host = this.#hosts.findLast((host) => host.folder === folder)?.socket;
      if (host && host !== before) return host;
      await once(this.#events, 'host', { signal });
    }
  }

  /** Runs a command by its id. Resolves when it is done; rejects when it throws, or its host ends. */
  async execute(folder: string, command: string, ...args: unknown[]): Promise<void> {
    const host = await this.host(folder);
    const id = ++this.#commands;
    this.#running.set(id, host);
    host.write(`${JSON.stringify({ id, command, args })}\n`);
    const [{ error }] = (await once(this.#events, String(id))) as [Answer];
    this.#running.delete(id);
    if (error !== undefined) throw new Error(error);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #welcome(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#hosts = this.#hosts.filter((host) => host.socket !== socket);
      for (const [id, host] of this.#running)
        if (host === socket) this.#events.emit(String(id), { id, error: 'The extension host ended.' });
    });
    // A host that is killed resets its connection; its end is handled above.
    socket.on('error', (error) => console.log(`The bridge’s connection: ${error.message}`));
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line) as { folder: string } | Answer;
      if ('folder' in message) {
        this.#hosts.push({ folder: message.folder, socket });
        this.#events.emit('host');
      } else {
        this.#events.emit(String(message.id), message);
      }
    });
  }
}
