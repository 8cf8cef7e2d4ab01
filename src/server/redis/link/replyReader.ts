import { ByteBuffer } from '../../../stream/byteBuffer';
import { LargeReply, type RedisReply, RefusedReply } from './redisReply';

/**
 * Maximum size of the texts of a list, in bytes, and of the list in members: more than an entry has that is sent, with its fields.
 * Of a larger one nothing is kept but its size.
 */
const MAX_LIST = 1280 * 1024;
const MAX_MEMBERS = 25_000;
/** Maximum size of all that is kept of a reply, in bytes: more than two of the largest entries. */
const MAX_REPLY = 8 * 1024 * 1024;
/** Size that a member counts as, beside its text, in bytes: about the memory that it takes. */
const MEMBER = 32;
/** Maximum number of lists in each other: Redis replies with four. */
const MAX_DEPTH = 8;
/** Maximum length of a line that is kept, in bytes: errors may be longer. */
const MAX_LINE = 4096;
/** Most memory of a line that is used again, in bytes. */
const KEPT_LINE = 64;

const [CR, LF] = [0x0d, 0x0a];

/** A list that has begun. */
interface OpenList {
  members: RedisReply[];
  /** Number of members that come yet. */
  left: number;
  count: number;
  /** Size of its texts. */
  size: number;
}

/** A text that has begun. */
interface OpenText {
  size: number;
  /** Number of its bytes that come yet, with its line end. */
  left: number;
  /** Whether its bytes are kept. */
  isKept: boolean;
}

/**
 * Reads replies of Redis (RESP 2) from bytes as they come. What is kept of one is bounded, whatever its head promises: it isn't made
 * room for before it comes, and what is beyond is read and dropped.
 */
export class ReplyReader {
  readonly #onReply: (reply: RedisReply) => void;
  readonly #bytes = new ByteBuffer();
  #text: OpenText | undefined;
  #lists: OpenList[] = [];
  /** Number of lists that are open around the outermost one that is too large, and of which nothing is kept. */
  #droppedAt: number | undefined;
  /** Sizes of the reply: what of it is kept, and all of its texts. */
  #kept = 0;
  #size = 0;

  /** @param onReply called for each reply. It may throw, as `feed` does then */
  constructor(onReply: (reply: RedisReply) => void) {
    this.#onReply = onReply;
  }

  /** Reads a piece. @throws {Error} if that isn't what a Redis sends */
  feed(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) at = this.#text ? this.#readText(this.#text, piece, at) : this.#readLine(piece, at);
  }

  /** Reads a line, or a part of one. Returns the index behind it. */
  #readLine(piece: Buffer, from: number): number {
    const found = piece.indexOf(LF, from);
    const end = found < 0 ? piece.length : found;
    const isWhole = found >= 0 && this.#bytes.size === 0;
    if (!isWhole) this.#bytes.append(piece.subarray(from, Math.min(end, from + MAX_LINE - this.#bytes.size)));
    if (found < 0) return end;
    const line = isWhole ? piece.subarray(from, Math.min(end, from + MAX_LINE)) : Buffer.from(this.#bytes.view());
    this.#bytes.clear(KEPT_LINE);
    this.#take(line.toString('utf8', 0, line.at(-1) === CR ? line.length - 1 : line.length));
    return end + 1;
  }

  #readText(text: OpenText, piece: Buffer, from: number): number {
    const end = Math.min(piece.length, from + text.left);
    // The line end comes last, and is no part of it.
    const bytes = piece.subarray(from, Math.min(end, from + Math.max(0, text.left - 2)));
    text.left -= end - from;
    const isWhole = text.left === 0 && this.#bytes.size === 0;
    if (text.isKept && !isWhole) this.#bytes.append(bytes);
    if (text.left > 0) return end;
    this.#text = undefined;
    const kept = isWhole ? bytes : Buffer.from(this.#bytes.view());
    const value = text.isKept ? kept.toString() : null;
    this.#bytes.clear(KEPT_LINE);
    this.#add(value, text.size);
    return end;
  }

  #take(line: string): void {
    const rest = line.slice(1);
    if (line[0] === '+') this.#add(rest, rest.length);
    else if (line[0] === '-') this.#add(new RefusedReply(rest), rest.length);
    else if (line[0] === ':') this.#add(numberOf(rest), 0);
    else if (line[0] === '$') this.#beginText(numberOf(rest));
    else if (line[0] === '*') this.#beginList(numberOf(rest));
    else throw notRedis();
  }

  #beginText(size: number): void {
    if (size < 0) {
      this.#add(null, 0);
      return;
    }
    if ((this.#lists.at(-1)?.size ?? 0) + size > MAX_LIST) this.#drop(this.#lists.length);
    this.#text = { size, left: size + 2, isKept: this.#droppedAt === undefined };
  }

  #beginList(count: number): void {
    if (count <= 0) {
      this.#add(count < 0 ? null : [], 0);
      return;
    }
    if (this.#lists.length >= MAX_DEPTH) throw notRedis();
    this.#lists.push({ members: [], left: count, count, size: 0 });
    if (count > MAX_MEMBERS) this.#drop(this.#lists.length);
  }

  /** Keeps no more of the lists that are open, from one on. @param depth number of lists with that one; 0: of the whole reply */
  #drop(depth: number): void {
    this.#droppedAt = Math.min(this.#droppedAt ?? depth, depth);
    for (const list of this.#lists.slice(Math.max(0, depth - 1))) list.members = [];
  }

  /** Adds a value to the list that is open, or gives out the reply. @param size of its text, in bytes */
  #add(first: RedisReply, size: number): void {
    let value = first;
    this.#size += size + MEMBER;
    if (this.#droppedAt === undefined) this.#kept += size + MEMBER;
    if (this.#kept > MAX_REPLY) this.#drop(0);
    const innermost = this.#lists.at(-1);
    if (innermost) innermost.size += size;
    for (let list = innermost; list; list = this.#lists.at(-1)) {
      if (this.#droppedAt === undefined) list.members.push(value);
      list.left -= 1;
      if (list.left > 0) return;
      value = this.#closed(list);
    }
    const reply = this.#droppedAt === undefined ? value : new LargeReply(this.#size, 1);
    [this.#kept, this.#size, this.#droppedAt] = [0, 0, undefined];
    this.#onReply(reply);
  }

  /** Closes the innermost list. Returns its value. */
  #closed(list: OpenList): RedisReply {
    const isDropped = this.#droppedAt === this.#lists.length;
    this.#lists.pop();
    if (!isDropped) return list.members;
    this.#droppedAt = undefined;
    return new LargeReply(list.size, list.count);
  }
}

function numberOf(text: string): number {
  if (!/^[+-]?\d{1,19}$/.test(text)) throw notRedis();
  return Number(text);
}

function notRedis(): Error {
  return new Error('it has replied with what no Redis does');
}
