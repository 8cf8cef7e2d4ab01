import type { IncomingMessage, ServerResponse } from 'node:http';
import { isParsed, parseJson } from '../../analysis/protocols/json/parseJson';
import { ByteBuffer } from '../../stream/byteBuffer';
import type { ReadingLimit } from '../../turns/readingLimit';
import { hasBody } from '../http/requestHeader';

/** Maximum size of a body that is read, in bytes. */
export const MAX_SIZE = 1024 * 1024;
/** Maximum number of bodies that are read and processed at a time: with their buffers, they take 64 MB. */
const MAX_COUNT = 32;
/**
 * Maximum size of an unneeded body, in bytes. Such a body is read and discarded, because an unread body would hide that the
 * client disconnects. Streaming APIs accept files of up to 50 MB with a question.
 */
export const MAX_SKIPPED = 64 * 1024 * 1024;

/** Reason why a body isn't read; `left`: the client has disconnected. */
export type BodyRefusal = 'tooLarge' | 'tooMany' | 'left';

/** Reader of the bodies of a server's requests. */
export class Bodies {
  readonly #limit: ReadingLimit;
  #count = 0;

  constructor(limit: ReadingLimit) {
    this.#limit = limit;
  }

  /**
   * Resolves with the result of `use` for the body, or with the reason why the body isn't read; then call `skip`.
   * @param use processes the body, in turns; until it has finished, the body counts as being read
   */
  async read<T>(
    request: IncomingMessage,
    response: ServerResponse,
    use: (body: Uint8Array) => Promise<T>,
  ): Promise<T | BodyRefusal> {
    if (Number(request.headers['content-length'] ?? 0) > MAX_SIZE) return 'tooLarge';
    if (this.#count >= MAX_COUNT) return 'tooMany';
    this.#count += 1;
    // A client may wait for permission before it sends the body (RFC 9110 §10.1.1).
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
    try {
      const body = await this.#collect(request);
      return typeof body === 'string' ? body : await use(body);
    } finally {
      this.#count -= 1;
    }
  }

  /** Reads a body and discards it; closes the connection if the body is too large. */
  skip(request: IncomingMessage): void {
    if (!hasBody(request)) return;
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

/** Returns a body as JSON, which is undefined if it is none; `tooHeavy` if V8 would take more than some 20 ms for it. */
export function jsonOf(body: Uint8Array): { json: unknown } | 'tooHeavy' {
  const text = new TextDecoder().decode(body);
  const json = parseJson(text);
  return json === undefined && !isParsed(text) ? 'tooHeavy' : { json };
}
