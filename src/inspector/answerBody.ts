import { ByteBuffer } from '../sse/byteBuffer';

/** Maximum size that is kept, in bytes. */
const MAX_SIZE = 1024 * 1024;

/** The body of an answer that is no event stream, as far as it is kept. */
export class AnswerBody {
  readonly #bytes = new ByteBuffer();
  #isCut = false;

  append(chunk: Uint8Array): void {
    const room = MAX_SIZE - this.#bytes.size;
    this.#bytes.append(chunk.subarray(0, room));
    if (chunk.length > room) this.#isCut = true;
  }

  get bytes(): Uint8Array {
    return this.#bytes.view();
  }

  /** More has come than is kept. */
  get cut(): boolean {
    return this.#isCut;
  }
}
