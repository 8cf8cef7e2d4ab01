import type { ChunkEvidence } from '../../analysis/evidence/evidence';

/** Number of chunks that are kept from the beginning, and number of the latest that are. */
const KEPT = 4096;
/** Size of a record: its time, its size, its connection's number, and its first and last bytes. */
const RECORD = 24;
/** Number of bytes that are kept of a chunk's beginning, and of its end. */
const EDGE = 4;

/** A log of chunks as they were received: the first 4,096, and the last 4,096. It takes 200 KB at most. */
export class ChunkLog {
  readonly #first = new Records();
  /** Ring buffer; undefined until the first records are full. */
  #last: Records | undefined;
  /** Number of chunks so far. */
  #count = 0;

  /** @param connection number of the connection @param at time in milliseconds */
  add(connection: number, chunk: Uint8Array, at: number): void {
    if (this.#count < KEPT) this.#first.write(this.#count, connection, chunk, at);
    else {
      this.#last ??= new Records();
      this.#last.write((this.#count - KEPT) % KEPT, connection, chunk, at);
    }
    this.#count += 1;
  }

  /**
   * Returns the chunks of a connection that are kept.
   * @param total number of chunks of that connection so far
   * @param origin time of its request: the chunks' times count from it
   */
  of(connection: number, total: number, origin: number): ChunkEvidence[] {
    const first = this.#first.of(connection, { from: 0, count: Math.min(this.#count, KEPT), origin });
    const late = Math.max(0, this.#count - KEPT);
    const kept = Math.min(late, KEPT);
    const last = this.#last?.of(connection, { from: (late - kept) % KEPT, count: kept, origin }) ?? [];
    // The latest are those of the highest numbers, without a gap.
    return [
      ...first.map((chunk, index) => ({ number: index + 1, ...chunk })),
      ...last.map((chunk, index) => ({ number: total - last.length + index + 1, ...chunk })),
    ];
  }
}

/** Records of a fixed size. (An object for each chunk would make garbage, thousands a second.) */
class Records {
  readonly #bytes = new Uint8Array(KEPT * RECORD);
  readonly #view = new DataView(this.#bytes.buffer);

  write(index: number, connection: number, chunk: Uint8Array, at: number): void {
    const place = index * RECORD;
    this.#view.setFloat64(place, at);
    this.#view.setUint32(place + 8, chunk.length);
    this.#view.setUint32(place + 12, connection);
    for (let edge = 0; edge < EDGE; edge += 1) {
      this.#bytes[place + 16 + edge] = chunk[edge] ?? 0;
      this.#bytes[place + 20 + edge] = chunk[chunk.length - Math.min(EDGE, chunk.length) + edge] ?? 0;
    }
  }

  /** Returns the chunks of a connection in a range of records, which goes on at the beginning behind the last one. */
  of(connection: number, { from, count, origin }: { from: number; count: number; origin: number }) {
    const found: Omit<ChunkEvidence, 'number'>[] = [];
    for (let index = from; index < from + count; index += 1) {
      const place = (index % KEPT) * RECORD;
      if (this.#view.getUint32(place + 12) !== connection) continue;
      const size = this.#view.getUint32(place + 8);
      const edge = Math.min(EDGE, size);
      const hex = (start: number) => Buffer.from(this.#bytes.subarray(start, start + edge)).toString('hex');
      found.push({ at: this.#view.getFloat64(place) - origin, size, first: hex(place + 16), last: hex(place + 20) });
    }
    return found;
  }
}
