import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { onTestFinished } from 'vitest';
import { findRedis } from '../../../scripts/install/redis.mjs';
import { freePort } from './testServer';

/** Settings of a Redis that isn't kept on disk. */
const FORGETFUL = ['--save', '', '--appendonly', 'no'];
/** Settings of one that keeps each entry before it answers. */
export const DURABLE = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];

/** A Redis of its own, on a free port, in a temporary folder. */
export class Redis {
  readonly port: number;
  readonly folder = mkdtempSync(join(tmpdir(), 'redis-'));
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  constructor(port: number, settings: readonly string[]) {
    [this.port, this.#settings] = [port, settings];
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Returns the URL of a stream, for the command line. */
  streamUrl(stream: string): string {
    return `${this.url}/${stream}`;
  }

  /** Starts it, also after it was killed. Resolves when it answers. */
  async start(): Promise<void> {
    const redis = findRedis();
    if (!redis) throw new Error('Redis is not here yet: `npm test` fetches it.');
    const words = ['--bind', '127.0.0.1', '--port', String(this.port), '--dir', this.folder, '--daemonize', 'no'];
    const env = { ...process.env, LD_LIBRARY_PATH: redis.libraries };
    const child = spawn(redis.server, [...words, ...this.#settings], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`Redis has ended: ${log}`)));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        log = (log + text).slice(-10_000);
        if (log.includes('Ready to accept connections')) resolve();
      });
    });
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(name);
  }

  /** Kills it, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Sends a command, on a connection of its own. */
  async command(...words: string[]): Promise<unknown> {
    const client = createClient({ url: this.url, RESP: 2 });
    await client.connect();
    try {
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  }

  async delete(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Starts a Redis, which is gone when the test is over. @param settings beside the port and the folder; or a function of the port. Default: nothing is kept on disk */
export async function startRedis(
  settings: readonly string[] | ((port: number) => readonly string[]) = FORGETFUL,
): Promise<Redis> {
  const port = await freePort();
  const redis = new Redis(port, typeof settings === 'function' ? settings(port) : settings);
  onTestFinished(() => redis.delete());
  await redis.start();
  return redis;
}
