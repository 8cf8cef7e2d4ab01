import type { Connection } from './connection';

/** The panel's own stream, `/event?panel=TOKEN.N`. Only one is open: that of the attempt with the highest number N. */
export class ExclusiveStream {
  readonly #token: string | undefined;
  #connection: Connection | undefined;
  #attempt = 0;

  /** @param token unguessable; undefined if there is no panel */
  constructor(token: string | undefined) {
    this.#token = token;
  }

  get isOpen(): boolean {
    return this.#connection !== undefined;
  }

  /** Returns the number of the panel's attempt; undefined if the query doesn't ask for the panel's own stream. */
  readAttempt(query: string): number | undefined {
    const [, token, attempt] = /^panel=(.+)\.(\d{1,15})$/.exec(query) ?? [];
    return token !== undefined && token === this.#token ? Number(attempt) : undefined;
  }

  /** Whether the page has abandoned the attempt for a newer one. */
  isLate(attempt: number): boolean {
    return attempt <= this.#attempt;
  }

  open(connection: Connection, attempt: number): void {
    this.#attempt = attempt;
    // A proxy may never report that the panel's page has left the previous stream.
    void this.#connection?.end();
    this.#connection = connection;
  }

  /** Forgets the connection if it is the panel's; to be called for every stream that ends. */
  closed(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}
