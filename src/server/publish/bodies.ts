import type { IncomingMessage } from 'node:http';
import { ByteBuffer } from '../../stream/byteBuffer';
import type { ReadingLimit } from '../../turns/readingLimit';

/** Maximum size of a body that is read, in bytes. */
export const MAX_SIZE = 1024 * 1024;
/** Maximum number of bodies that are read, and made something of, at a time: with what each is collected in, 64 MB. */
const MAX_COUNT = 32;
/**
 * Maximum size of a body that no one needs, in bytes: it is taken and thrown away, as otherwise it would hide that the client
 * leaves. APIs that stream take files with a question, up to 50 MB.
 */
export const MAX_SKIPPED = 64 * 1024 * 1024;

/** Why a body isn't read. */
export type BodyRefusal = 'tooLarge' | 'tooMany' | 'left';

/** The bodies of a server's requests. */
export class Bodies {
  readonly #limit: ReadingLimit;
  #count = 0;

  constructor(limit: ReadingLimit) {
    this.#limit = limit;
  }

  /**
   * Resolves with what is made of the body; or with why it isn't read: it is to be skipped then.
   * @param use makes it, in turns: until it has, the body counts as one that is read
   */
  async read<T>(request: IncomingMessage, use: (body: Uint8Array) => Promise<T>): Promise<T | BodyRefusal> {
    if (Number(request.headers['content-length'] ?? 0) > MAX_SIZE) return 'tooLarge';
    if (this.#count >= MAX_COUNT) return 'tooMany';
    this.#count += 1;
    try {
      const body = await this.#collect(request);
      return typeof body === 'string' ? body : await use(body);
    } finally {
      this.#count -= 1;
    }
  }

  /** Takes a body and throws it away; of one that is too large, the connection is closed. */
  skip(request: IncomingMessage): void {
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
    if (coding === undefined && (length ?? '0') === '0') return;
    let size = 0;
    request.on('data', ({ length }: Uint8Array) => {
      this.#limit.note(request.socket);
      size += length;
      if (size > MAX_SKIPPED) request.socket.destroy();
    });
  }

  #collect(request: IncomingMessage): Promise<Uint8Array | BodyRefusal> {
    const body = new ByteBuffer();
    return new Promise((resolve) => {
      const onData = (piece: Uint8Array) => {
        this.#limit.note(request.socket);
        if (body.size + piece.length <= MAX_SIZE) return body.append(piece);
        request.off('data', onData);
        resolve('tooLarge');
      };
      request.on('data', onData);
      request.once('end', () => resolve(body.take()));
      request.once('error', () => resolve('left'));
      request.once('close', () => resolve('left'));
    });
  }
}
