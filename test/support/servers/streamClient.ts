import { get, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { EventStreamParser } from '../../../src/stream/parse';

/** An event that a client got. */
export interface GotEvent {
  data: string;
  event: string;
  id: string | undefined;
}

/** A client that reads a stream, as an EventSource does, but comes back only when it is told to. */
export class StreamClient {
  readonly events: GotEvent[] = [];
  /** The whole text of the last response. */
  text = '';
  lastEventId = '';
  isOpen = false;
  #response: IncomingMessage | undefined;
  #onChange: (() => void)[] = [];

  /** Asks for a stream behind the last id; resolves when it is open. */
  async open(url: string): Promise<this> {
    const headers = this.lastEventId === '' ? {} : { 'Last-Event-ID': this.lastEventId };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      get(url, { headers, agent: false }, resolve).on('error', reject),
    );
    if (response.statusCode !== 200) throw new Error(`Status ${response.statusCode}`);
    [this.#response, this.isOpen, this.text] = [response, true, ''];
    const parser = new EventStreamParser(
      ({ data, event, id }) => {
        this.events.push({ data, event, id });
      },
      { lastEventId: this.lastEventId },
    );
    response.on('data', (chunk: Buffer) => {
      if (response !== this.#response) return;
      this.text = (this.text + chunk.toString()).slice(-100_000);
      parser.feed(chunk);
      this.lastEventId = parser.lastEventId;
      this.#changed();
    });
    response
      .on('error', () => undefined)
      .on('close', () => {
        if (response === this.#response) this.isOpen = false;
        this.#changed();
      });
    return this;
  }

  /** Drops the connection. */
  drop(): void {
    const response = this.#response;
    [this.#response, this.isOpen] = [undefined, false];
    response?.destroy();
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  /** Resolves when the condition holds, which is looked at whenever something comes. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#onChange.push(resolve));
  }

  get data(): string[] {
    return this.events.map(({ data }) => data);
  }

  #changed(): void {
    const waiting = this.#onChange;
    this.#onChange = [];
    for (const resolve of waiting) resolve();
  }
}

/** Opens a client, which is gone when the test is over. @param lastEventId Default: none */
export async function openClient(url: string, lastEventId = ''): Promise<StreamClient> {
  const client = new StreamClient();
  client.lastEventId = lastEventId;
  onTestFinished(() => client.drop());
  return client.open(url);
}
