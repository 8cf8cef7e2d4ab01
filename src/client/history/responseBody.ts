import { ByteBuffer } from '../../stream/byteBuffer';

/** Maximum size that is kept of an answer that is no event stream, in bytes. */
const MAX_BODY = 1024 * 1024;

/** The body of an response: how far it has come, and as much of it as is kept. */
export class ResponseBody {
  readonly #kept = new ByteBuffer();
  #size = 0;
  #state: 'coming' | 'whole' | 'broken' = 'coming';

  /** As far as it is kept; nothing of a stream's. */
  get bytes(): Uint8Array {
    return this.#kept.view();
  }

  /** Bytes that have come. */
  get size(): number {
    return this.#size;
  }

  /** More has come than is kept. */
  get cut(): boolean {
    return this.#kept.size === MAX_BODY && this.#size > MAX_BODY;
  }

  /** `broken`: it isn't whole, and nothing more will come. */
  get state(): 'coming' | 'whole' | 'broken' {
    return this.#state;
  }

  /** @param isKept Whether as much of it is as there is room for */
  add(chunk: Uint8Array, isKept: boolean): void {
    this.#size += chunk.length;
    if (isKept) this.#kept.append(chunk.subarray(0, MAX_BODY - this.#kept.size));
  }

  /** Nothing more will come. What was over before stays as it was. */
  end(isWhole: boolean): void {
    if (this.#state === 'coming') this.#state = isWhole ? 'whole' : 'broken';
  }
}
