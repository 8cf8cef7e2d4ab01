import { Transform, type TransformCallback } from 'node:stream';
import zlib from 'node:zlib';

/** Of Node, from 22.15 on; older types don't know it. */
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

const node = 'createZstdDecompress' in zlib ? (zlib as unknown as Zstd) : undefined;

/** Whether this Node reads it. */
export const canReadZstd = node !== undefined;

/** Decodes zstd (RFC 8878), frame after frame: Node's own decoder drops what stands in one piece behind a frame. */
export class ZstdDecoder extends Transform {
  #frame: ReturnType<Zstd['createZstdDecompress']> | undefined;

  override _transform(piece: Uint8Array, encoding: string, done: TransformCallback): void {
    const frame = this.#frame ?? this.#begin();
    this.#frame = frame;
    const before = frame.bytesWritten;
    frame.write(piece, () => {
      const taken = frame.bytesWritten - before;
      if (taken === piece.length) return done();
      this.#drop();
      this._transform(piece.subarray(taken), encoding, done);
    });
  }

  override _read(size: number): void {
    super._read(size);
    this.#frame?.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#drop();
    done(error);
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
    return frame;
  }

  #drop(): void {
    this.#frame?.destroy();
    this.#frame = undefined;
  }
}
