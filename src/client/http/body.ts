import type { IncomingMessage } from 'node:http';
import { Decoder } from './coding/decoder';

/** An error for a response that ended before it was complete, though the connection was closed properly. */
export class IncompleteError extends Error {
  override name = 'IncompleteError';
  readonly code = 'ERR_INCOMPLETE';

  constructor() {
    super('The response ended before it was complete.');
  }
}

/**
 * The body of a response, without its content codings. Everything received is emitted, however the body ends: a stream of
 * Node's that breaks discards what it has buffered, and so do its decoders. To be created in the event that brings the
 * response's head.
 */
export class Body {
  readonly #response: IncomingMessage;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.close();
  /** Chunks that were received, but not read yet, when the response broke. */
  readonly #pending: Uint8Array[] = [];
  #emit = (chunk: Uint8Array): void => void this.#pending.push(chunk);
  #decoder: Decoder | undefined;
  #failure: Error | undefined;
  /** Whether the coding has ended: anything that follows isn't part of the body. */
  #isDecoded = false;

  /** @param signal of the request: an abort closes the body at once, whatever was received */
  constructor(response: IncomingMessage, signal: AbortSignal) {
    [this.#response, this.#signal] = [response, signal];
    // Runs before Node's own listener, which discards what is buffered.
    response.socket.prependListener('close', () => this.#drain());
    // The response's own error only says that it was aborted; the request has reported any better one by then.
    response.on('error', () => this.fail(new IncompleteError()));
    signal.addEventListener('abort', this.#onAbort);
  }

  /** Marks the body as broken, unless it is complete. What was received is emitted all the same. */
  fail(error: Error): void {
    this.#drain();
    this.#noteFailure(error);
    this.#response.destroy();
  }

  /**
   * Emits all chunks. Resolves with the reason why the body is incomplete; undefined if it is complete. To be called once.
   * @param onReceived called with each chunk before its content codings are undone. Default: not called
   */
  async read(
    onChunk: (chunk: Uint8Array) => void,
    onReceived?: (chunk: Uint8Array) => void,
  ): Promise<Error | undefined> {
    const decoder = new Decoder({
      encoding: this.#response.headers['content-encoding'] ?? '',
      onChunk,
      onDrain: () => this.#response.resume(),
      onEnd: () => {
        this.#isDecoded = true;
        this.#response.destroy();
      },
      onFail: (error) => {
        this.#failure ??= error;
        this.#response.destroy();
      },
    });
    this.#decoder = decoder;
    await this.#emitAll((chunk) => {
      onReceived?.(chunk);
      if (!decoder.write(chunk)) this.#response.pause();
    });
    await decoder.end();
    this.#signal.removeEventListener('abort', this.#onAbort);
    return this.#failure;
  }

  /** Pauses the body: what comes is buffered, and at most a few more chunks are decoded. */
  pause(): void {
    if (!this.#decoder?.pause()) this.#response.pause();
  }

  resume(): void {
    if (!this.#decoder?.resume()) this.#response.resume();
  }

  /** Closes the body at once, and discards what was received. Calling it twice is fine. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#emit = () => {};
    this.#pending.length = 0;
    this.#decoder?.close();
    this.#response.destroy();
  }

  /** Passes on all chunks of the response. Resolves when everything received was passed on. */
  #emitAll(take: (chunk: Uint8Array) => void): Promise<void> {
    this.#emit = take;
    return new Promise((resolve) => {
      const end = () => {
        this.#drain();
        this.#noteFailure(new IncompleteError());
        resolve();
      };
      for (const chunk of this.#pending.splice(0)) take(chunk);
      if (this.#response.destroyed) end();
      else this.#response.on('data', take).once('end', end).once('close', end);
    });
  }

  /** Notes the first reason why the body is incomplete; does nothing if it is complete. */
  #noteFailure(error: Error): void {
    if (!this.#response.complete && !this.#isDecoded) this.#failure ??= error;
  }

  #drain(): void {
    // `read` also emits 'data', which would pass on each chunk twice.
    this.#response.off('data', this.#emit);
    for (let chunk = this.#response.read(); chunk !== null; chunk = this.#response.read()) this.#emit(chunk);
  }
}
