/**
 * Maximum size of all that waits for the clients of a server, in bytes. Each client may leave up to 4 MB waiting, and of
 * 1,000 clients each could have others.
 */
const MAX_SIZE = 64 * 1024 * 1024;
/** What a small piece counts as, in bytes: so much it takes with what it is kept in. */
export const MIN_QUEUED = 1024;

/** The bytes that wait for the clients of one server, together. What waits for many of them is in memory once, and counted once. */
export class QueuedBytes {
  /** For how many clients each waits. */
  readonly #counts = new Map<Uint8Array, number>();
  /** Of all that waits, in bytes. */
  #size = 0;

  /** Whether there is room for them. */
  fits({ length }: Uint8Array): boolean {
    return this.#size + Math.max(length, MIN_QUEUED) <= MAX_SIZE;
  }

  /** Holds them for one more client. */
  hold(bytes: Uint8Array): void {
    const count = this.#counts.get(bytes) ?? 0;
    if (count === 0) this.#size += Math.max(bytes.length, MIN_QUEUED);
    this.#counts.set(bytes, count + 1);
  }

  /** Holds them for one client less; to be called once for each `hold`. */
  release(bytes: Uint8Array): void {
    const count = this.#counts.get(bytes) ?? 0;
    if (count > 1) {
      this.#counts.set(bytes, count - 1);
    } else if (this.#counts.delete(bytes)) {
      this.#size -= Math.max(bytes.length, MIN_QUEUED);
    }
  }
}
