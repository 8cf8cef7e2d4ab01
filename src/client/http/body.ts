import type { IncomingMessage } from 'node:http';
import { Decoder } from './coding/decoder';

/** The answer ended, properly for the connection, before all of it had come. */
export class IncompleteError extends Error {
  override name = 'IncompleteError';
  readonly code = 'ERR_INCOMPLETE';

  constructor() {
    super('The answer ended before it was complete.');
  }
}

/**
 * An answer's body, without its content codings, of which all that comes is given out, however it ends: a stream that breaks
 * throws away what it wasn't asked for yet, and what its decoders hold. To be made in the event that brings the answer's head.
 */
export class Body {
  readonly #response: IncomingMessage;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.close();
  /** What had come when the answer broke, before it was read. */
  readonly #rest: Uint8Array[] = [];
  #take = (chunk: Uint8Array): void => void this.#rest.push(chunk);
  #decoder: Decoder | undefined;
  #failure: Error | undefined;
  /** Whether its coding has ended: whatever still comes is behind that. */
  #isDecoded = false;

  /** @param signal of its request: an abort ends the body at once, whatever has come */
  constructor(response: IncomingMessage, signal: AbortSignal) {
    [this.#response, this.#signal] = [response, signal];
    // Ahead of Node's own listener, which lets go of what is buffered.
    response.socket.prependListener('close', () => this.#drain());
    // Its own says no more than that it was aborted: what else there is to say, the request has said by then.
    response.on('error', () => this.fail(new IncompleteError()));
    signal.addEventListener('abort', this.#onAbort);
  }

  /** Takes it for broken, unless all of it is here. What has come is given out all the same. */
  fail(error: Error): void {
    this.#drain();
    this.#note(error);
    this.#response.destroy();
  }

  /** Gives out what comes, to its end. Resolves with why it isn't whole; undefined: it is. To be called once. */
  async read(onChunk: (chunk: Uint8Array) => void): Promise<Error | undefined> {
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
    await this.#feed((chunk) => {
      if (!decoder.write(chunk)) this.#response.pause();
    });
    await decoder.end();
    this.#signal.removeEventListener('abort', this.#onAbort);
    return this.#failure;
  }

  /** Has what comes wait; no more is decoded than a few pieces. */
  pause(): void {
    if (!this.#decoder?.pause()) this.#response.pause();
  }

  resume(): void {
    if (!this.#decoder?.resume()) this.#response.resume();
  }

  /** Ends it at once, whatever has come. Twice is fine. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#take = () => {};
    this.#rest.length = 0;
    this.#decoder?.close();
    this.#response.destroy();
  }

  /** Resolves when all that has come of the response was taken. */
  #feed(take: (chunk: Uint8Array) => void): Promise<void> {
    this.#take = take;
    return new Promise((resolve) => {
      const end = () => {
        this.#drain();
        this.#note(new IncompleteError());
        resolve();
      };
      for (const chunk of this.#rest.splice(0)) take(chunk);
      if (this.#response.destroyed) end();
      else this.#response.on('data', take).once('end', end).once('close', end);
    });
  }

  /** Keeps why it isn't whole, the first time; where it is whole, nothing has failed. */
  #note(error: Error): void {
    if (!this.#response.complete && !this.#isDecoded) this.#failure ??= error;
  }

  #drain(): void {
    // What is read is told to listeners, too.
    this.#response.off('data', this.#take);
    for (let chunk = this.#response.read(); chunk !== null; chunk = this.#response.read()) this.#take(chunk);
  }
}
