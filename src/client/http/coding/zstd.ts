import { Transform, type TransformCallback } from 'node:stream';
import zlib from 'node:zlib';

/** Node's decoder, from 22.15 on; older types don't know it. */
interface Zstd {
  createZstdDecompress(options: {
    flush: number;
    finishFlush: number;
    params: Record<number, number>;
  }): Transform & { readonly bytesWritten: number };
  constants: { ZSTD_e_flush: number; ZSTD_d_windowLogMax: number };
}

/** Binary logarithm of the largest window, in bytes: what is sent over HTTP needs no more (RFC 9659 §3). */
const MAX_WINDOW_LOG = 23;
/** Maximum number of frames in one piece: each takes 60 µs, whatever is in it. */
const MAX_FRAMES = 4000;

const node = 'createZstdDecompress' in zlib ? (zlib as unknown as Zstd) : undefined;

/** Whether this Node reads it. */
export const canReadZstd = node !== undefined;

/** Decodes zstd (RFC 8878), frame after frame: Node's own decoder drops what stands in one piece behind a frame. */
export class ZstdDecoder extends Transform {
  #frame: ReturnType<Zstd['createZstdDecompress']> | undefined;

  override _transform(piece: Uint8Array, _encoding: string, done: TransformCallback): void {
    // A frame that fails destroys all: then nothing waits any more.
    void this.#decode(piece).then(done);
  }

  override _flush(done: TransformCallback): void {
    void this.#emptied().then(() => done());
  }

  override _read(size: number): void {
    super._read(size);
    this.#frame?.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#drop();
    done(error);
  }

  /** Resolves with what is wrong, when all that the piece holds is given out. */
  async #decode(piece: Uint8Array): Promise<Error | undefined> {
    let rest = piece;
    for (let frames = 0; rest.length > 0; frames += 1) {
      if (frames === MAX_FRAMES) return new Error('There are too many zstd frames in one piece.');
      const taken = await this.#write(rest);
      await this.#emptied();
      rest = rest.subarray(taken);
      // Whatever is behind a frame is for another decoder.
      if (rest.length > 0) this.#drop();
    }
    return undefined;
  }

  /** Resolves with how many of the bytes belong to the frame. */
  #write(bytes: Uint8Array): Promise<number> {
    const frame = this.#frame ?? this.#begin();
    const before = frame.bytesWritten;
    return new Promise((resolve) => frame.write(bytes, () => resolve(frame.bytesWritten - before)));
  }

  /** Resolves when all that is decoded is given out: whoever takes it may have it wait. */
  #emptied(): Promise<void> {
    const frame = this.#frame;
    return new Promise((resolve) => {
      if (!frame || frame.readableLength === 0) return resolve();
      const look = () => {
        if (frame.readableLength > 0) return;
        frame.off('data', look);
        resolve();
      };
      frame.on('data', look);
    });
  }

  #begin() {
    if (!node) throw new Error('This Node doesn’t read zstd.');
    const { ZSTD_e_flush: flush, ZSTD_d_windowLogMax: windowLogMax } = node.constants;
    const frame = node.createZstdDecompress({ flush, finishFlush: flush, params: { [windowLogMax]: MAX_WINDOW_LOG } });
    frame.on('data', (decoded: Uint8Array) => {
      if (!this.push(decoded)) frame.pause();
    });
    // The write that it fails in doesn't end.
    frame.on('error', (error) => this.destroy(error));
    this.#frame = frame;
    return frame;
  }

  #drop(): void {
    this.#frame?.destroy();
    this.#frame = undefined;
  }
}
