import type { Connection } from './connection';

/** The panel's own stream, `/event?panel=TOKEN.N`: there is one, of the attempt with the highest number N. */
export class ExclusiveStream {
  readonly #token: string | undefined;
  #connection: Connection | undefined;
  #attempt = 0;

  /** @param token unguessable; undefined: there is no panel */
  constructor(token: string | undefined) {
    this.#token = token;
  }

  get isOpen(): boolean {
    return this.#connection !== undefined;
  }

  /** The number of the panel's attempt, where the query asks for the panel's own stream. */
  readAttempt(query: string): number | undefined {
    const [, token, attempt] = /^panel=(.+)\.(\d{1,15})$/.exec(query) ?? [];
    return token !== undefined && token === this.#token ? Number(attempt) : undefined;
  }

  /** Whether the page has given the attempt up for a newer one. */
  isLate(attempt: number): boolean {
    return attempt <= this.#attempt;
  }

  open(connection: Connection, attempt: number): void {
    this.#attempt = attempt;
    // A proxy may never tell that the panel's page has left the stream before.
    void this.#connection?.end();
    this.#connection = connection;
  }

  /** To be told of each stream that ends, the panel's or not. */
  closed(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}
