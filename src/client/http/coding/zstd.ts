import { Transform, type TransformCallback } from 'node:stream';
import zlib from 'node:zlib';

/** The API of Node's decoder, which exists from 22.15 on; older type definitions lack it. */
interface Zstd {
  createZstdDecompress(options: {
    flush: number;
    finishFlush: number;
    params: Record<number, number>;
  }): Transform & { readonly bytesWritten: number };
  constants: { ZSTD_e_flush: number; ZSTD_d_windowLogMax: number };
}

/** Base-2 logarithm of the largest window, in bytes: HTTP needs no larger one (RFC 9659 §3). */
const MAX_WINDOW_LOG = 23;
/** Maximum number of frames in one chunk: each takes 60 µs, whatever its content. */
const MAX_FRAMES = 4000;

const node = 'createZstdDecompress' in zlib ? (zlib as unknown as Zstd) : undefined;

/** Whether this version of Node can decode zstd. */
export const canReadZstd = node !== undefined;

/** A decoder of zstd (RFC 8878), frame by frame: Node's own decoder drops what follows a frame in the same chunk. */
export class ZstdDecoder extends Transform {
  #frame: ReturnType<Zstd['createZstdDecompress']> | undefined;

  override _transform(piece: Uint8Array, _encoding: string, done: TransformCallback): void {
    // A frame that fails destroys the whole stream: then nothing waits for `done` any more.
    void this.#decode(piece).then(done);
  }

  override _flush(done: TransformCallback): void {
    void this.#drained().then(() => done());
  }

  override _read(size: number): void {
    super._read(size);
    this.#frame?.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#closeFrame();
    done(error);
  }

  /** Decodes a chunk. Resolves when everything in it was emitted, with an error if it has too many frames. */
  async #decode(piece: Uint8Array): Promise<Error | undefined> {
    let rest = piece;
    for (let frames = 0; rest.length > 0 && !this.destroyed; frames += 1) {
      if (frames === MAX_FRAMES) return new Error('There are too many zstd frames in one piece.');
      const taken = await this.#write(rest);
      await this.#drained();
      rest = rest.subarray(taken);
      // Bytes after a frame need another decoder.
      if (rest.length > 0) this.#closeFrame();
    }
    return undefined;
  }

  /** Writes to the frame's decoder. Resolves with the number of bytes that belong to the frame. */
  #write(bytes: Uint8Array): Promise<number> {
    const frame = this.#frame ?? this.#openFrame();
    const before = frame.bytesWritten;
    return new Promise((resolve) => frame.write(bytes, () => resolve(frame.bytesWritten - before)));
  }

  /** Resolves when everything decoded was emitted: the consumer may pause it. */
  #drained(): Promise<void> {
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

  #openFrame() {
    if (!node) throw new Error('This Node doesn’t read zstd.');
    const { ZSTD_e_flush: flush, ZSTD_d_windowLogMax: windowLogMax } = node.constants;
    const frame = node.createZstdDecompress({ flush, finishFlush: flush, params: { [windowLogMax]: MAX_WINDOW_LOG } });
    frame.on('data', (decoded: Uint8Array) => {
      if (!this.push(decoded)) frame.pause();
    });
    // The write in which it fails never calls back.
    frame.on('error', (error) => this.destroy(error));
    this.#frame = frame;
    return frame;
  }

  #closeFrame(): void {
    this.#frame?.destroy();
    this.#frame = undefined;
  }
}
