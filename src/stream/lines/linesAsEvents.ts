import { ByteBuffer } from '../byteBuffer';
import { CR, LF } from '../bytes';
import { RecordSplitter } from './recordSplitter';

const encoder = new TextEncoder();
const [FIELD, NEXT, BLOCK_END] = [encoder.encode('data: '), encoder.encode('\ndata: '), encoder.encode('\n\n')];

/**
 * Writes JSON lines as an event stream, while they come: each line as the data of an event. A line end within it (in a JSON
 * text sequence), and a lone CR, begin another line of data.
 */
export class LinesAsEvents {
  readonly #written = new ByteBuffer();
  readonly #splitter: RecordSplitter;
  #isBegun = false;

  constructor() {
    const end = () => {
      this.#written.append(BLOCK_END);
      this.#isBegun = false;
    };
    this.#splitter = new RecordSplitter({ piece: (piece) => this.#write(piece), end }, 0, true);
  }

  /** Returns the next chunk as an event stream, up to its last byte: what belongs to an incomplete line, too. */
  encode(chunk: Uint8Array): Uint8Array {
    this.#splitter.feed(chunk);
    return this.#written.take();
  }

  /** Returns what ends the last line, which may lack its end. */
  end(): Uint8Array {
    this.#splitter.end();
    return this.#written.take();
  }

  #write(piece: Uint8Array): void {
    if (!this.#isBegun) this.#written.append(FIELD);
    this.#isBegun = true;
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      if (piece[at] !== CR && piece[at] !== LF) continue;
      this.#written.append(piece.subarray(from, at));
      this.#written.append(NEXT);
      if (piece[at] === CR && piece[at + 1] === LF) at += 1;
      from = at + 1;
    }
    this.#written.append(piece.subarray(from));
  }
}
