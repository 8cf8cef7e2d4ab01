import { finished, type Transform } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ByteBuffer } from '../../../stream/byteBuffer';
import { decodedBeforeFault } from './beforeFault';
import { type CreateDecoder, decodersOf } from './decoders';

/** Maximum size of the coded bytes that are kept in case of a fault, and maximum decoded from them, in bytes. */
const [MAX_CODED, MAX_DECODED] = [256 * 1024, 4 * 1024 * 1024];
/** Maximum time of the search for the bytes before a fault, in milliseconds. */
const MAX_SEARCH = 1000;
/** Maximum size of what is emitted after that search, and of a chunk of it, in bytes: the event loop runs in between. */
const [MAX_REST, PIECE] = [256 * 1024, 16 * 1024];
/**
 * First byte of a well-formed deflate body: assumed for an inner coding, as no byte of that is there when its decoder is
 * created.
 */
const WRAPPED = 0x78;

export interface DecoderOptions {
  /** `Content-Encoding` header of the body (RFC 9110 §8.4); empty if it isn't coded. */
  encoding: string;
  /** Called with the next decoded bytes. */
  onChunk(chunk: Uint8Array): void;
  /** Called when the decoder accepts more, after a write that returned false. */
  onDrain(): void;
  /** Called when everything is decoded that can be, whatever follows the end of the coding. */
  onEnd(): void;
  /** Called when decoding can't go on. */
  onFail(error: Error): void;
}

/** A decoder of a body, chunk by chunk. It also emits what was decoded before a fault. */
export class Decoder {
  readonly #options: DecoderOptions;
  readonly #creates: CreateDecoder[];
  /** Coded bytes so far; undefined if they are too many to keep. */
  #coded: ByteBuffer | undefined = new ByteBuffer();
  #emittedSize = 0;
  #isFaulty = false;
  readonly #closing = new AbortController();
  /** Decoders in the order in which they decode; undefined until a chunk has come. */
  #chain: Transform[] | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#creates = decodersOf(options.encoding);
  }

  /** @returns whether the decoder accepts more at once */
  write(chunk: Uint8Array): boolean {
    this.#chain ??= this.#createChain(chunk);
    const [first] = this.#chain;
    if (!first) {
      this.#options.onChunk(chunk);
      return true;
    }
    if (!first.writable) return true;
    this.#keep(chunk);
    return first.write(chunk);
  }

  /** Ends the input. Resolves when everything was emitted. */
  async end(): Promise<void> {
    const first = this.#chain?.[0];
    if (first?.writable) first.end();
    await this.#ended;
    if (this.#isFaulty && this.#coded) await this.#emitRest(this.#coded.view());
  }

  /** Stops emitting: a few bytes may take hours to decode. */
  close(): void {
    this.#closing.abort();
    this.#coded = undefined;
    for (const one of this.#chain ?? []) one.destroy();
  }

  /** @returns whether there is a decoder; if not, its source has to be paused */
  pause(): boolean {
    return this.#chain?.at(-1)?.pause() !== undefined;
  }

  /** @returns the same as `pause` */
  resume(): boolean {
    return this.#chain?.at(-1)?.resume() !== undefined;
  }

  #keep(chunk: Uint8Array): void {
    this.#coded?.append(chunk);
    if (this.#coded && this.#coded.size > MAX_CODED) this.#coded = undefined;
  }

  #emit(decoded: Uint8Array): void {
    this.#emittedSize += decoded.length;
    if (this.#emittedSize > MAX_DECODED) this.#coded = undefined;
    this.#options.onChunk(decoded);
  }

  /** Emits what was decoded of the chunk with the fault, and was discarded because of that. */
  async #emitRest(coded: Uint8Array): Promise<void> {
    const { signal } = this.#closing;
    const search = AbortSignal.any([signal, AbortSignal.timeout(MAX_SEARCH)]);
    const before = await decodedBeforeFault(coded, this.#creates, search);
    const rest = before.subarray(this.#emittedSize, this.#emittedSize + MAX_REST);
    for (let at = 0; at < rest.length && !signal.aborted; at += PIECE) {
      this.#options.onChunk(rest.subarray(at, at + PIECE));
      await setImmediate();
    }
  }

  #createChain(chunk: Uint8Array): Transform[] {
    const chain = this.#creates.map((create, index) => create(index > 0 ? WRAPPED : (chunk[0] ?? 0)));
    chain[0]?.on('drain', this.#options.onDrain);
    chain.at(-1)?.on('data', (decoded: Uint8Array) => this.#emit(decoded));
    for (const [index, one] of chain.entries()) this.#link(one, chain.slice(0, index), chain[index + 1]);
    const last = chain.at(-1);
    last?.once('end', this.#options.onEnd);
    if (last) this.#ended = new Promise((resolve) => finished(last, { writable: false }, resolve));
    return chain;
  }

  /**
   * Pipes a decoder into the next one, and passes on its end. After a fault, destroys those before it, whose output
   * nothing reads.
   */
  #link(one: Transform, before: readonly Transform[], next: Transform | undefined): void {
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
