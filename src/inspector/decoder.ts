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
    const first = this.#chain?.[0];
    if (first?.writable) first.end();
    await this.#ended;
  }

  /** Gives out no more: a few bytes may stand for hours of work. */
  close(): void {
    for (const one of this.#chain ?? []) one.destroy();
  }

  /** @returns whether there is anything to decode: else its source is to be paused */
  pause(): boolean {
    return this.#chain?.at(-1)?.pause() !== undefined;
  }

  /** @returns as `pause` does */
  resume(): boolean {
    return this.#chain?.at(-1)?.resume() !== undefined;
  }

  #begin(chunk: Uint8Array): Transform[] {
    const chain = decodersOf(this.#options.encoding, chunk);
    chain[0]?.on('drain', this.#options.onDrain);
    chain.at(-1)?.on('data', this.#options.onChunk);
    for (const [index, one] of chain.entries()) this.#follow(one, chain.slice(0, index), chain[index + 1]);
    const last = chain.at(-1);
    if (last) this.#ended = new Promise((resolve) => finished(last, { writable: false }, resolve));
    return chain;
  }

  /** Passes on what one decodes, and its end. Behind a fault, nobody takes what those before it decode. */
  #follow(one: Transform, before: readonly Transform[], next: Transform | undefined): void {
    if (next) one.pipe(next);
    finished(one, { writable: false }, (error) => {
      if (error) {
        this.#options.onFail(error);
        for (const other of before) other.destroy();
      }
      next?.end();
    });
  }
}
