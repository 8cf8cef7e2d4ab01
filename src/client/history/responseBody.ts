import { ByteBuffer } from '../../stream/byteBuffer';

/** Maximum size kept of a response that isn't an event stream, in bytes. */
const MAX_BODY = 1024 * 1024;

/** The body of a response: its size and state so far, and the part that is kept. */
export class ResponseBody {
  readonly #kept = new ByteBuffer();
  #size = 0;
  #state: 'coming' | 'whole' | 'broken' = 'coming';

  /** Bytes of the body that are kept; none of a stream's. */
  get bytes(): Uint8Array {
    return this.#kept.view();
  }

  /** Number of bytes received. */
  get size(): number {
    return this.#size;
  }

  /** Whether more was received than is kept. */
  get cut(): boolean {
    return this.#kept.size === MAX_BODY && this.#size > MAX_BODY;
  }

  /** State of the body. `broken`: it is incomplete, and nothing more will come. */
  get state(): 'coming' | 'whole' | 'broken' {
    return this.#state;
  }

  /** @param isKept whether to keep the chunk, as far as there is room */
  add(chunk: Uint8Array, isKept: boolean): void {
    this.#size += chunk.length;
    if (isKept) this.#kept.append(chunk.subarray(0, MAX_BODY - this.#kept.size));
  }

  /** Marks the body as ended, if it hasn't ended before. */
  end(isWhole: boolean): void {
    if (this.#state === 'coming') this.#state = isWhole ? 'whole' : 'broken';
  }
}
