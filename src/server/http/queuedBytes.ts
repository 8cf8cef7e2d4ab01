/**
 * Maximum size of all bytes queued for the clients of a server, in bytes. Up to 4 MB may be queued for a client, and each
 * of 1,000 clients could have different bytes in its queue.
 */
const MAX_SIZE = 64 * 1024 * 1024;
/** Minimum size that a queued piece counts as, in bytes: about the memory of a small one with its bookkeeping. */
export const MIN_QUEUED = 1024;

/** Counter of the bytes queued for a server's clients. Bytes queued for several of them are in memory, and count, once. */
export class QueuedBytes {
  /** Number of clients that each piece is queued for. */
  readonly #counts = new Map<Uint8Array, number>();
  /** Size of all queued pieces, in bytes. */
  #size = 0;

  /** Whether the limit allows these bytes to be queued. */
  fits({ length }: Uint8Array): boolean {
    return this.#size + Math.max(length, MIN_QUEUED) <= MAX_SIZE;
  }

  /** Counts the bytes as queued for one more client. */
  add(bytes: Uint8Array): void {
    const count = this.#counts.get(bytes) ?? 0;
    if (count === 0) this.#size += Math.max(bytes.length, MIN_QUEUED);
    this.#counts.set(bytes, count + 1);
  }

  /** Counts the bytes as queued for one client less; to be called once for each `add`. */
  release(bytes: Uint8Array): void {
    const count = this.#counts.get(bytes) ?? 0;
    if (count > 1) {
      this.#counts.set(bytes, count - 1);
    } else if (this.#counts.delete(bytes)) {
      this.#size -= Math.max(bytes.length, MIN_QUEUED);
    }
  }
}
