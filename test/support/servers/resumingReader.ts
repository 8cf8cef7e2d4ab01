import { get, type IncomingMessage } from 'node:http';
import { EventStreamParser } from '../../../src/stream/parse';

/** Reader of numbers that comes back, at another server, whenever its connection ends. Times in milliseconds. */
export class ResumingReader {
  /** The numbers that came, in order. */
  readonly numbers: number[] = [];
  /** Number of `resync` events, and the count of numbers before the last of them. */
  resyncs = 0;
  resyncAt = 0;
  /** Number of connections that ended without our doing, by the port of their server. */
  readonly cuts = new Map<string, number>();
  readonly #urls: () => readonly string[];
  readonly #random: () => number;
  #response: IncomingMessage | undefined;
  #lastEventId = '';
  /** Number of the last attempt to connect: the responses of others are unwanted. */
  #attempt = 0;
  #isAsleep = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param urls of the servers that are alive */
  constructor(urls: () => readonly string[], random: () => number) {
    [this.#urls, this.#random] = [urls, random];
  }

  /** Resolves when the first connection is open, and its beginning is known. */
  async start(): Promise<void> {
    this.#connect();
    while (this.#lastEventId === '') await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Drops the connection; comes back soon. */
  drop(): void {
    this.#leave();
    this.#comeBack();
  }

  /** Drops the connection, and comes back when it is woken. */
  sleep(): void {
    this.#isAsleep = true;
    this.#leave();
  }

  wake(): void {
    this.#isAsleep = false;
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    this.#leave();
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#attempt += 1;
    const response = this.#response;
    this.#response = undefined;
    response?.destroy();
  }

  #comeBack(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed && !this.#isAsleep) this.#timer = setTimeout(() => this.#connect(), 50 * this.#random());
  }

  #connect(): void {
    const urls = this.#urls();
    const url = urls[Math.floor(this.#random() * urls.length)] ?? '';
    const headers = this.#lastEventId === '' ? {} : { 'Last-Event-ID': this.#lastEventId };
    this.#attempt += 1;
    const attempt = this.#attempt;
    get(url, { headers, agent: false }, (response) => {
      if (attempt === this.#attempt) this.#read(url, response);
      else response.destroy();
    }).on('error', () => {
      if (attempt === this.#attempt) this.#comeBack();
    });
  }

  #read(url: string, response: IncomingMessage): void {
    this.#response = response;
    const parser = new EventStreamParser(
      ({ event, data }) => {
        if (event === 'resync') [this.resyncs, this.resyncAt] = [this.resyncs + 1, this.numbers.length];
        else this.numbers.push(Number(data));
      },
      { lastEventId: this.#lastEventId },
    );
    response.on('data', (chunk: Uint8Array) => {
      if (response !== this.#response) return;
      parser.feed(chunk);
      this.#lastEventId = parser.lastEventId;
    });
    response.on('error', () => undefined);
    response.on('close', () => {
      if (response !== this.#response) return;
      this.#response = undefined;
      this.cuts.set(url, (this.cuts.get(url) ?? 0) + 1);
      this.#comeBack();
    });
  }
}
