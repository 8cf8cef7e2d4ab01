import { finished, type Transform } from 'node:stream';
import { decodersOf } from './decoders';

export interface DecoderOptions {
  /** The body's `Content-Encoding` header (RFC 9110 §8.4); empty: it comes as it is. */
  encoding: string;
  /** The next bytes are decoded. */
  onChunk(chunk: Uint8Array): void;
  /** It takes more, after a write that said that it doesn't. */
  onDrain(): void;
  /** It can't be decoded any further. */
  onFail(error: Error): void;
}

/** Decodes a body as it comes. What was decoded before a fault is given out, too. */
export class Decoder {
  readonly #options: DecoderOptions;
  /** In the order in which they decode; undefined: nothing has come yet. */
  #chain: Transform[] | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  /** @returns whether it takes more at once */
  write(chunk: Uint8Array): boolean {
    this.#chain ??= this.#begin(chunk);
    const [first] = this.#chain;
    if (first) return !first.writable || first.write(chunk);
    this.#options.onChunk(chunk);
    return true;
  }

  /** Resolves when all is given out. */
  async end(): Promise<void> {
    this.#chain?.[0]?.end();
    await this.#ended;
  }

  pause(): void {
    this.#chain?.at(-1)?.pause();
  }

  resume(): void {
    this.#chain?.at(-1)?.resume();
  }

  #begin(chunk: Uint8Array): Transform[] {
    const chain = decodersOf(this.#options.encoding, chunk);
    chain[0]?.on('drain', this.#options.onDrain);
    chain.at(-1)?.on('data', this.#options.onChunk);
    this.#ended = Promise.all(chain.map((one, index) => this.#follow(one, chain[index + 1])));
    return chain;
  }

  /** Passes on what one decodes, and its end. Resolves when it has ended. */
  #follow(one: Transform, next: Transform | undefined): Promise<void> {
    if (next) one.pipe(next);
    return new Promise((resolve) => {
      finished(one, { writable: false }, (error) => {
        if (error) this.#options.onFail(error);
        next?.end();
        resolve();
      });
    });
  }
}
