import { finished, type Transform } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ByteBuffer } from '../../../stream/byteBuffer';
import { decodedBeforeFault } from './beforeFault';
import { type CreateDecoder, decodersOf } from './decoders';

/** For the case of a fault, what has come is kept up to a size, and while no more than another was decoded, in bytes. */
const [MAX_CODED, MAX_DECODED] = [256 * 1024, 4 * 1024 * 1024];
/** For how long what stands before a fault is looked for, in milliseconds. */
const MAX_SEARCH = 250;
/** Maximum size of what is given out of that, and of a piece of it, in bytes: others have their turn between them. */
const [MAX_REST, PIECE] = [256 * 1024, 16 * 1024];
/** The first byte of a deflate body as it should be: of an inner coding, none has come when its decoder is made. */
const WRAPPED = 0x78;

export interface DecoderOptions {
  /** The body's `Content-Encoding` header (RFC 9110 §8.4); empty: it comes as it is. */
  encoding: string;
  /** The next bytes are decoded. */
  onChunk(chunk: Uint8Array): void;
  /** It takes more, after a write that said that it doesn't. */
  onDrain(): void;
  /** All is decoded that can be, whatever else comes behind the coding's own end. */
  onEnd(): void;
  /** It can't be decoded any further. */
  onFail(error: Error): void;
}

/** Decodes a body as it comes. What was decoded before a fault is given out, too. */
export class Decoder {
  readonly #options: DecoderOptions;
  readonly #creates: CreateDecoder[];
  /** All that has come; undefined: that is too much to keep. */
  #coded: ByteBuffer | undefined = new ByteBuffer();
  #givenSize = 0;
  #isFaulty = false;
  readonly #closing = new AbortController();
  /** In the order in which they decode; undefined: nothing has come yet. */
  #chain: Transform[] | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#creates = decodersOf(options.encoding);
  }

  /** @returns whether it takes more at once */
  write(chunk: Uint8Array): boolean {
    this.#chain ??= this.#begin(chunk);
    const [first] = this.#chain;
    if (!first) {
      this.#options.onChunk(chunk);
      return true;
    }
    if (!first.writable) return true;
    this.#keep(chunk);
    return first.write(chunk);
  }

  /** Resolves when all is given out. */
  async end(): Promise<void> {
    const first = this.#chain?.[0];
    if (first?.writable) first.end();
    await this.#ended;
    if (this.#isFaulty && this.#coded) await this.#giveRest(this.#coded.view());
  }

  /** Gives out no more: a few bytes may stand for hours of work. */
  close(): void {
    this.#closing.abort();
    this.#coded = undefined;
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

  #keep(chunk: Uint8Array): void {
    this.#coded?.append(chunk);
    if (this.#coded && this.#coded.size > MAX_CODED) this.#coded = undefined;
  }

  #give(decoded: Uint8Array): void {
    this.#givenSize += decoded.length;
    if (this.#givenSize > MAX_DECODED) this.#coded = undefined;
    this.#options.onChunk(decoded);
  }

  /** Gives out what was decoded in one piece with the fault, and thrown away for it. */
  async #giveRest(coded: Uint8Array): Promise<void> {
    const { signal } = this.#closing;
    const search = AbortSignal.any([signal, AbortSignal.timeout(MAX_SEARCH)]);
    const before = await decodedBeforeFault(coded, this.#creates, search);
    const rest = before.subarray(this.#givenSize, this.#givenSize + MAX_REST);
    for (let at = 0; at < rest.length && !signal.aborted; at += PIECE) {
      this.#options.onChunk(rest.subarray(at, at + PIECE));
      await setImmediate();
    }
  }

  #begin(chunk: Uint8Array): Transform[] {
    const chain = this.#creates.map((create, index) => create(index > 0 ? WRAPPED : (chunk[0] ?? 0)));
    chain[0]?.on('drain', this.#options.onDrain);
    chain.at(-1)?.on('data', (decoded: Uint8Array) => this.#give(decoded));
    for (const [index, one] of chain.entries()) this.#follow(one, chain.slice(0, index), chain[index + 1]);
    const last = chain.at(-1);
    last?.once('end', this.#options.onEnd);
    if (last) this.#ended = new Promise((resolve) => finished(last, { writable: false }, resolve));
    return chain;
  }

  /** Passes on what one decodes, and its end. Behind a fault, nobody takes what those before it decode. */
  #follow(one: Transform, before: readonly Transform[], next: Transform | undefined): void {
    if (next) one.pipe(next);
    finished(one, { writable: false }, (error) => {
      if (error) {
        this.#isFaulty = true;
        this.#options.onFail(error);
        for (const other of before) other.destroy();
      }
      next?.end();
    });
  }
}
