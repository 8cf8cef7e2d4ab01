import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Running, startServe } from '../programs/commandLine';
import { seeded } from '../random/random';
import type { Redis } from './redis';
import { ResumingReader } from './resumingReader';

/** Several processes that serve one stream, readers spread over them, and publications at random ones. */
export class SharedStream {
  readonly readers: ResumingReader[] = [];
  readonly #redis: Redis;
  readonly #random: () => number;
  #servers: (Running & { url: string })[] = [];
  readonly #killed = new Set<string>();
  #next = 0;
  /** Numbers whose publication was confirmed, and those of which nobody knows. */
  readonly #confirmed = new Set<number>();
  readonly #unsure = new Set<number>();

  constructor(redis: Redis, seed: number) {
    [this.#redis, this.#random] = [redis, seeded(seed)];
  }

  async startServers(count: number, ...options: string[]): Promise<void> {
    const url = this.#redis.streamUrl('numbers');
    this.#servers = await Promise.all(Array.from({ length: count }, () => startServe(url, ...options)));
  }

  async startReaders(count: number): Promise<void> {
    const urls = () => this.#servers.map(({ url }) => url);
    for (let n = 0; n < count; n += 1) this.readers.push(new ResumingReader(urls, this.#random));
    await Promise.all(this.readers.map((reader) => reader.start()));
  }

  /** Kills a server process, whose readers go to the others. */
  killServer(): void {
    const [server] = this.#servers.splice(0, 1);
    if (!server) return;
    this.#killed.add(server.url);
    server.process.kill('SIGKILL');
  }

  /** Publishes numbers, several at a time, while readers drop their connections now and then. @param at a time */
  async publish(count: number, at = 20): Promise<void> {
    const end = this.#next + count;
    const work = async () => {
      while (this.#next < end) {
        this.#next += 1;
        await this.#publishOne(this.#next);
        if (this.#random() < 0.05) this.#readerAtRandom()?.drop();
      }
    };
    await Promise.all(Array.from({ length: at }, work));
  }

  /** Publishes numbers as one publication, at one server. */
  async publishTogether(count: number): Promise<void> {
    const blocks = Array.from({ length: count }, (_, n) => `data: ${this.#next + n + 1}\n\n`).join('');
    for (let n = 1; n <= count; n += 1) this.#confirmed.add(this.#next + n);
    this.#next += count;
    const headers = { 'Content-Type': 'text/event-stream' };
    const { status } = await fetch(this.#urlAtRandom(), { method: 'POST', headers, body: blocks });
    expect(status).toBe(200);
  }

  /** Resolves with the numbers in the stream, in order, once all these readers have the last one. */
  async settled(readers = this.readers): Promise<number[]> {
    const entries = (await this.#redis.command('XRANGE', 'numbers', '-', '+')) as [string, string[]][];
    const numbers = entries.map(([, [, data]]) => Number(data));
    const last = numbers.at(-1);
    while (!readers.every((reader) => reader.numbers.at(-1) === last)) await pause(20);
    return numbers;
  }

  /** Expects that all confirmed numbers are in the stream once, all readers have had all, once, in order; and none was cut. */
  async expectAll(readers = this.readers): Promise<void> {
    const numbers = await this.settled(readers);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((n) => !this.#confirmed.has(n) && !this.#unsure.has(n))).toEqual([]);
    expect([...this.#confirmed].filter((n) => !numbers.includes(n)).length).toBe(0);
    const text = numbers.join();
    expect(readers.filter((reader) => reader.numbers.join() !== text).map((reader) => reader.numbers.length)).toEqual(
      [],
    );
    expect(readers.reduce((sum, { resyncs }) => sum + resyncs, 0)).toBe(0);
    this.expectNoCuts();
  }

  /** Expects that no server that lives has ended a stream. */
  expectNoCuts(): void {
    const cuts = this.readers.flatMap((reader) => [...reader.cuts.keys()]).filter((url) => !this.#killed.has(url));
    expect(cuts).toEqual([]);
  }

  close(): void {
    for (const reader of this.readers) reader.close();
  }

  async #publishOne(number: number): Promise<void> {
    for (;;) {
      const outcome = await post(this.#urlAtRandom(), String(number));
      if (outcome === 'unsent') {
        await pause(100 + 100 * this.#random());
        continue;
      }
      (outcome === 'stored' ? this.#confirmed : this.#unsure).add(number);
      return;
    }
  }

  #urlAtRandom(): string {
    return this.#servers[Math.floor(this.#random() * this.#servers.length)]?.url ?? '';
  }

  #readerAtRandom(): ResumingReader | undefined {
    return this.readers[Math.floor(this.#random() * this.readers.length)];
  }
}

/** Publishes a text. Resolves with `unsent` if it is certain that it isn't stored. */
async function post(url: string, body: string): Promise<'stored' | 'unsent' | 'unsure'> {
  try {
    const response = await fetch(url, { method: 'POST', body });
    const text = await response.text();
    if (response.status === 200) return 'stored';
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    return text.includes('Nothing was published') ? 'unsent' : 'unsure';
  } catch (error) {
    // The server was killed.
    if (error instanceof TypeError) return 'unsure';
    throw error;
  }
}
